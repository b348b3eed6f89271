import type { ListedAccount } from './accounts.js';

/** Filters of the list of accounts and of reports: exact, but `q`, which is part of the id or name. */
export type AccountFilters = Readonly<Record<string, string>>;

/** What the filters look at in an account's profile. */
interface Profile {
  readonly designation?: { readonly managerId?: string } | null;
  readonly stage?: string | null;
}

/** Which accounts a set of filters takes; `profileOf` is asked only where a filter needs it. */
export function takenBy(
  filters: AccountFilters,
  profileOf: (accountId: string) => object,
): (account: ListedAccount) => boolean {
  const { externalId, type, region, industry, q, manager, designated, stage } = filters;
  const needle = q?.toLowerCase();
  const fits = (told: string | undefined, has: string | null) => told === undefined || told === has;
  const named = ({ accountId, name }: ListedAccount) =>
    needle === undefined || accountId.toLowerCase().includes(needle) || name.toLowerCase().includes(needle);
  const isThe = ({ externalIds }: ListedAccount) =>
    externalId === undefined || externalIds.some(({ system, id }) => [id, `${system}:${id}`].includes(externalId));
  const stands = ({ accountId }: ListedAccount) => {
    if (manager === undefined && designated === undefined && stage === undefined) return true;
    const profile = profileOf(accountId) as Profile;
    const holds = profile.designation ?? null;
    return (
      fits(manager, holds?.managerId ?? null) &&
      fits(designated, String(holds !== null)) &&
      fits(stage, profile.stage ?? 'PROSPECT')
    );
  };
  return (account) =>
    fits(type, account.customerType) &&
    fits(region, account.region) &&
    fits(industry, account.industry) &&
    isThe(account) &&
    named(account) &&
    stands(account);
}
