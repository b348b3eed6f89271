import type { Instant } from '../../src/kernel/instant.js';
import type { Policy } from '../../src/kernel/policy.js';
import { type ContactFigures, contactFiguresAt } from './matrix.js';
import type { ContactsState } from './state.js';

const names = ['diamondIndex', 'breadth', 'depth', 'coverage'] as const;

/** Figures with one person gone, beside those with them. */
export interface Simulated {
  readonly personId: string;
  /** OURS, THEIRS, or null: nobody here bears that id. */
  readonly side: 'OURS' | 'THEIRS' | null;
  readonly before: Readonly<Record<(typeof names)[number], number | null>>;
  readonly after: Readonly<Record<(typeof names)[number], number | null>> & { readonly reason: string | null };
  /** after − before; null where either is. */
  readonly delta: Readonly<Record<(typeof names)[number], number | null>>;
  readonly revenue: null;
  readonly revenueReason: string;
}

/** What is lost if one person leaves: their pairs lose their weight, their place in the map is empty, parts they have are met by nobody. */
export function simulated(
  state: ContactsState,
  asOf: Instant,
  policy: Policy,
  now: ContactFigures,
  personId: string,
): Simulated {
  const then = contactFiguresAt(state, asOf, policy, { without: personId });
  const theirs = Object.hasOwn(state.contacts, personId);
  const ours =
    Object.hasOwn(state.numbers, personId) || Object.values(state.assignments).some((one) => one.memberId === personId);
  const each = (of: (name: (typeof names)[number]) => number | null) =>
    Object.fromEntries(names.map((name) => [name, of(name)])) as Simulated['delta'];
  return {
    personId,
    side: theirs ? 'THEIRS' : ours ? 'OURS' : null,
    before: each((name) => now[name]),
    after: { ...each((name) => then[name]), reason: then.reason },
    delta: each((name) => (now[name] === null || then[name] === null ? null : then[name] - now[name])),
    revenue: null,
    revenueReason: 'money-names-no-person',
  };
}
