import { projections } from '../dist/projections/registry.js';
import { Folder } from '../dist/src/app/folder.js';
import { unfolded, foldOn, storedOf, nothingNewer } from '../dist/src/app/refold.js';
import { Wholes } from '../dist/src/app/whole.js';
import { NEVER } from '../dist/src/kernel/instant.js';
import { row, seconds } from './support.js';

/** Microseconds an event and bytes of state, of each account projection folded alone over events that are in memory. */
export async function folds(reader, accounts) {
  const wholes = new Wholes(reader);
  const moment = { asOf: NEVER, knownAt: { position: reader.head() } };
  const told = accounts.map((id) => {
    const subject = wholes.subject(`account/${id}`, moment.knownAt);
    return { subject, events: wholes.histories.events(subject, moment) };
  });
  const policies = wholes.rules.known(moment.knownAt);
  const count = told.reduce((sum, { events }) => sum + events.length, 0);
  const found = [];
  for (const projection of projections.filter(({ of }) => of === 'account')) {
    const folder = new Folder([projection]);
    let bytes = 0;
    const fold = () => {
      bytes = 0;
      for (const { subject, events } of told) {
        const reached = foldOn(folder, unfolded(folder, ''), [events], policies, subject);
        bytes += storedOf(folder, reached, nothingNewer)[0].state.length;
      }
    };
    await seconds(fold);
    const time = await seconds(fold);
    found.push({ name: projection.name, micros: (1e6 * time) / count, bytes: Math.round(bytes / told.length) });
  }
  found.sort((a, b) => b.micros - a.micros);
  return found;
}

/** The dearest folds, as a row. */
export const dearest = (found) =>
  row(
    'the dearest folds, each alone over parsed events',
    found
      .slice(0, 3)
      .map(({ name, micros }) => `${name} ${micros.toFixed(2)} µs`)
      .join(', '),
    `all together ${found.reduce((sum, { micros }) => sum + micros, 0).toFixed(1)} µs an event`,
    '',
    '',
    true,
  );
