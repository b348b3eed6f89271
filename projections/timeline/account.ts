import type { AccountEvent } from '../../src/domain/account/account.events.js';
import { marketLines } from './account-market.js';
import { standingLines } from './account-standing.js';
import type { Lines } from './line.js';

/** What the timeline says of who an account is and where the relationship stands. */
export const accountLines: Lines<AccountEvent> = { ...standingLines, ...marketLines };
