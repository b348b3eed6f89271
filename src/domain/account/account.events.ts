import type { EventsOf } from '../../kernel/event.js';
import { identityEvents } from './identity.events.js';
import { marketEvents } from './market.events.js';
import { standingEvents } from './standing.events.js';

export type { AccountRegistered } from './identity.events.js';

/** What can happen on an `account` stream, by stored name. */
export const accountEvents = { ...identityEvents, ...standingEvents, ...marketEvents };

/** Any event of who an account is and where the relationship stands. */
export type AccountEvent = EventsOf<typeof accountEvents>;
