import { DAY_MS, type Instant, iso } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { over } from '../statistics/figure.js';
import { attentionAt, gapsAt, unfilledAt } from './attention.js';
import type { ContactFigures } from './matrix.js';
import type { ContactsState } from './state.js';

/** An alarm drawn from events and rules; `since` where the moment it began can be told. */
export interface Finding {
  readonly code: string;
  readonly since: string | null;
  readonly eventIds: readonly string[];
  readonly detail: string;
  readonly policy?: Readonly<Record<string, string | number>>;
}

/** What the findings look at besides the state. */
export interface Looked {
  readonly figures: ContactFigures;
  /** Functions with weight in the matrix, on either side. */
  readonly rowsMet: number;
  readonly columnsMet: number;
  readonly salesOnlyShare: number | null;
  readonly unitsActive: number;
}

/** All alarms of who knows whom at a moment. */
export function findingsAt(state: ContactsState, asOf: Instant, policy: Policy, looked: Looked): Finding[] {
  const { figures } = looked;
  return [
    ...shape(state, policy, looked),
    ...gapsAt(state, asOf, policy).map(({ role, holders, days, eventIds, lastMet }) => ({
      code: 'GAP',
      since: lastMet === null ? null : iso(Date.parse(lastMet) + policy.scoring.contactDays * DAY_MS),
      eventIds,
      detail:
        days === null
          ? `${role} is held by ${holders.length} and was never met`
          : `${role} is held by ${holders.length} and was last met ${days} days ago`,
      policy: { contactDays: policy.scoring.contactDays },
    })),
    ...(state.designated || figures.functionsPresent > 0 ? unfilledAt(state, asOf) : []).map((role) => ({
      code: 'UNFILLED',
      since: null,
      eventIds: [],
      detail: `Nobody of theirs who is present is known as ${role}`,
    })),
    ...units(state, policy, looked),
    ...attentionAt(state, asOf, policy)
      .filter((one) => one.overdue)
      .map(({ role, stage, days, policyDays, since, eventIds }) => ({
        code: 'ATTENTION_LAPSED',
        since: iso(since!),
        eventIds,
        detail: `${role} has been silent for ${days} days; ${stage} allows ${policyDays}`,
        policy: { [`${stage}/${role}`]: policyDays },
      })),
  ];
}

function shape(state: ContactsState, { scoring }: Policy, looked: Looked): Finding[] {
  const { figures, rowsMet, columnsMet, salesOnlyShare } = looked;
  const last = state.lastTwoWay;
  const eventIds = last === null ? [] : [last[1]];
  const found: Finding[] = [];
  if (figures.silent) {
    if (last === null && state.meetings.length === 0 && !state.designated) return found;
    const since = last === null ? null : iso(last[0] + scoring.contactDays * DAY_MS);
    const detail = `There was no two-way meeting in the last ${scoring.contactDays} days`;
    found.push({ code: 'SILENT', since, eventIds, detail, policy: { contactDays: scoring.contactDays } });
    return found;
  }
  if (figures.reason === null && (rowsMet === 1 || columnsMet === 1)) {
    const detail = `${rowsMet} function(s) of ours meet ${columnsMet} of theirs: everything runs through one`;
    found.push({ code: 'BOW_TIE', since: null, eventIds, detail });
  }
  if (figures.pairsMet === 1) {
    const detail = `One pair of persons met in the last ${scoring.contactDays} days`;
    found.push({
      code: 'SINGLE_THREADED',
      since: null,
      eventIds,
      detail,
      policy: { contactDays: scoring.contactDays },
    });
  }
  if (state.designated && salesOnlyShare !== null && over(salesOnlyShare, scoring.salesOnlyShare)) {
    const detail = `Sales carries ${salesOnlyShare.toFixed(2)} of the weight; over ${scoring.salesOnlyShare} is too much on a key account`;
    const policy = { salesOnlyShare: scoring.salesOnlyShare };
    found.push({ code: 'SALES_ONLY', since: null, eventIds, detail, policy });
  }
  return found;
}

function units(state: ContactsState, policy: Policy, { unitsActive }: Looked): Finding[] {
  const stage = state.stage?.stage;
  const wanted = stage === undefined ? undefined : policy.units[stage];
  if (wanted === undefined || unitsActive >= wanted) return [];
  const detail = `${unitsActive} unit(s) of ours were active in the last ${policy.scoring.contactDays} days; ${stage} wants ${wanted}`;
  const eventIds = Object.values(state.units)
    .map(([, id]) => id)
    .slice(0, 15);
  return [{ code: 'UNITS_TOO_FEW', since: null, eventIds, detail, policy: { [stage!]: wanted } }];
}
