import { told } from '../kernel/command.js';
import { EventCorrected, EventRetracted } from './correction.events.js';

/** Says what was wrong in an earlier event. */
export class CorrectEvent extends told(EventCorrected) {}
/** Takes an earlier event back. */
export class RetractEvent extends told(EventRetracted) {}

/** Commands about events, by name; they go to the stream of the event that they speak of. */
export const correctionCommands = { CorrectEvent, RetractEvent };
