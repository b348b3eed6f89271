import type { EventsOf } from '../../kernel/event.js';
import { contactEvents } from './interaction.events.js';
import { learningEvents } from './learning.events.js';
import { pursuitEvents } from './pursuit.events.js';

/** What can happen on an `activity` stream, by stored name. */
export const activityEvents = { ...contactEvents, ...learningEvents, ...pursuitEvents };

/** Any event of an account's dealings. */
export type ActivityEvent = EventsOf<typeof activityEvents>;
