import { IsPart, Optional } from '../../kernel/fields.js';
import { IsAmount, IsDecimal, IsFlag, IsId, IsOneOf, IsText, IsUuid, IsWhen, IsWhole } from '../../kernel/kinds.js';
import type { Money } from '../../kernel/money.js';
import { type CostCategory, costCategories } from '../books/books.events.js';
import {
  type InteractionKind,
  interactionKinds,
  type Side,
  sides,
  type UnitFunction,
  unitFunctions,
} from '../vocabulary.js';

/** A person of ours in an interaction, with the function they had then. */
export class OurParticipant {
  @IsUuid() memberId!: string;
  @IsOneOf(unitFunctions) function!: UnitFunction;
}

/** A person of theirs in an interaction, with the function and seniority they had then. */
export class TheirParticipant {
  @IsUuid() contactId!: string;
  @IsOneOf(unitFunctions) function!: UnitFunction;
  @IsWhole(1, 4) seniority!: number;
}

/** What an interaction cost besides time. */
export class Expense {
  @IsOneOf(costCategories) category!: CostCategory;
  @IsAmount(0) amount!: Money;
}

/** People of ours and people of theirs were in contact. */
export class InteractionLogged {
  @IsId() interactionId!: string;
  @IsOneOf(interactionKinds) kind!: InteractionKind;
  @IsOneOf(sides) initiator!: Side;
  @IsPart(() => OurParticipant, { list: true, max: 100 }) ours!: OurParticipant[];
  @IsPart(() => TheirParticipant, { list: true, max: 100 }) theirs!: TheirParticipant[];
  @IsWhole(0, 14_400) durationMin!: number;
  @Optional() @IsWhole(0, 14_400) travelMin?: number;
  @Optional() @IsPart(() => Expense, { list: true, max: 100 }) expenses?: Expense[];
  @Optional() @IsFlag() twoWay?: boolean;
  @Optional() @IsId() orderId?: string;
  @Optional() @IsId() pursuitId?: string;
  @Optional() @IsId() intentId?: string;
  @Optional() @IsId() activityTypeId?: string;
  @Optional() @IsId() routeId?: string;
  @Optional() @IsText(100, { public: 'topic codes', list: true, max: 50 }) topics?: string[];
  @Optional() @IsText(8000) summary?: string;
}

/** Sides that can owe something. */
export const debtors = ['US', 'THEM'] as const;
export type Debtor = (typeof debtors)[number];

/** One side gave its word. */
export class CommitmentMade {
  @IsId() commitmentId!: string;
  @IsOneOf(debtors) by!: Debtor;
  @IsUuid() ownerId!: string;
  @IsText(8000) what!: string;
  @IsWhen('bound') due!: string;
}

/** Both sides agreed on another day. */
export class CommitmentMoved {
  @IsId() commitmentId!: string;
  @IsWhen('bound') due!: string;
  @IsUuid() agreedBy!: string;
}

/** What was promised was done. */
export class CommitmentKept {
  @IsId() commitmentId!: string;
}

/** What was promised was not done. */
export class CommitmentBroken {
  @IsId() commitmentId!: string;
  @IsText(8000) reason!: string;
}

/** How bad a breach of trust is. */
export const severities = ['MINOR', 'MAJOR', 'MASSIVE'] as const;
export type Severity = (typeof severities)[number];

/** One side broke the other's trust. */
export class TrustBreached {
  @IsId() breachId!: string;
  @IsOneOf(debtors) by!: Debtor;
  @IsOneOf(severities) severity!: Severity;
  @IsText(8000) what!: string;
}

/** A breach of trust was made good. */
export class TrustRepaired {
  @IsId() breachId!: string;
  @IsText(8000) what!: string;
}

/** Signs of whether they deal with us in good faith. */
export const integrityKinds = [
  'PAID_LATE',
  'BAD_FAITH_DISPUTE',
  'MISUSED_CONFIDENCE',
  'HONOURED_TERMS',
  'SHARED_OPENLY',
  'PAID_EARLY',
] as const;
export type IntegrityKind = (typeof integrityKinds)[number];

/** They gave a sign of good faith, or of the contrary. */
export class IntegritySignalled {
  @IsOneOf(integrityKinds) kind!: IntegrityKind;
  @IsFlag() positive!: boolean;
}

/** Someone of theirs said how they see us. */
export class SurveyAnswered {
  @IsUuid() respondentId!: string;
  @IsWhole(0, 10) recommend!: number;
  @Optional() @IsDecimal(0, 10) satisfaction?: number;
}

/** Contact and word. */
export const contactEvents = {
  InteractionLogged,
  CommitmentMade,
  CommitmentMoved,
  CommitmentKept,
  CommitmentBroken,
  TrustBreached,
  TrustRepaired,
  IntegritySignalled,
  SurveyAnswered,
};
