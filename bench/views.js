import { projections } from '../dist/projections/registry.js';
import { explain as explainFigure } from '../dist/src/app/explain.js';
import { cast, history, tell } from './history.js';
import { each, inDirectory, open, quantile, row } from './support.js';

const ofAccounts = projections.filter(({ of }) => of === 'account').map(({ name }) => name);
const first = Date.parse('2026-01-01T00:00:00Z');
const day = 86_400_000;
const ms = (time) => `${time.toFixed(time < 10 ? 2 : 0)} ms`;

/** Milliseconds (the median of 20) for each view of an account, worst first. */
async function timed(view) {
  const found = [];
  for (const name of ofAccounts) {
    view(name, 0);
    found.push([name, quantile(await each(20, (i) => view(name, i + 1)), 0.5)]);
  }
  return found.sort(([, a], [, b]) => b - a);
}

const told = (found) =>
  found
    .slice(0, 3)
    .map(([name, time]) => `${name} ${ms(time)}`)
    .join(', ');

/** Every view of an account with 10,000 events: at past moments, and from what is stored; and explain. */
export function views() {
  return inDirectory(async (directory) => {
    const taproot = await open(directory, { projector: 'inline' });
    await tell(taproot, cast(1));
    await tell(taproot, history(1, 10_000));
    await taproot.projector.level();
    const { moments } = taproot;
    const knownAt = { position: taproot.head };
    const past = await timed((name, i) => moments.view(name, 'A0', { asOf: first - i * 37 * day, knownAt }));
    const now = Date.now();
    const stored = await timed((name) => moments.view(name, 'A0', { asOf: now, knownAt }));
    const figure = '/total/contribution';
    const explained = await each(5, () =>
      explainFigure(moments, 'performance', 'A0', figure, { asOf: now, knownAt }, null),
    );
    const trust = await each(5, () =>
      explainFigure(moments, 'contacts', 'A0', '/diamondIndex', { asOf: now, knownAt }, null),
    );
    await taproot.close();
    const slow = Math.max(quantile(explained, 0.5), quantile(trust, 0.5));
    return [
      row(
        `each of ${ofAccounts.length} views at past moments, 10,000 events`,
        `slowest medians: ${told(past)}`,
        '',
        '',
        'each ≤ 50 ms',
        past[0][1] <= 50,
      ),
      row(
        `each of ${ofAccounts.length} stored views`,
        `slowest medians: ${told(stored)}`,
        '',
        '',
        'each ≤ 2 ms',
        stored[0][1] <= 2,
      ),
      row(
        'explain one figure over 10,000 events',
        `contribution ${ms(quantile(explained, 0.5))}, diamond index ${ms(quantile(trust, 0.5))}`,
        '',
        '',
        '≤ 200 ms',
        slow <= 200,
      ),
    ];
  });
}
