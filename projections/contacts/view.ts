import { unitFunctions } from '../../src/domain/vocabulary.js';
import { eachInParts, inParts, once } from '../../src/kernel/figures.js';
import { DAY_MS, type Instant, iso } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Moment, Used } from '../../src/kernel/projection.js';
import type { PerformanceState } from '../performance/state.js';
import { busFactor } from '../statistics/concentration.js';
import { type Attention, attentionAt, type Gap, gapsAt, unfilledAt } from './attention.js';
import { contactSeries, type InSeries, settledBy } from './course.js';
import { type Finding, findingsAt } from './findings.js';
import { type ContactFigures, figuresOf, rowsOf, type Tally, tally } from './matrix.js';
import { pairsAt } from './pairs.js';
import { mapAt, type PeopleMap, presentAt } from './people.js';
import { unitsIn } from './rows.js';
import { type Simulated, simulated } from './simulation.js';
import type { ContactsState, Mark } from './state.js';
import { teamAt } from './team.js';

/** Who knows whom, at a moment (interface.md §4). */
export interface ContactsView {
  readonly matrix: {
    readonly rows: readonly string[];
    readonly columns: readonly string[];
    readonly weights: readonly (readonly number[])[];
  };
  readonly diamondIndex: number | null;
  readonly breadth: number | null;
  readonly depth: number | null;
  /** Fewest persons with more than half of the weight, on either side. */
  readonly busFactor: { readonly ours: number; readonly theirs: number } | null;
  readonly gaps: readonly Gap[];
  readonly findings: readonly Finding[];
  readonly without?: Simulated;
  readonly [more: string]: unknown;
}

/** The view: judgements by the rules of the moment, each made when it is looked at. */
export function contactsView(state: ContactsState, { asOf }: Moment, policy: Policy, used: Used): ContactsView {
  const sums = once(() => tally(state, asOf, policy));
  const map = once(() => mapAt(state, asOf));
  const figures = once(() => figuresOf(state, asOf, sums(), map()));
  const shares = once(() => (figures().reason === null ? sharesOf(state, sums()) : null));
  const matrix = once(() => matrixOf(sums(), map()));
  const active = once(() => activeUnits(state, asOf, policy));
  const { without } = used.parameters;
  const figure = (name: keyof ContactFigures, reason: () => string | null = () => null) =>
    [`${name} ${name}Reason`, () => said(name, figures()[name], reason())] as const;
  const share = (name: keyof Shares) =>
    [`${name} ${name}Reason`, () => said(name, shares()?.[name] ?? null, figures().reason)] as const;
  const weighed = () => figures().reason;
  const nobody = (name: 'breadth' | 'depth' | 'coverage', reason: string) =>
    figure(name, () => (figures()[name] === null ? reason : null));
  return inParts<ContactsView>([
    ['matrix', () => ({ matrix: matrix() })],
    figure('diamondIndex', weighed),
    figure('rowEntropy', weighed),
    figure('columnEntropy', weighed),
    figure('density', weighed),
    figure('silent'),
    ['firstContact', () => ({ firstContact: markOf(state.firstTwoWay) })],
    [
      'lastContact lastContactReason',
      () => said('lastContact', markOf(state.lastTwoWay), state.lastTwoWay === null ? 'never-met' : null),
    ],
    nobody('breadth', 'no-contact-present'),
    figure('functionsMet'),
    figure('functionsPresent'),
    nobody('depth', 'no-contact-present'),
    figure('levelsMet'),
    figure('levelsPresent'),
    nobody('coverage', 'no-role-held'),
    share('nonPurchasingShare'),
    share('salesOnlyShare'),
    share('busFactor'),
    share('maxShare'),
    ['singleThreaded', () => ({ singleThreaded: figures().pairsMet === 1 })],
    figure('pairsMet'),
    ['gaps', () => ({ gaps: gapsAt(state, asOf, policy) })],
    ['unfilled', () => ({ unfilled: unfilledAt(state, asOf) })],
    ['attention', () => ({ attention: attentionAt(state, asOf, policy).map(shownAttention) })],
    ['team', () => ({ team: teamAt(state, asOf) })],
    [
      'units',
      () => ({
        units: { active: active(), count: active().length, wanted: policy.units[state.stage?.stage ?? ''] ?? null },
      }),
    ],
    ['series', () => ({ series: seriesOf(state, asOf, policy) })],
    ['departures', () => ({ departures: departures(state, asOf, policy) })],
    ['pairs', () => ({ pairs: pairsAt(state, asOf, policy) })],
    [
      'without',
      () => {
        if (!without) return {};
        const beside = { sums: sums(), figures: figures(), money: moneyOf(used) };
        return { without: simulated(state, asOf, policy, beside, without) };
      },
    ],
    [
      'findings',
      () => {
        const { weights } = matrix();
        return {
          findings: findingsAt(state, asOf, policy, {
            figures: figures(),
            rowsMet: linesMet(weights),
            columnsMet: linesMet(matrix().columns.map((_, j) => weights.map((row) => row[j]!))),
            salesOnlyShare: shares()?.salesOnlyShare ?? null,
            unitsActive: active().length,
          }),
        };
      },
    ],
  ]);
}

/** A figure, and its reason where there is one. */
const said = (name: string, value: unknown, reason: string | null): object =>
  reason === null ? { [name]: value } : { [name]: value, [`${name}Reason`]: reason };

/** The account's money: looked at only where somebody asks what hangs on a person. */
const moneyOf = ({ states }: Used) => states.performance as PerformanceState | undefined;

const linesMet = (lines: readonly (readonly number[])[]): number =>
  lines.filter((line) => line.some((weight) => weight > 0)).length;

/** Rows and columns that have weight or stand in the account's map, in the order of the vocabulary. */
function matrixOf(sums: Tally, map: PeopleMap): ContactsView['matrix'] {
  const full = rowsOf(sums.weights);
  const some = (line: readonly number[]): boolean => line.some((weight) => weight > 0);
  const rows = unitFunctions.filter((name, i) => map.ours.has(name) || some(full[i]!));
  const columns = unitFunctions.filter((name, j) => map.theirs.has(name) || some(full.map((row) => row[j]!)));
  const at = (name: (typeof unitFunctions)[number]): number => unitFunctions.indexOf(name);
  return { rows, columns, weights: rows.map((row) => columns.map((column) => full[at(row)]![at(column)]!)) };
}

type Shares = ReturnType<typeof sharesOf>;

function sharesOf(state: ContactsState, { weights, total, persons }: Tally) {
  const full = rowsOf(weights);
  const of = (takes: (row: string, column: string) => boolean): number =>
    full.reduce(
      (all, row, i) => all + row.reduce((s, w, j) => s + (takes(unitFunctions[i]!, unitFunctions[j]!) ? w : 0), 0),
      0,
    );
  const carried = persons.map((weight, no) => ({ personId: state.people[no]!, weight }));
  const theirs = carried.filter(({ personId }) => Object.hasOwn(state.contacts, personId));
  const ours = carried.filter(({ personId }) => !Object.hasOwn(state.contacts, personId));
  const most = (side: typeof carried) => {
    const top = side.reduce((a, b) => (b.weight > a.weight ? b : a));
    return { personId: top.personId, share: top.weight / total };
  };
  const bus = (side: typeof carried): number => busFactor(side.map(({ weight }) => weight)) ?? 0;
  return {
    nonPurchasingShare: of((_, column) => column !== 'PURCHASING') / total,
    salesOnlyShare: of((row) => row === 'SALES' || row === 'KEY_ACCOUNT') / total,
    busFactor: { ours: bus(ours), theirs: bus(theirs) },
    maxShare: { ours: most(ours), theirs: most(theirs) },
  };
}

/** Functions of ours with an interaction or delivered support in the last `contactDays`. */
function activeUnits(state: ContactsState, asOf: Instant, { scoring }: Policy): string[] {
  return unitFunctions.filter((name) => {
    const mark = state.units[name];
    return mark !== undefined && mark[0] > asOf - scoring.contactDays * DAY_MS;
  });
}

function seriesOf(state: ContactsState, asOf: Instant, policy: Policy): object[] {
  const people = Object.values(state.contacts);
  const met = (one: InSeries): number => one.us + one.them + one.joint;
  return eachInParts<object, InSeries>(contactSeries(state, asOf, policy), [
    ['quarter open', ({ name: quarter, open }) => ({ quarter, open })],
    [
      'diamondIndex diamondIndexReason',
      ({ diamondIndex }) => said('diamondIndex', diamondIndex, diamondIndex === null ? 'silent' : null),
    ],
    [
      'breadth breadthReason',
      ({ breadth }) => said('breadth', breadth, breadth === null ? 'no-contact-present' : null),
    ],
    ['initiative', ({ us, them, joint, campaigns }) => ({ initiative: { us, them, joint, campaigns } })],
    [
      'theirShare theirShareReason',
      (one) =>
        met(one) === 0
          ? said('theirShare', null, 'no-interaction')
          : said('theirShare', (one.them + one.joint) / met(one), null),
    ],
    [
      'units contactsPresent',
      ({ units, to }) => ({
        units: unitsIn(units),
        contactsPresent: people.filter((contact) => presentAt(contact, Math.min(to - 1, asOf))).length,
      }),
    ],
  ]);
}

/** Back-test of the simulation: what it said the day before somebody left, and what was 90 days later. */
function departures(state: ContactsState, asOf: Instant, policy: Policy): object[] {
  return state.departures
    .map((one) => settledBy(state, one, asOf, policy))
    .filter(({ step }) => step > 0)
    .map(({ step, at, before, predicted, later, ...one }) => ({
      ...one,
      at: iso(at),
      before,
      predicted,
      later,
      error: predicted === null || later === null ? null : later - predicted,
      ...(later !== null ? {} : { laterReason: step === 2 ? 'silent' : 'not-yet-90-days' }),
      ...(before !== null ? {} : { beforeReason: 'silent' }),
      ...(predicted !== null ? {} : { predictedReason: 'silent' }),
    }));
}

const shownAttention = ({ lastAt, since, ...one }: Attention): object => ({
  ...one,
  lastAt: iso(lastAt),
  since: since === null ? null : iso(since),
  ...(since === null ? { sinceReason: 'not-overdue' } : {}),
});

const markOf = (mark: Mark | null): object | null => mark && { at: iso(mark[0]), eventId: mark[1] };
