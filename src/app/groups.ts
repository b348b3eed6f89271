import { projectionNamed } from '../../projections/registry.js';
import type { Event } from '../kernel/event.js';
import { ALWAYS, type Instant, NEVER } from '../kernel/instant.js';
import type { Moment } from '../kernel/projection.js';
import { Refusal } from '../kernel/refusal.js';
import { Folder } from './folder.js';
import { beginning } from './histories.js';
import { type Asked, type Moments, usedBy } from './moments.js';
import { foldOn, unfolded } from './refold.js';
import { Structure } from './structure.js';

interface Membership {
  readonly from: Instant;
  readonly to: Instant;
}

/** Groups of accounts: one fold over the members' events while they were members, for the questions that add up. */
export class Groups {
  constructor(private readonly moments: Moments) {}

  /** A view of the group that an account heads. `members` now: whoever belongs at the moment, with all their past. */
  view(view: string, id: string, moment: Moment, members: 'then' | 'now', asked: Asked): object {
    const projection = projectionNamed(view);
    if (!projection) throw new Refusal('view/unknown', `There is no view ${view}; GET /v1/catalogue lists them`);
    if (!projection.sums)
      throw new Refusal('view/not-for-groups', `${view} of a group has no meaning; ask for its members one by one`);
    const subject = this.moments.subject('account', id, moment.knownAt, asked);
    const folder = new Folder(usedBy(projection));
    const events: Event<string, object>[] = [];
    for (const [member, times] of this.memberships(id, moment, members)) {
      const own = this.moments.histories.events({ of: 'account', id: member }, moment, beginning, folder.wanted);
      events.push(...own.filter((event) => times.some(({ from, to }) => event.time >= from && event.time < to)));
    }
    events.sort((a, b) => a.time - b.time || a.position - b.position);
    const { states } = foldOn(folder, unfolded(folder, ''), [events], this.moments.policies(moment, asked), subject);
    return this.moments.viewOf(projection, states, { ...moment, subject }, asked);
  }

  /** Who belonged to the group, and when; the head always does. */
  private memberships(id: string, moment: Moment, members: 'then' | 'now'): ReadonlyMap<string, readonly Membership[]> {
    if (members === 'now')
      return new Map(
        this.moments.structures
          .at(moment)
          .groupOf(id)
          .map((member) => [member, [{ from: ALWAYS, to: NEVER }]]),
      );
    const known = this.moments.structures.known(moment.knownAt).filter((event) => event.time <= moment.asOf);
    const found = new Map<string, Membership[]>([[id, [{ from: ALWAYS, to: NEVER }]]]);
    const times = [...new Set(known.map((event) => event.time))];
    times.forEach((time, i) => {
      const to = times[i + 1] ?? NEVER;
      for (const member of new Structure(known, time).groupOf(id)) {
        if (member !== id) found.set(member, [...(found.get(member) ?? []), { from: time, to }]);
      }
    });
    return found;
  }
}
