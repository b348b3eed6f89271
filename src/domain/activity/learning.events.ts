import { Optional } from '../../kernel/fields.js';
import { IsDecimal, IsId, IsOneOf, IsText, IsWhole } from '../../kernel/kinds.js';

/** We understood something about them, from what was said. */
export class InsightRecorded {
  @IsId() insightId!: string;
  @IsText(100, { public: 'a topic code' }) topic!: string;
  @IsId({ list: true, max: 100 }) fromInteractionIds!: string[];
  @IsText(8000) text!: string;
}

/** We did something that adds value for them, on the ground of what we understood or not. */
export class ValueActivityUndertaken {
  @IsId() valueActivityId!: string;
  @IsText(8000) what!: string;
  @IsId({ list: true, max: 100 }) insightIds!: string[];
  @IsId({ list: true, max: 100 }) needIds!: string[];
}

/** Orders of need: what is bought, how it is bought and used, and what helps them in their own market. */
export const needOrders = ['PRODUCT', 'PROCESS', 'FACILITATION'] as const;
export type NeedOrder = (typeof needOrders)[number];

/** They need something. */
export class NeedRecorded {
  @IsId() needId!: string;
  @IsOneOf(needOrders) order!: NeedOrder;
  @IsWhole(1, 5) priority!: number;
  @Optional() @IsId() driverId?: string;
}

/** A need of theirs is met. */
export class NeedMet {
  @IsId() needId!: string;
}

/** A need of theirs is no more. */
export class NeedLapsed {
  @IsId() needId!: string;
}

/** They value something. */
export class ValueDriverRecorded {
  @IsId() driverId!: string;
  @IsText(8000) what!: string;
  @Optional() @IsDecimal(0, 100) weight?: number;
  @Optional() @IsText(200, { public: 'the kind of source, not a person' }) source?: string;
}

/** They no longer value it. */
export class ValueDriverLapsed {
  @IsId() driverId!: string;
}

/** We do something otherwise because of what we understood. */
export class ActivityAdapted {
  @IsId({ list: true, min: 1, max: 100 }) becauseOf!: string[];
  @IsText(8000) before!: string;
  @IsText(8000) after!: string;
}

/** What we learn and what we make of it. */
export const learningEvents = {
  InsightRecorded,
  ValueActivityUndertaken,
  NeedRecorded,
  NeedMet,
  NeedLapsed,
  ValueDriverRecorded,
  ValueDriverLapsed,
  ActivityAdapted,
};
