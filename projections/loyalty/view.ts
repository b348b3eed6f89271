import { once, whenSeen } from '../../src/kernel/figures.js';
import { type Calendar, DAY_MS, dateOfDay, dayOf, daysBetween, type Instant, iso } from '../../src/kernel/instant.js';
import { kept } from '../../src/kernel/keeper.js';
import type { Policy } from '../../src/kernel/policy.js';
import type { Seen, Used } from '../../src/kernel/projection.js';
import type { Finding } from '../contacts/findings.js';
import { type ContactFigures, contactFiguresAt, reasonsOf } from '../contacts/matrix.js';
import type { ContactsState } from '../contacts/state.js';
import { lastRegularOrderDay, missingRatesOf, sumsBetween } from '../performance/days.js';
import type { PerformanceState } from '../performance/state.js';
import type { Quintiles } from '../population/quintiles.js';
import { type Attitude, attitudeIn, keptIn, loyaltyType } from './attitude.js';
import { findingsOf } from './findings.js';
import { type Health, type HealthPart, healthOf, type PartFigure } from './health.js';
import { type QuarterFigures, type Series, seriesAt } from './series.js';
import type { LoyaltyState } from './state.js';
import { firstSpell, keptAt, reachedAt, type Spell, spellsOf, tenureOf, wonBy } from './tenure.js';
import { type Wallet, walletAt } from './wallet.js';

/** Whether loyalty is rising over years, by what they buy, what they say and whom they meet. */
export interface LoyaltyView {
  readonly window: { readonly from: string; readonly to: string; readonly days: number };
  readonly shareOfWallet: Wallet;
  readonly ledger: readonly object[];
  readonly nps: Attitude;
  readonly tenure: object;
  readonly rfm: object;
  readonly contact: ContactFigures;
  readonly commitments: ReturnType<typeof keptIn>;
  readonly contracts: readonly object[];
  readonly renewals: object;
  readonly type: ReturnType<typeof loyaltyType>;
  readonly health: Health;
  readonly series: readonly QuarterFigures[];
  readonly trends: Series['trends'];
  readonly findings: readonly Finding[];
}

export function loyaltyView(state: LoyaltyState, { asOf, subject }: Seen, policy: Policy, used: Used): LoyaltyView {
  const performance = () => used.states.performance as PerformanceState;
  const contacts = () => used.states.contacts as ContactsState;
  const { settings, scoring } = policy;
  const from = asOf - settings.windowDays * DAY_MS;
  const shareOfWallet = once(() => walletAt(state.estimates, asOf));
  const nps = once(() => attitudeIn(state.answers, from, asOf));
  const commitments = once(() => kept(state, 'loyalty/promises', () => keptIn(state.promises, from, asOf, settings)));
  const contact = once(() => {
    const met = contacts();
    return kept(met, 'loyalty/contact', () => contactFiguresAt(met, asOf, policy));
  });
  const spells = once(() => {
    const money = performance();
    return kept(state, 'loyalty/spells', () => spellsOf(tenureOf(money, state), asOf, settings.churnDays, settings));
  });
  const type = once(() => loyaltyType(nps(), shareOfWallet(), scoring));
  const series = once(() => seriesAt(state, performance(), contacts(), asOf, policy));
  return whenSeen<LoyaltyView>({
    window: () => ({ from: iso(from), to: iso(asOf), days: settings.windowDays }),
    shareOfWallet,
    ledger: () => state.estimates.map(ledgerLine).reverse(),
    nps,
    tenure: () => tenureView(state, spells(), asOf, policy),
    rfm: () => rfmView(performance(), subject.id, asOf, policy, used),
    contact: () => ({ ...contact(), ...reasonsOf(contact()) }),
    commitments,
    contracts: () => contractsView(state, asOf, settings),
    renewals: () => renewalsView(state),
    type,
    health: () => {
      const known = Object.keys(contacts().contacts).length > 0;
      return healthOf(partsOf(commitments(), contact(), known, shareOfWallet(), nps()), scoring);
    },
    series: () => series().quarters(),
    trends: () => series().trends,
    findings: () =>
      findingsOf(
        state,
        { type: type(), trends: series().trends, wallet: shareOfWallet(), nps: nps(), spells: spells() },
        settings,
      ),
  });
}

/** What the health figure is drawn from; silence counts as 0 where there is anybody to talk to. */
function partsOf(
  { ours, theirs }: ReturnType<typeof keptIn>,
  contact: ContactFigures,
  known: boolean,
  wallet: Wallet,
  nps: Attitude,
): Record<HealthPart, PartFigure> {
  const closed = ours.kept + ours.broken + theirs.kept + theirs.broken;
  const silent = contact.reason === 'silent' && known;
  return {
    trust: figure(closed === 0 ? null : (ours.kept + theirs.kept) / closed, 'no-commitments'),
    contact: silent ? { value: 0, reason: 'silent' } : figure(contact.diamondIndex, contact.reason ?? 'no-contact'),
    wallet: figure(wallet.value, wallet.reason ?? 'no-estimate'),
    recommend: figure(nps.recommend === null ? null : nps.recommend / 10, 'no-answers'),
  };
}

/** An estimate as the ledger shows it. */
const ledgerLine = ({ time, ...one }: LoyaltyState['estimates'][number]): object => ({
  at: iso(time),
  ...one,
  ...(one.share === null ? { shareReason: one.ourRank === null ? 'not-told' : 'rank-alone-is-told' } : {}),
  ...(one.wallet === null ? { walletReason: one.missing === null ? 'not-told' : `no-rate ${one.missing}` } : {}),
});

const figure = (value: number | null, reason: string): PartFigure => ({
  value,
  reason: value === null ? reason : null,
});

function tenureView(state: LoyaltyState, spells: readonly Spell[], asOf: Instant, { settings }: Policy): object {
  const [first] = spells;
  const last = spells.at(-1);
  const spellDays = reachedAt(spells, asOf, settings);
  return {
    since: first ? dateOfDay(first.fromDay) : null,
    /** Days since the first regular order, whatever happened in between. */
    days: first ? dayOf(asOf, settings) - first.fromDay : null,
    reason: first ? null : 'no-regular-order',
    /** Days that the present spell has lasted; null where the account is not ours now. */
    spellDays,
    spellDaysReason: spellDays !== null ? null : first ? 'ended' : 'no-regular-order',
    kept: keptAt(spells, asOf, settings),
    ended: last?.endAt ? { at: iso(last.endAt), reason: last.end } : null,
    firstSpell: firstSpell(spells, asOf, settings),
    spells: spells.map(({ fromDay, endAt, end }) => {
      return { from: dateOfDay(fromDay), to: endAt === null ? null : iso(endAt), end };
    }),
    churnDays: settings.churnDays,
    wonBy: wonBy(state),
  };
}

function rfmView(performance: PerformanceState, id: string, asOf: Instant, { settings }: Policy, used: Used): object {
  const today = dayOf(asOf, settings);
  const last = lastRegularOrderDay(performance);
  const from = today - settings.windowDays + 1;
  const { net, orders } = sumsBetween(performance, from, today + 1);
  const missing = missingRatesOf(performance, from, today + 1);
  const raw = {
    recencyDays: last === null ? null : today - last,
    recencyReason: last === null ? 'no-regular-order' : null,
    frequency: orders,
    monetary: missing.length > 0 ? null : net,
    monetaryReason: missing.length > 0 ? `no-rate ${missing.join(', ')}` : null,
  };
  if (used.parameters.quintiles !== 'yes') return raw;
  const population = (used['population/quintiles'] ?? null) as Quintiles | null;
  const own = population && Object.hasOwn(population.scores, id) ? population.scores[id]! : null;
  const reason = population === null ? 'population-not-available' : (population.reason ?? 'no-regular-order-in-window');
  return {
    ...raw,
    scores: own,
    scoresReason: own ? null : reason,
    n: population?.n ?? 0,
    cuts: population?.cuts ?? null,
  };
}

function contractsView(state: LoyaltyState, asOf: Instant, calendar: Calendar): object[] {
  return Object.keys(state.contracts)
    .sort()
    .map((contractId) => {
      const { category, spans, renewals, ended, value, eventId } = state.contracts[contractId]!;
      const span = spans.find(([from, to]) => from <= asOf && asOf < to);
      return {
        contractId,
        category,
        inForce: span !== undefined,
        from: spans[0] ? iso(spans[0][0]) : null,
        until: spans.length > 0 ? iso(spans.at(-1)![1]) : null,
        daysLeft: span ? daysBetween(asOf, span[1] - 1, calendar) : null,
        ...(span ? {} : { daysLeftReason: 'not-in-force' }),
        value,
        ...(value === null ? { valueReason: 'not-told-or-no-rate' } : {}),
        renewals: renewals.map(({ time, until, ...one }) => ({ at: iso(time), until: iso(until), ...one })),
        ended: ended && { ...ended, time: iso(ended.time) },
        eventId,
      };
    });
}

function renewalsView(state: LoyaltyState): object {
  const contracts = Object.values(state.contracts);
  const renewals = contracts.flatMap((one) => one.renewals);
  const tendered = renewals.filter((one) => one.tendered).length;
  const ended = contracts.filter((one) => one.ended !== null).length;
  const lost = contracts.filter((one) => one.ended?.reason === 'LOST').length;
  const of = renewals.length + ended;
  return {
    renewed: renewals.length,
    tendered,
    untendered: renewals.length - tendered,
    ended,
    lost,
    /** Renewed ÷ (renewed + ended). */
    rate: of === 0 ? null : renewals.length / of,
    rateReason: of === 0 ? 'nothing-came-up' : null,
    n: of,
  };
}
