import { projections } from '../dist/projections/registry.js';
import { explain as explainFigure } from '../dist/src/app/explain.js';
import { figuresIn } from '../dist/src/kernel/figures.js';
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

/** Milliseconds (the median of 3) to explain a figure out of the middle of each part of each view, trends one by one, worst first. */
async function explanations(moments, moment) {
  const found = [];
  for (const view of ofAccounts) {
    const parts = new Map();
    for (const figure of figuresIn(moments.view(view, 'A0', moment)).keys()) {
      const [, name, inner] = figure.split('/');
      const part = name === 'trends' ? `${name}/${inner}` : name;
      parts.set(part, [...(parts.get(part) ?? []), figure]);
    }
    for (const figures of parts.values()) {
      const figure = figures[figures.length >> 1];
      const times = await each(3, () => explainFigure(moments, view, 'A0', figure, moment, null));
      found.push([`${view} ${figure}`, quantile(times, 0.5)]);
    }
  }
  return found.sort(([, a], [, b]) => b - a);
}

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
    const newest = { asOf: first, knownAt };
    const stored = await timed((name) => moments.view(name, 'A0', newest));
    const explained = await explanations(moments, newest);
    await taproot.close();
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
        `explain a figure of each of ${explained.length} parts of all views, 10,000 events`,
        `slowest: ${told(explained)}`,
        '',
        '',
        'each ≤ 200 ms',
        explained[0][1] <= 200,
      ),
    ];
  });
}
