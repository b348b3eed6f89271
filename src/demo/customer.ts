import type { Customer } from './account.js';
import type { Member } from './members.js';

/** What most customers have in common; each says only what is otherwise. */
const usual = { growth: 0.05, margin: 0.31, serve: 0.02, late: 3, every: 1 } as const;

type Otherwise = Partial<Customer>;

/** A maker of machines. Every name says that the firm is invented. */
export const oem = (
  id: string,
  name: string,
  [industry, region]: readonly [string, string],
  since: string | undefined,
  monthly: number,
  seller: Member,
  otherwise: Otherwise = {},
): Customer => ({
  ...usual,
  id,
  name: `${name} (fictitious)`,
  type: 'OEM_MAKER',
  industry,
  region,
  ...(since === undefined ? {} : { since }),
  monthly,
  seller,
  ...otherwise,
});

/** A dealer; most of them sell to makers of machines. */
export const dealer = (
  id: string,
  name: string,
  region: string,
  since: string,
  monthly: number,
  seller: Member,
  otherwise: Otherwise = {},
): Customer =>
  oem(id, name, ['Industrial supply', region], since, monthly, seller, {
    type: 'DEALER',
    oemFitShare: 0.6,
    every: 3,
    ...otherwise,
  });
