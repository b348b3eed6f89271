import { Optional } from '../../kernel/fields.js';
import { IsAmount, IsId, IsOneOf, IsText, IsUuid, IsWhen } from '../../kernel/kinds.js';
import type { Money } from '../../kernel/money.js';
import { type Approach, approaches, type UnitFunction, unitFunctions } from '../vocabulary.js';

/** What a pursuit is for. */
export const pursuitPurposes = ['ACQUISITION', 'GROWTH', 'WIN_BACK'] as const;
export type PursuitPurpose = (typeof pursuitPurposes)[number];

/** How far a pursuit is. */
export const pursuitStages = ['QUALIFIED', 'PROPOSED', 'NEGOTIATING'] as const;
export type PursuitStage = (typeof pursuitStages)[number];

const competitor = { public: 'the name of a competing firm' };
const category = { public: 'a category of goods, of the firm’s own list' };

/** We went after a piece of business. */
export class PursuitOpened {
  @IsId() pursuitId!: string;
  @IsOneOf(pursuitPurposes) purpose!: PursuitPurpose;
  @Optional() @IsAmount(0) plannedCost?: Money;
  @Optional() @IsAmount(0) value?: Money;
  @Optional() @IsText(200, category) category?: string;
  @Optional() @IsOneOf(approaches) approach?: Approach;
  @Optional() @IsText(200, competitor) fromCompetitor?: string;
}

/** A pursuit came to another stage. */
export class PursuitAdvanced {
  @IsId() pursuitId!: string;
  @IsOneOf(pursuitStages) stage!: PursuitStage;
}

/** A pursuit was won, as far as anyone can say before the order. */
export class PursuitWon {
  @IsId() pursuitId!: string;
  @IsAmount(0) value!: Money;
  @Optional() @IsOneOf(approaches) approach?: Approach;
  @IsUuid({ list: true, max: 100 }) wonBy!: string[];
}

/** A pursuit was lost. */
export class PursuitLost {
  @IsId() pursuitId!: string;
  @Optional() @IsText(8000) reason?: string;
  @Optional() @IsText(200, competitor) lostTo?: string;
}

/** Help of another unit was asked for. */
export class SupportRequested {
  @IsId() requestId!: string;
  @IsOneOf(unitFunctions) unit!: UnitFunction;
  @IsText(500) resource!: string;
  @IsWhen('bound') neededBy!: string;
  @Optional() @IsId() processId?: string;
}

/** What a promise of help says; unit and resource are those of the request where there is one. */
export class Pledge {
  @IsId() requestId!: string;
  @Optional() @IsOneOf(unitFunctions) unit?: UnitFunction;
  @Optional() @IsText(500) resource?: string;
  @IsWhen('bound') due!: string;
  @Optional() @IsId() processId?: string;
}

/** A unit promised its help by a day; with or without having been asked. */
export class SupportPledged extends Pledge {
  @IsOneOf(unitFunctions) declare unit: UnitFunction;
}

/** Which promise of help is meant. */
export class Pledged {
  @IsId() requestId!: string;
}

/** Which promise of help is meant, and why it came to nothing. */
export class PledgedInVain extends Pledged {
  @IsText(8000) reason!: string;
}

/** The promised help came. */
export class SupportDelivered extends Pledged {
  @IsOneOf(unitFunctions) unit!: UnitFunction;
  @Optional() @IsId() processId?: string;
}

/** The promised help did not come. */
export class SupportFailed extends PledgedInVain {
  @IsOneOf(unitFunctions) unit!: UnitFunction;
}

/** A unit said no. */
export class SupportDeclined extends PledgedInVain {
  @IsOneOf(unitFunctions) unit!: UnitFunction;
}

/** Pursuits, and the help of our own firm. */
export const pursuitEvents = {
  PursuitOpened,
  PursuitAdvanced,
  PursuitWon,
  PursuitLost,
  SupportRequested,
  SupportPledged,
  SupportDelivered,
  SupportFailed,
  SupportDeclined,
};
