import { field, IsPart, Optional } from '../../kernel/fields.js';
import { IsDecimal, IsFlag, IsId, IsOneOf, IsText, IsUuid, IsWhole, isNumber } from '../../kernel/kinds.js';
import { type TargetStage, targetStages } from '../vocabulary.js';

/** A rule was set aside, by whom and why. */
export class ProgrammeOverride {
  @IsText(8000) reason!: string;
  /** A member of ours. */
  @IsUuid() approver!: string;
}

/** A gate's figure: a number, a code of a vocabulary, or null where it could not be had. */
function IsFigure(): PropertyDecorator {
  const fits = (v: unknown) => v === null || isNumber(v) || (typeof v === 'string' && v.length > 0 && v.length <= 200);
  return field('isFigure', { type: ['number', 'string', 'null'] }, (v) =>
    fits(v) ? null : 'a number, a code or null',
  );
}

/** How an account did at one gate when it was judged. */
export class GateScore {
  @IsId() gate!: string;
  @Optional() @IsDecimal() threshold?: number;
  @IsFigure() value!: number | string | null;
  @IsFlag() passed!: boolean;
  @Optional() @IsText(200, { public: 'a reason code of the criteria' }) reason?: string;
}

/** What a client says of a designation. */
export class Designation {
  @IsId() accountId!: string;
  /** A member of ours. */
  @IsUuid() managerId!: string;
  /** Why we invest in this customer for our own future. */
  @IsText(8000) thesis!: string;
  @IsWhole(1, 50) horizonYears!: number;
  @IsOneOf(targetStages) targetStage!: TargetStage;
  @Optional() @IsPart(() => ProgrammeOverride) override?: ProgrammeOverride;
}

/** A customer became a key account, in one manager's hands. */
export class KeyAccountDesignated extends Designation {
  /** Criteria in force then; absent where we had none. */
  @Optional() @IsId() criteriaVersion?: string;
  /** What the gates said then; later facts change nothing of it. */
  @Optional() @IsPart(() => GateScore, { list: true, max: 50 }) scores?: GateScore[];
  /** Position of the log that the gates were judged at. */
  @Optional() @IsWhole() judgedAt?: number;
}

/** A key account passed into another manager's hands. */
export class KeyAccountHandedOver {
  @IsId() accountId!: string;
  @IsUuid() toManagerId!: string;
  @IsText(8000) reason!: string;
  @Optional() @IsPart(() => ProgrammeOverride) override?: ProgrammeOverride;
}

/** A customer is no longer a key account. */
export class KeyAccountReleased {
  @IsId() accountId!: string;
  @IsText(8000) reason!: string;
}

/** A key account's results were formally looked at, over this many months. */
export class PerformanceReviewed {
  @IsId() accountId!: string;
  @IsWhole(1, 600) horizon!: number;
}
