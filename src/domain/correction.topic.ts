import { correctionCommands } from './correction.commands.js';
import { correctionEvents } from './correction.events.js';
import { sentences, type Topic } from './topic.js';

/**
 * What can be said of any event, in its own stream. It has no stream and no rules of its own: the command is resolved against its
 * target, and the target's topic says what may never be.
 */
export const correction: Topic = {
  name: 'correction',
  events: correctionEvents,
  commands: correctionCommands,
  decider: { name: 'correction', stream: () => 'correction', initial: () => ({}), on: {}, decide: {} },
  says: sentences([
    [
      'CorrectEvent EventCorrected',
      'An earlier event was told wrong; this is how it really was.',
      '更正此前记录有误的事件。',
    ],
    ['RetractEvent EventRetracted', 'An earlier event should never have been told.', '撤回此前不应记录的事件。'],
  ]),
};
