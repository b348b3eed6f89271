import type { EventsOf } from '../kernel/event.js';
import { IsMapOf, Optional } from '../kernel/fields.js';
import { IsText, IsUuid, IsWhen } from '../kernel/kinds.js';

const fieldName = { public: 'names of fields' };

/** An earlier event was told wrong: these of its fields are otherwise. Personal ones stand in this event's own box. */
export class EventCorrected {
  @IsUuid() corrects!: string;
  /** Top-level fields as they should have been; fit the corrected event's class. */
  @Optional() @IsMapOf({}, () => null) set?: Record<string, unknown>;
  /** Optional fields that should not have been there. */
  @Optional() @IsText(100, { list: true, max: 100, ...fieldName }) unset?: string[];
  /** When it really happened. */
  @Optional() @IsWhen('start') time?: string;
  @IsText(8000) reason!: string;
}

/** An earlier event should never have been told. */
export class EventRetracted {
  @IsUuid() retracts!: string;
  /** The event that says it right, where there is one. */
  @Optional() @IsUuid() replacedBy?: string;
  @IsText(8000) reason!: string;
}

/** What can be said of any event that is not permanent, in its own stream, by stored name. */
export const correctionEvents = { EventCorrected, EventRetracted };

/** A correction or a retraction. */
export type CorrectionEvent = EventsOf<typeof correctionEvents>;
