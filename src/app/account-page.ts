import { Refusal } from '../kernel/refusal.js';
import type { AccountFilters } from './account-filters.js';
import type { ListedAccount } from './accounts.js';

/** How a list of accounts is asked for. */
export interface AccountQuery {
  readonly limit: number;
  readonly cursor: string | null;
  readonly sort: 'accountId' | '-accountId' | 'name' | '-name';
  readonly filters: AccountFilters;
}

/** Where a page ended: what it was sorted by, and the account. */
type Place = readonly [by: string, accountId: string];

/** A page of accounts in the order asked for. The cursor is a place in that order, so that it serves though the account is gone. */
export function pageOf(
  accounts: readonly ListedAccount[],
  { limit, cursor, sort }: AccountQuery,
): { readonly items: readonly ListedAccount[]; readonly next: string | null } {
  const field = sort.replace('-', '') as 'accountId' | 'name';
  const sign = sort.startsWith('-') ? -1 : 1;
  const placed = accounts.map((account) => ({ account, place: [account[field], account.accountId] as Place }));
  placed.sort((a, b) => sign * compared(a.place, b.place));
  const end = cursor === null ? undefined : placeOf(cursor);
  const from = end === undefined ? placed : placed.filter(({ place }) => sign * compared(place, end) > 0);
  const page = from.slice(0, limit);
  const last = from.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ account }) => account),
    next: last ? Buffer.from(JSON.stringify(last.place)).toString('base64url') : null,
  };
}

const compared = (a: Place, b: Place): number => order(a[0], b[0]) || order(a[1], b[1]);
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function placeOf(cursor: string): Place {
  try {
    const place = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (Array.isArray(place) && place.length === 2 && place.every((one) => typeof one === 'string'))
      return place as unknown as Place;
  } catch {
    // refused below, as any other text
  }
  throw new Refusal('view/parameter-invalid', 'The cursor is not one that this service gave; begin at the first page', {
    errors: [{ pointer: '?cursor', code: 'cursor', detail: 'leave it out' }],
  });
}
