import { topicNamed } from '../domain/catalogue.js';
import type { States } from './states.js';

/** What a person should know before a command is carried out: shown by a dry run, never a reason to refuse. */
export async function conflictsOf(
  name: string,
  command: object,
  states: States,
): Promise<{ code: string; detail: string }[]> {
  if (name !== 'MergeAccounts') return [];
  const { from, into } = command as { from: string; into: string };
  const account = topicNamed('account');
  const [loser, winner] = await Promise.all(
    [from, into].map(async (id) => (await states.load(account, `account-${id}`)).state as { currency?: string | null }),
  );
  const programme = (await states.load(topicNamed('programme'), 'programme')).state as {
    managerOf?: (accountId: string) => string | null;
  };
  const conflicts: { code: string; detail: string }[] = [];
  if (loser?.currency !== winner?.currency) {
    conflicts.push({
      code: 'account/currency-differs',
      detail: `${from} is kept in ${loser?.currency ?? 'no currency'}, ${into} in ${winner?.currency ?? 'no currency'}; amounts add up only where an FX rate is known`,
    });
  }
  const [ours, theirs] = [programme.managerOf?.(from) ?? null, programme.managerOf?.(into) ?? null];
  if (ours !== null && theirs !== null && ours !== theirs)
    conflicts.push({ code: 'account/owner-differs', detail: `${from} is managed by ${ours}, ${into} by ${theirs}` });
  return conflicts;
}
