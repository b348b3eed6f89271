import { describe, expect, it } from '@jest/globals';
import { existsSync, rmSync } from 'node:fs';
import { projections } from '../../projections/registry.js';
import { keyOf } from '../../src/app/folder.js';
import { Projector } from '../../src/app/projector.js';
import { viewsFile } from '../../src/app/views.js';
import type { AnyProjection } from '../../src/kernel/projection.js';
import {
  bill,
  history,
  level,
  logOf,
  meet,
  named,
  order,
  rateCard,
  rebuilt,
  rowsOf,
  stale,
  stored,
} from '../support/projecting.js';
import { freshDirectory, openIn } from '../support/service.js';
import { beginning, tell } from '../support/telling.js';

describe('state, rows and checkpoint are one transaction (architecture §5)', () => {
  it('a batch that fails at its end leaves none of them', async () => {
    const taproot = await logOf(history);
    const { views, projector } = await level(taproot);
    const before = stored(views);
    const checkpoints = views.checkpoints();
    await tell(taproot, [bill('C', 400, '2024-06-10'), meet('M3', '2024-07-01')]);
    const advance = views.advance.bind(views);
    views.advance = (keys, from, to) => {
      advance(keys, from, to);
      throw new Error('the power is cut');
    };
    await expect(projector.step()).rejects.toThrow('the power is cut');
    expect(stored(views)).toEqual(before);
    expect(views.checkpoints()).toEqual(checkpoints);
    views.advance = advance;
    await projector.catchUp();
    expect(stored(views)).toEqual(await rebuilt(taproot));
  });

  it('a second projector over the same views does not count an event twice: it fails by name', async () => {
    const taproot = await logOf(history);
    const { views, projector } = await level(taproot);
    await tell(taproot, [bill('C', 400, '2024-06-10')]);
    const [key] = views.checkpoints().map((one) => one.key);
    const { position } = views.checkpoint(key!)!;
    await projector.catchUp();
    expect(() => views.together(() => views.advance([key!], position, position + 1), true)).toThrow(views.file);
    expect(stored(views)).toEqual(await rebuilt(taproot));
  });
});

describe('a raised version (architecture §5)', () => {
  const old = named('performance');
  const raised: AnyProjection = { ...old, version: old.version + 1 };
  const others = projections.filter((one) => one !== old);

  it('is built beside the old one, whose rows and states are there until it takes over', async () => {
    const taproot = await logOf(history);
    const { views } = await level(taproot);
    const rows = rowsOf(views, old);
    expect(rows.length).toBeGreaterThan(0);
    await tell(taproot, [bill('C', 400, '2024-06-10')]);
    const projector = new Projector(taproot.moments.reader, views, [...others, raised]);
    const seen = new Set<string>();
    for (let steps = 0; await projector.step(); steps++) {
      const live = views.checkpoint(keyOf(raised))?.live === 1;
      const states = views.statesOf(keyOf(live ? raised : old), 'account/').length;
      seen.add(`${live ? 'new' : 'old'} ${states > 0 && rowsOf(views, old).length > 0 ? 'read' : 'missing'}`);
      expect(steps).toBeLessThan(100);
    }
    expect(seen).toEqual(new Set(['old read']));
    expect(rowsOf(views, raised)).not.toEqual(rows);
    expect(views.checkpoint(keyOf(old))).toBeUndefined();
    expect(views.statesOf(keyOf(old), '')).toEqual([]);
    expect(stored(views, [...others, raised])).toEqual(await rebuilt(taproot, [...others, raised]));
  });

  it('taken in while it was stopped and begun again, and while more is told, is the same', async () => {
    const taproot = await logOf(history);
    const { views } = await level(taproot);
    const all = [...others, raised];
    for (let run = 0; run < 6; run++) {
      await tell(taproot, [bill(`R${run}`, 10, `2024-0${run + 1}-20`)]);
      await new Projector(taproot.moments.reader, views, all).step();
    }
    await new Projector(taproot.moments.reader, views, all).catchUp();
    expect(stored(views, all)).toEqual(await rebuilt(taproot, all));
  });

  it('one that is no longer there leaves nothing that keeps the others from being level', async () => {
    const taproot = await logOf(history);
    const { views } = await level(taproot);
    await order(taproot, 'SetRateCard', rateCard(1_000, '2024-01-01'));
    const projector = new Projector(taproot.moments.reader, views, projections);
    await projector.step();
    expect(stale(views).some((one) => one.endsWith(keyOf(old)))).toBe(true);
    const rest = new Projector(
      taproot.moments.reader,
      views,
      others.filter(({ uses = [] }) => !uses.includes('performance')),
    );
    for (let steps = 0; await rest.step(); steps++) expect(steps).toBeLessThan(100);
  });
});

describe('the views file holds nothing that the log cannot tell again', () => {
  it('deleting it loses nothing: states and rows are the same as before', async () => {
    const directory = freshDirectory();
    const one = await openIn(directory);
    await tell(one, [...beginning, ...history, bill('L', 5, '2024-01-05')]);
    await order(one, 'SetRateCard', rateCard(1_000, '2024-04-01'));
    await one.projector.level();
    const before = stored(one.moments.views);
    expect(Object.keys(before).length).toBeGreaterThan(20);
    await one.close();
    for (const end of ['', '-wal', '-shm']) rmSync(`${viewsFile(directory)}${end}`, { force: true });
    const two = await openIn(directory);
    await two.projector.level();
    expect(existsSync(viewsFile(directory))).toBe(true);
    expect(stored(two.moments.views)).toEqual(before);
    await two.close();
  });

  it('views that are ahead of the log, as after a restored backup, are built anew', async () => {
    const [longer, shorter] = [await logOf([...history, bill('X', 999, '2024-06-01')]), await logOf(history)];
    const { views } = await level(longer);
    await new Projector(shorter.moments.reader, views, projections).catchUp();
    expect(stored(views)).toEqual(await rebuilt(shorter));
    await tell(shorter, [bill('Y', 1, '2024-06-02'), bill('Z', 2, '2024-06-03')]);
    await new Projector(shorter.moments.reader, views, projections).catchUp();
    expect(stored(views)).toEqual(await rebuilt(shorter));
  });
});
