import fc from 'fast-check';
import type { Taproot } from '../../src/app/taproot.js';
import { admin } from '../../src/http/access.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { acme, ada, bert, globex, manager, sponsor } from './cast/ids.js';
import { accountCast } from './cast/account.js';
import { activityCast } from './cast/activity.js';
import { booksCast } from './cast/books.js';
import { programmeCast } from './cast/programme.js';
import type { Said } from './telling.js';
import { at, bodies, ofFirm } from './telling-bodies.js';

/** A third account, kept in another currency. */
export const umbra = 'UMBRA';
const accounts = [acme, globex, umbra];
const days = 1_600;

/** Two accounts in euro and one in yen, two persons of theirs, two of ours. */
export const cast: readonly Said[] = [
  ...accounts.map((accountId) => ({
    name: 'RegisterAccount',
    body: {
      accountId,
      name: accountId,
      customerType: accountId === acme ? 'OEM_MAKER' : 'DEALER',
      currency: accountId === umbra ? 'JPY' : 'EUR',
      occurredAt: '2020-01-01T00:00:00.000Z',
    },
  })),
  ...[ada, bert].map((contactId, i) => ({
    name: 'AddContact',
    body: {
      ...{ contactId, accountId: acme, name: `Person ${i}`, seniority: i + 2 },
      function: i === 0 ? 'PURCHASING' : 'ENGINEERING',
      occurredAt: '2020-01-02T00:00:00.000Z',
    },
  })),
  ...[manager, sponsor].map((memberId, i) => ({
    name: 'AddMember',
    body: {
      ...{ memberId, name: `Member ${i}`, seniority: 3, qualifications: [] },
      function: i === 0 ? 'KEY_ACCOUNT' : 'SERVICE',
      occurredAt: '2020-01-02T00:00:00.000Z',
    },
  })),
];

/** Samples of everything else, one of each at most. */
const samples = Object.entries({
  ...accountCast.commands,
  ...activityCast.commands,
  ...booksCast.commands,
  ...programmeCast.commands,
}).filter(([name]) => name !== 'RegisterAccount' && !Object.hasOwn(bodies, name) && !Object.hasOwn(ofFirm, name));

/** How a history's amounts lie. */
export type Amounts = 'any' | 'none' | 'below-zero';

const minors: Readonly<Record<Amounts, fc.Arbitrary<number>>> = {
  any: fc.integer({ min: 0, max: 5_000_000 }),
  none: fc.constant(0),
  'below-zero': fc.integer({ min: 0, max: 3 }),
};
const backs: Readonly<Record<Amounts, fc.Arbitrary<number>>> = {
  any: fc.integer({ min: 0, max: 99 }),
  none: fc.constant(0),
  'below-zero': fc.integer({ min: 1_000, max: 9_000 }),
};

/** Random histories of the whole vocabulary over four and a half years; commands that rules refuse are simply not said. */
export function anyTelling(max: number, amounts: Amounts = 'any'): fc.Arbitrary<readonly Said[]> {
  const own = Object.entries(bodies);
  const firm = Object.entries(ofFirm);
  const one = fc.record({
    what: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...own).map(([name, make]) => ({ name, make, owned: true })) },
      { weight: 2, arbitrary: fc.constantFrom(...firm).map(([name, make]) => ({ name, make, owned: false })) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(...samples).map(([name, body]) => ({ name, make: () => body, owned: false })),
      },
    ),
    dice: fc.record({
      at: fc.integer({ min: 0, max: days }),
      account: fc.constantFrom(acme, acme, acme, globex, umbra),
      small: fc.integer({ min: 0, max: 10 }),
      minor: minors[amounts],
      back: backs[amounts],
      odd: fc.boolean(),
      currency: amounts === 'any' ? fc.constantFrom('EUR', 'EUR', 'EUR', 'USD', 'JPY') : fc.constant('EUR'),
    }),
  });
  return fc.array(one, { minLength: 1, maxLength: max }).map((list) =>
    list.map(({ what: { name, make, owned }, dice }) => ({
      name,
      body: { ...(owned ? { accountId: dice.account } : {}), ...make(dice), occurredAt: at(dice.at) },
    })),
  );
}

/** Tells what can be told, each under an id of its own; a refusal by a rule is an answer, anything else is thrown. How many were taken. */
export async function tellSome(taproot: Taproot, said: readonly Said[]): Promise<number> {
  let taken = 0;
  for (const [i, { name, body }] of said.entries()) {
    try {
      const receipt = await taproot.execute.run({ name, body, commandId: `some-${i}`, actor: admin });
      if (receipt.events.length > 0) taken++;
    } catch (error) {
      if (!(error instanceof Refusal) || ['fault', 'unavailable', 'malformed'].includes(error.category)) throw error;
    }
  }
  return taken;
}
