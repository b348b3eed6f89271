import {
  type Cited,
  type Context,
  type Decider,
  type Draft,
  digestIn,
  exists,
  pick,
  said,
} from '../../kernel/decider.js';
import { NEVER } from '../../kernel/instant.js';
import { Refusal } from '../../kernel/refusal.js';
import type { MergeAccounts, PlaceAccountUnder, structureCommands, UnmergeAccounts } from './structure.commands.js';
import { AccountPlacedUnder, AccountsMerged, AccountsUnmerged, type StructureEvent } from './structure.events.js';
import { cycleIn, link, reaches, type Structure, unlinked } from './structure.state.js';

type Drafts = Draft<StructureEvent>[];

const both = <C extends { from: string; into: string }>() =>
  exists<C>('account', ({ from, into }): Cited[] => [
    { id: from, pointer: '/from' },
    { id: into, pointer: '/into' },
  ]);

/** Rules of the `structure` stream: nobody belongs under themselves, and nobody is merged twice, at any instant. */
export const structure: Decider<Structure, typeof structureCommands, StructureEvent> = {
  name: 'structure',
  stream: () => 'structure',
  initial: unlinked,

  on: {
    AccountPlacedUnder: (state, event) => {
      const { accountId, parentId } = event.data;
      link(state.parents, accountId, event.time, { to: parentId, digest: digestIn(event) });
    },
    AccountsMerged: (state, event) => {
      const { from, into } = event.data;
      link(state.merges, from, event.time, { to: into, digest: digestIn(event) });
    },
    AccountsUnmerged: (state, event) =>
      link(state.merges, event.data.from, event.time, { to: null, digest: digestIn(event) }),
  },

  needs: {
    PlaceAccountUnder: [
      exists<PlaceAccountUnder>('account', ({ accountId, parentId }): Cited[] => [
        { id: accountId, pointer: '/accountId' },
        ...(parentId === null ? [] : [{ id: parentId, pointer: '/parentId' }]),
      ]),
    ],
    MergeAccounts: [both<MergeAccounts>()],
    UnmergeAccounts: [both<UnmergeAccounts>()],
  },

  decide: { PlaceAccountUnder: place, MergeAccounts: merge, UnmergeAccounts: unmerge },

  holds: ({ parents }) => {
    const cycle = cycleIn(parents);
    if (!cycle) return;
    throw new Refusal('structure/cycle', `${cycle.id} would belong under itself at ${said(cycle.at)}`, {
      values: { accountId: cycle.id, at: said(cycle.at) },
    });
  },
};

/** Places an account under another until it is placed elsewhere. */
function place(state: Structure, command: PlaceAccountUnder, { occurredAt }: Context): Drafts {
  const { accountId, parentId } = command;
  const course = state.parents.get(accountId);
  if (parentId === accountId) throw self('/parentId', accountId, 'belong under');
  if ((course?.at(occurredAt)?.to ?? null) === parentId) return [];
  const until = course?.after(occurredAt)?.from ?? NEVER;
  const met = parentId === null ? undefined : reaches(state.parents, parentId, accountId, occurredAt, until);
  if (met !== undefined) {
    const detail = `${parentId} belongs under ${accountId} at ${said(met)}; place it elsewhere first`;
    throw new Refusal('structure/cycle', detail, {
      errors: [{ pointer: '/parentId', code: 'cycle', detail }],
      values: { accountId, parentId, at: said(met) },
    });
  }
  return [{ type: 'AccountPlacedUnder', accountid: accountId, data: pick(command, AccountPlacedUnder) }];
}

/** Lets the dealings of one account count as another's. */
function merge(state: Structure, command: MergeAccounts, { occurredAt, digest }: Context): Drafts {
  const { from, into } = command;
  if (from === into) throw self('/into', from, 'be merged into');
  const course = state.merges.get(from);
  const now = course?.turnAt(occurredAt);
  if (now?.value.to != null) {
    if (now.value.digest === digest) return [];
    throw alreadyMerged(from, now.value.to, now.from);
  }
  const later = course?.after(occurredAt);
  if (later?.value.to != null) throw alreadyMerged(from, later.value.to, later.from);
  const met = reaches(state.merges, into, from, occurredAt, NEVER);
  if (met !== undefined) {
    const detail = `${into} is merged into ${from} at ${said(met)}; unmerge it first`;
    throw new Refusal('structure/cycle', detail, {
      errors: [{ pointer: '/into', code: 'cycle', detail }],
      values: { from, into, at: said(met) },
    });
  }
  return [{ type: 'AccountsMerged', accountid: from, data: pick(command, AccountsMerged) }];
}

/** Parts two accounts from then on. */
function unmerge(state: Structure, command: UnmergeAccounts, { occurredAt }: Context): Drafts {
  const { from, into } = command;
  const course = state.merges.get(from);
  const now = course?.turnAt(occurredAt);
  const later = course?.after(occurredAt);
  if (now?.value.to === into && !later)
    return [{ type: 'AccountsUnmerged', accountid: from, data: pick(command, AccountsUnmerged) }];
  const why =
    now?.value.to === into
      ? `parted from it at ${said(later!.from)} already`
      : now?.value.to != null
        ? `merged into ${now.value.to} then`
        : 'by itself then';
  throw new Refusal('structure/not-merged', `${from} is not merged into ${into} at ${said(occurredAt)}: it is ${why}`, {
    errors: [{ pointer: '/from', code: 'notMerged', detail: 'name two accounts that are merged' }],
    values: { from, into },
  });
}

const self = (pointer: string, id: string, verb: string): Refusal =>
  new Refusal('structure/self', `${id} cannot ${verb} itself`, {
    errors: [{ pointer, code: 'self', detail: 'name another account' }],
  });

const alreadyMerged = (from: string, into: string, at: number): Refusal =>
  new Refusal('structure/already-merged', `${from} is merged into ${into} at ${said(at)} already`, {
    errors: [{ pointer: '/from', code: 'merged', detail: `unmerge ${from} first` }],
    values: { from, into, at: said(at) },
  });
