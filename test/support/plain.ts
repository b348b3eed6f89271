import { projectionNamed, projections } from '../../projections/registry.js';
import { Folder } from '../../src/app/folder.js';
import type { Asked } from '../../src/app/moments.js';
import type { Taproot } from '../../src/app/taproot.js';
import { programmeRules } from '../../src/domain/programme/programme.policy.js';
import { upcast } from '../../src/domain/upcasters.js';
import { type Event, isAnnotation } from '../../src/kernel/event.js';
import { effective, eventOf } from '../../src/kernel/history.js';
import { NEVER } from '../../src/kernel/instant.js';
import { Policies } from '../../src/kernel/policies.js';
import type { Moment } from '../../src/kernel/projection.js';

type Told = Event<string, object>;

/** All projections of accounts. */
export const ofAccounts = projections.filter(({ of }) => of === 'account');

/** Every entry of the log, each parsed whole. */
export function wholeLog({ moments: { reader } }: Taproot): Told[] {
  const all: Told[] = [];
  for (;;) {
    const rows = reader.scan(all.length, 1_000);
    all.push(...rows.map(({ entry, position }) => eventOf(entry, position)));
    if (rows.length === 0) return all;
  }
}

/** Events known at a moment, corrections applied, up to its `asOf`; other annotations than those about what is taken do nothing. */
function historyOf(log: readonly Told[], { asOf, knownAt }: Moment, takes: (event: Told) => boolean): Told[] {
  const { position, by = NEVER } = typeof knownAt === 'number' ? { position: log.length, by: knownAt } : knownAt;
  const known = log.slice(0, position).filter((one) => one.known <= by);
  return effective(
    known.filter((event) => isAnnotation(event.type) || takes(event)),
    upcast,
  ).filter(({ time }) => time <= asOf);
}

/** Accounts merged into one at a moment, by way of others included. */
function mergedInto(log: readonly Told[], id: string, moment: Moment): string[] {
  const into = new Map<string, string>();
  for (const { type, data } of historyOf(log, moment, ({ subject }) => subject === 'structure')) {
    const pair = data as { from: string; into: string };
    if (type === 'AccountsMerged') into.set(pair.from, pair.into);
    if (type === 'AccountsUnmerged') into.delete(pair.from);
  }
  const found = [id];
  for (const one of found) for (const [from, to] of into) if (to === one && !found.includes(from)) found.push(from);
  return found.slice(1);
}

/** A view made the plain way: every event of the log read whole, resolved, and folded from zero. */
export function plainView(
  taproot: Taproot,
  log: readonly Told[],
  name: string,
  id: string,
  moment: Moment,
  asked: Asked = {},
): object {
  const merged = new Set(mergedInto(log, id, moment));
  const events = historyOf(log, moment, ({ accountid, subject }) => {
    if (accountid === id) return true;
    return accountid !== undefined && merged.has(accountid) && /^(activity|books|contact)-/.test(subject);
  });
  const rules = historyOf(log, { ...moment, asOf: Number.POSITIVE_INFINITY }, (one) => one.subject === 'programme');
  const policies = new Policies(
    rules.sort((a, b) => a.time - b.time || a.position - b.position),
    programmeRules,
  );
  const subject = taproot.moments.subject('account', id, moment.knownAt, asked);
  const folder = new Folder(ofAccounts);
  const states = folder.initial();
  events.forEach(folder.stepping(states, policies, subject));
  const projection = projectionNamed(name)!;
  const again = (other: Moment, same: Asked) => plainView(taproot, log, name, id, other, same);
  return taproot.moments.viewAs(projection, states, { ...moment, subject }, policies.at(moment.asOf), asked, again);
}
