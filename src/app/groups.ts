import { projectionNamed } from '../../projections/registry.js';
import type { Event } from '../kernel/event.js';
import { ALWAYS, type Instant, NEVER } from '../kernel/instant.js';
import type { AnyProjection, Moment, Subject } from '../kernel/projection.js';
import { Refusal } from '../kernel/refusal.js';
import { Folder, type FoldStates } from './folder.js';
import { beginning } from './histories.js';
import { type Asked, type Moments, usedBy } from './moments.js';
import { foldOn, unfolded } from './refold.js';
import { headsOf, Structure } from './structure.js';

/** A time of belonging, [from, to). */
export interface Membership {
  readonly from: Instant;
  readonly to: Instant;
}

/** Accounts of a group, each with the times in which it belonged. */
export type Members = ReadonlyMap<string, readonly Membership[]>;

const always: readonly Membership[] = [{ from: ALWAYS, to: NEVER }];

/** Groups of accounts: one fold over the members' events while they were members, for the questions that add up. */
export class Groups {
  constructor(private readonly moments: Moments) {}

  /** A view of the group that an account heads. `members` now: whoever belongs at the moment, with all their past. */
  view(view: string, id: string, moment: Moment, members: 'then' | 'now', asked: Asked): object {
    const projection = projectionNamed(view);
    if (!projection) throw new Refusal('view/unknown', `There is no view ${view}; GET /v1/catalogue lists them`);
    if (!projection.sums)
      throw new Refusal('view/not-for-groups', `${view} of a group has no meaning; ask for its members one by one`);
    const belonging = this.members(id, moment, members);
    const { states, subject } = this.fold(usedBy(projection, asked.parameters), id, belonging, moment, asked);
    const again = (other: Moment, same: Asked) => this.view(view, id, other, members, same);
    return this.moments.viewOf(projection, states, { ...moment, subject }, asked, again);
  }

  /** States over the members' events while they belonged, amounts in the head's currency unless another is asked for. */
  fold(
    projections: readonly AnyProjection[],
    head: string,
    members: Members,
    moment: Moment,
    asked: Asked,
  ): { readonly states: FoldStates; readonly subject: Subject } {
    const folder = new Folder(projections);
    const events: Event<string, object>[] = [];
    const memberOf: Record<string, string> = {};
    for (const [id, times] of members) {
      const own = this.moments.histories.events({ of: 'account', id }, moment, beginning, folder.wanted);
      for (const event of own) {
        if (!times.some(({ from, to }) => event.time >= from && event.time < to)) continue;
        events.push(event);
        memberOf[event.accountid!] = id;
      }
    }
    const subject = { ...this.moments.subject('account', head, moment.knownAt, asked), members: memberOf };
    events.sort((a, b) => a.time - b.time || a.position - b.position);
    const { states } = foldOn(folder, unfolded(folder, ''), [events], this.moments.policies(moment, asked), subject);
    return { states, subject };
  }

  /** Who belonged to the group, and when; the head always does. Merged accounts come in with whom they are merged into. */
  members(id: string, moment: Moment, members: 'then' | 'now'): Members {
    const { structures } = this.moments;
    const now = structures.at(moment);
    const found = new Map<string, Membership[]>([[id, [...always]]]);
    if (members === 'now') {
      for (const member of now.groupOf(id)) if (now.survivorOf(member) === member) found.set(member, [...always]);
      return found;
    }
    const known = structures.known(moment.knownAt).filter((event) => event.time <= moment.asOf);
    const times = [...new Set(known.map((event) => event.time))];
    times.forEach((time, i) => {
      const to = times[i + 1] ?? NEVER;
      for (const member of new Structure(known, time).groupOf(id)) {
        if (member === id || now.survivorOf(member) !== member) continue;
        found.set(member, [...(found.get(member) ?? []), { from: time, to }]);
      }
    });
    return found;
  }

  /** Accounts by the head of the group to which they belonged at each time: every event counts in one group, so that groups add up to accounts. */
  byHead(accounts: readonly string[], moment: Moment): ReadonlyMap<string, Members> {
    const { structures } = this.moments;
    const now = structures.at(moment);
    const heads = headsOf(structures.known(moment.knownAt).filter((event) => event.time <= moment.asOf));
    const groups = new Map<string, Map<string, Membership[]>>();
    for (const account of accounts) {
      for (const { head, from, to } of heads.get(account) ?? [{ head: account, ...always[0]! }]) {
        const survivor = now.survivorOf(head);
        const group = groups.get(survivor) ?? new Map<string, Membership[]>();
        group.set(account, [...(group.get(account) ?? []), { from, to }]);
        groups.set(survivor, group);
      }
    }
    return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
