import { type EvidenceItem, evidenceItems } from '../../src/domain/account/standing.events.js';
import type { Stage, TargetStage } from '../../src/domain/vocabulary.js';
import { inParts, once, whenSeen } from '../../src/kernel/figures.js';
import { daysBetween, type Instant, iso } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Seen, Used } from '../../src/kernel/projection.js';
import type { Finding } from '../contacts/findings.js';
import type { ContactsState } from '../contacts/state.js';
import type { TrustState } from '../trust/state.js';
import { type Advice, adviceFor } from './advice.js';
import { type Dwell, dwellOf, type Interval, intervalsAt } from './declared.js';
import { confirmedAt, type Derived, derivedAt, rankOf } from './derive.js';
import { beyondTarget, findingsAt } from './findings.js';
import type { Beside, Proof } from './proof.js';
import { type StageWithout, stageWithout } from './simulation.js';
import { charterAt } from './standing.js';
import type { StagesState } from './state.js';
import type { Trigger } from './triggers.js';

/** A proof as it is shown. */
export interface ShownProof {
  readonly eventId?: string;
  readonly eventIds: readonly string[];
  readonly level: number;
  readonly automatic: boolean;
  readonly from: string | null;
  readonly expires: string | null;
  readonly why: string;
}

/** The answer of `stages` (`interface.md` §4). */
export interface StagesView {
  readonly declared: readonly Interval[];
  readonly current: Stage;
  readonly derived: {
    readonly stage: Stage;
    readonly band: TargetStage;
    readonly confirmed: Stage;
    readonly index: number;
    readonly items: Readonly<Record<EvidenceItem, { readonly level: number; readonly proofs: readonly ShownProof[] }>>;
    readonly failedGates: readonly EvidenceItem[];
  };
  readonly inflation: number | null;
  readonly inflationReason?: string;
  readonly target: TargetStage | null;
  readonly targetSet: {
    readonly stage: TargetStage;
    readonly by: string;
    readonly since: string;
    readonly until: string | null;
    readonly daysLeft: number | null;
    readonly daysLeftReason?: 'no-day-set';
    readonly eventId: string;
  } | null;
  readonly pastTarget: boolean;
  readonly triggers: readonly Trigger[];
  /** Differentiated services in force: beside the index, no seventh item (§3.12.9). */
  readonly services: readonly { readonly serviceId: string; readonly name: string; readonly eventId: string }[];
  readonly dwell: readonly Dwell[];
  readonly reentries: number;
  readonly advice: Advice;
  /** `?without=`: the same with one person gone. */
  readonly without?: StageWithout;
  readonly findings: readonly Finding[];
}

/** Where the relationship stands at a moment, and what proves it. */
export function stagesView(state: StagesState, { asOf }: Seen, policy: Policy, used: Used): StagesView {
  const beside = besideOf(used);
  const intervals = once(() => intervalsAt(state, asOf, policy.settings));
  const current = once(() => intervals().at(-1)?.stage ?? 'PROSPECT');
  const derived = once(() => derivedAt(state, asOf, policy, beside));
  const confirmed = once(() => confirmedAt(state, asOf, policy, beside, derived().stage));
  const inflation = once(() => inflationOf(current(), derived()));
  const target = () => state.targets.at(-1);
  const dwell = once(() => dwellOf(intervals()));
  const { without } = used.parameters;
  return inParts<StagesView>([
    ['declared', () => ({ declared: intervals() })],
    ['current', () => ({ current: current() })],
    [
      'derived',
      () => ({
        derived: whenSeen<StagesView['derived']>({
          stage: () => derived().stage,
          band: () => derived().band,
          confirmed,
          index: () => derived().index,
          items: () => itemsOf(derived()),
          failedGates: () => derived().failedGates,
        }),
      }),
    ],
    [
      'inflation inflationReason',
      () =>
        inflation() === null ? { inflation: null, inflationReason: reasonOf(current()) } : { inflation: inflation() },
    ],
    ['target', () => ({ target: target()?.stage ?? null })],
    ['targetSet', () => ({ targetSet: target() ? shownTarget(target()!, asOf, policy) : null })],
    ['pastTarget', () => ({ pastTarget: beyondTarget(current(), derived().band, target()) })],
    ['triggers', () => ({ triggers: derived().triggers })],
    ['services', () => ({ services: servicesAt(state, asOf) })],
    ['dwell', () => ({ dwell: dwell() })],
    ['reentries', () => ({ reentries: dwell().reduce((sum, one) => sum + one.reentries, 0) })],
    ['advice', () => ({ advice: adviceFor(derived(), confirmed(), target()?.stage ?? null, policy) })],
    ['without', () => (without ? { without: stageWithout(state, asOf, policy, beside, derived(), without) } : {})],
    ['findings', () => ({ findings: findingsAt(state, asOf, policy, derived(), inflation(), target()) })],
  ]);
}

function servicesAt(state: StagesState, t: Instant): StagesView['services'] {
  const charter = charterAt(state, t);
  return (charter?.services ?? []).map((service) => ({ ...service, eventId: charter!.eventId }));
}

/** The states beside its own that stages are derived from. */
export const besideOf = ({ states }: Used): Beside => ({
  contacts: states.contacts as ContactsState | undefined,
  trust: states.trust as TrustState | undefined,
});

/** Declared rank − rank of the band; null where no stage of the way up is declared (§3.12.10). */
export const inflationOf = (current: Stage, { band }: Pick<Derived, 'band'>): number | null =>
  rankOf(current) === 0 ? null : rankOf(current) - rankOf(band);

const reasonOf = (current: Stage): string =>
  current === 'PROSPECT' ? 'no-stage-declared' : `declared-${current.toLowerCase()}`;

function itemsOf({ levels, proofs }: Derived): StagesView['derived']['items'] {
  return Object.fromEntries(
    evidenceItems.map((item) => {
      const own = proofs.filter((proof) => proof.item === item).sort((a, b) => b.level - a.level);
      return [item, { level: levels[item], proofs: own.map(shownProof) }];
    }),
  ) as unknown as StagesView['derived']['items'];
}

function shownProof({ eventIds, level, automatic, from, expires, why }: Proof): ShownProof {
  const [eventId] = eventIds;
  return {
    ...(eventId === undefined ? {} : { eventId }),
    eventIds,
    level,
    automatic,
    from: from === null ? null : iso(from),
    expires: expires === null ? null : iso(expires),
    why,
  };
}

function shownTarget(
  { stage, by, at, until, eventId }: StagesState['targets'][number],
  t: Instant,
  { settings }: Policy,
): NonNullable<StagesView['targetSet']> {
  const daysLeft = until === null ? null : daysBetween(t, until - 1, settings);
  const open = until === null ? { daysLeftReason: 'no-day-set' as const } : {};
  return { stage, by, since: iso(at), until: until === null ? null : iso(until), daysLeft, ...open, eventId };
}
