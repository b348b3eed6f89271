import type { CommandClasses, Decider } from '../../kernel/decider.js';
import type { LogEvent } from './log.events.js';

/** The log's own affairs are told by its signer; nobody commands them, so there is nothing to decide. */
export const log: Decider<object, CommandClasses, LogEvent> = {
  name: 'log',
  stream: () => 'log',
  initial: () => ({}),
  on: {},
  decide: {},
};
