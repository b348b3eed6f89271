import type { Report, ReportAccount, ReportInputs, ReportQuery } from '../../src/kernel/projection.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { oddPersons } from '../contact/moves.js';
import type { ContactState } from '../contact/state.js';
import type { Finding } from '../contacts/findings.js';
import { type Overall, overallExtract, overallOf } from './overall.js';
import { type Raised, raised } from './raised.js';
import { rules } from './rules.js';

/** All alarms of the moment. */
export interface FindingsReport {
  readonly findings: readonly Raised[];
  readonly total: number;
  readonly codes: readonly { readonly code: string; readonly findings: number; readonly accounts: number }[];
  readonly accounts: number;
  /** Whether alarms over all accounts are among them: they need every account, so a filter leaves them out. */
  readonly overall: boolean;
}

/** Views whose alarms are gathered, in the order of the catalogue. */
export const alarmed = [
  'profile',
  'stages',
  'contacts',
  'trust',
  'understanding',
  'loyalty',
  'performance',
  'investment',
  'approach',
  'criteria',
  'reviews',
  'sequence',
] as const;

/** What is kept of an account: its own alarms, and what alarms over all accounts need of it; null where those are not asked. */
interface Alarmed {
  readonly accountId: string;
  readonly own: readonly Raised[];
  readonly overall: Overall | null;
}

/** What wants attention, with rule, policy and the events that raised it. */
export const findings: Report<FindingsReport, Alarmed> = {
  name: 'findings',
  version: 2,
  question: { en: 'What wants our attention, and why?', zh: '哪些情况需要关注,依据是什么?' },
  uses: [...alarmed, 'value', 'capacity'],
  views: [...alarmed, 'value'],
  adds: true,
  others: ['programme', 'member', 'contact'],
  // of persons of theirs only such as came or left, or of whom something ended or was retracted: of no others anything is odd
  toldBy: { contact: ['ContactLeft', 'ContactJoined', 'ContactRoleEnded', 'EventRetracted'] },
  parameters: {
    code: 'only alarms of these codes, parted by commas (BOW_TIE,SILENT)',
    account: 'only alarms of these accounts, parted by commas',
  },
  names: { account: 'account' },
  extract: (account, query, policy) => {
    const { accountId } = account;
    const wanted = query.parameters.account?.split(',');
    if (wanted && !wanted.includes(accountId)) return null;
    return {
      accountId,
      own: ofAccount(account),
      overall: isWhole(query) ? overallExtract(account, query, policy) : null,
    };
  },
  report: (told, query, policy, more) => {
    const codes = codesAsked(query.parameters);
    const whole = isWhole(query);
    const shown = new Set(told.map(({ accountId }) => accountId));
    const persons = ofPersons(more).filter(({ accountId }) => whole || (accountId !== null && shown.has(accountId)));
    const overall = told.flatMap((one) => one.overall ?? []);
    const all = [
      ...(whole ? overallOf(overall, query, policy, more) : []),
      ...told.flatMap(({ own }) => own),
      ...persons,
    ]
      .filter(({ code }) => codes === undefined || codes.includes(code))
      .sort(
        (a, b) => order(a.accountId ?? '', b.accountId ?? '') || order(a.code, b.code) || order(sinceOf(a), sinceOf(b)),
      );
    return {
      findings: all,
      total: all.length,
      codes: [...new Set(all.map(({ code }) => code))].sort().map((code) => {
        const own = all.filter((one) => one.code === code);
        return { code, findings: own.length, accounts: accountsOf(own) };
      }),
      accounts: accountsOf(all),
      overall: whole,
    };
  },
};

const isWhole = ({ parameters }: ReportQuery): boolean =>
  parameters.account === undefined && parameters.filters === undefined;

function ofAccount({ accountId, views }: ReportAccount): Raised[] {
  return alarmed.flatMap((name) => {
    const view = views[name] as { readonly findings?: readonly Finding[] } | undefined;
    return (view?.findings ?? []).map((finding) => raised(finding, name, { accountId }));
  });
}

function codesAsked({ code }: ReportQuery['parameters']): readonly string[] | undefined {
  const codes = code?.split(',');
  const unknown = codes?.find((one) => !Object.hasOwn(rules, one));
  if (unknown === undefined) return codes;
  throw new Refusal('view/parameter-invalid', `code must be codes of alarms, parted by commas; ${unknown} is none`, {
    errors: [{ pointer: '?code', code: 'choice', detail: `of ${Object.keys(rules).join(', ')}` }],
  });
}

/** Alarms about persons of theirs, each with the account whose history it is about. */
function ofPersons({ others }: ReportInputs): Raised[] {
  return Object.entries(others.contact ?? {}).flatMap(([contactId, state]) =>
    oddPersons(state as ContactState).map((one) => raised(one, 'contact', { accountId: one.accountId, contactId })),
  );
}

const accountsOf = (of: readonly Raised[]): number =>
  new Set(of.flatMap(({ accountId }) => (accountId === null ? [] : [accountId]))).size;

const sinceOf = ({ since }: Raised): string => since ?? '';
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
