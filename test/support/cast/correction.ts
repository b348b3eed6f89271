import { bert, someEvent } from './ids.js';

const corrected = {
  corrects: someEvent,
  set: { durationMin: 45, topics: ['price'] },
  unset: ['travelMin'],
  time: '2026-03-02T09:00:00.000Z',
  reason: 'Typed in the wrong day',
};
const retracted = {
  retracts: someEvent,
  replacedBy: 'ffffffff-ffff-5fff-8fff-ffffffffffff',
  reason: 'It was another customer',
};

/** Samples of what can be said of any event. */
export const correctionCast: {
  readonly commands: Readonly<Record<string, object>>;
  readonly events: Readonly<Record<string, object>>;
} = {
  commands: { CorrectEvent: { ...corrected, about: [bert] }, RetractEvent: retracted },
  events: { EventCorrected: corrected, EventRetracted: retracted },
};
