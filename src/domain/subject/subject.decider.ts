import type { CommandClasses, Decider } from '../../kernel/decider.js';
import type { SubjectEvent } from './subject.events.js';

/** The service itself tells what happens to keys; nobody commands it here, so there is nothing to decide. */
export const subject: Decider<object, CommandClasses, SubjectEvent> = {
  name: 'subject',
  stream: () => 'subject',
  initial: () => ({}),
  on: {},
  decide: {},
};
