import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projections } from '../../projections/registry.js';
import { keyOf } from '../../src/app/folder.js';
import { Projector } from '../../src/app/projector.js';
import { Views } from '../../src/app/views.js';
import { canonical } from '../../src/kernel/canonical.js';
import { acme, globex } from '../support/cast/ids.js';
import { invoice, registered, scene } from '../support/scene.js';
import { freshDirectory } from '../support/service.js';

const s = scene('2025-12-31T12:00:00.000Z');
const bill = (accountId: string, invoiceId: string, day: string, gross: number) =>
  s.tell('IssueInvoice', { ...invoice(invoiceId, day, gross, 0), accountId });
const merge = (from: string, into: string, day: string) =>
  s.tell('MergeAccounts', { from, into, reason: 'One firm', occurredAt: day });
const part = (from: string, into: string, day: string) =>
  s.tell('UnmergeAccounts', { from, into, reason: 'Two firms', occurredAt: day });
const net = async (id: string, day: string) => (await s.view('performance', `asOf=${day}`, id)).total.net as number;

const views = Views.open(freshDirectory());
let projector: Projector;

/** ACME had 1 before GLOBEX with 10 and its own child SMALL with 100 came in, in June and July; SMALL leaves GLOBEX in September. */
beforeAll(async () => {
  for (const id of [acme, globex, 'SMALL']) await s.tell('RegisterAccount', registered(id, 'EUR', '2024-01-01'));
  projector = new Projector(s.at.taproot.moments.reader, views, projections);
  await bill(acme, 'A', '2025-04-10', 1);
  await bill(globex, 'G', '2025-02-10', 10);
  await bill('SMALL', 'S', '2025-03-10', 100);
  await merge(globex, acme, '2025-06-01');
  await projector.catchUp();
  await merge('SMALL', globex, '2025-07-01');
  await projector.catchUp();
});
afterAll(() => views.close());

describe('a figure of an account into which others were merged', () => {
  it('has the dealings of those that are merged into it by then, and of theirs', async () => {
    expect(await Promise.all(['2025-05-31', '2025-06-30', '2025-07-31'].map((day) => net(acme, day)))).toEqual([
      1, 11, 111,
    ]);
    expect(await net(globex, '2025-07-31')).toBe(110);
  });

  it('is explained from before the merge to after it, to the last digit, by the merge and by what came after', async () => {
    const explained = await s.data(
      `accounts/${acme}/performance/explain?figure=/total/net&asOf=2025-08-31&from=2025-05-31`,
    );
    expect([explained.from.value, explained.to.value]).toEqual([1, 111]);
    expect(explained.terms.map(({ kind, delta }: { kind: string; delta: number }) => [kind, delta])).toEqual([
      ['structure', 110],
    ]);
    expect(explained.terms[0].events.map(({ type }: { type: string }) => type)).toEqual([
      'AccountsMerged',
      'AccountsMerged',
    ]);
  });

  it('is explained from nothing by the events of all that belong to it', async () => {
    const { terms } = await s.data(`accounts/${acme}/performance/explain?figure=/total/net&asOf=2025-08-31`);
    expect(terms.map(({ delta, after }: { delta: number; after: number }) => delta ?? after)).toEqual([10, 100, 1]);
  });

  it('is at every point of a series what the view is then', async () => {
    const { points } = await s.data(
      `accounts/${acme}/performance/series?figure=/total/net&every=month&from=2025-01-01&asOf=2025-08-31`,
    );
    for (const { asOf, value } of points) expect([asOf, value]).toEqual([asOf, await net(acme, asOf)]);
    expect(points.map(({ value }: { value: number }) => value)).toEqual([0, 0, 0, 1, 1, 11, 111, 111]);
  });

  it('takes commands of the merged one, which stay its own', async () => {
    await bill('SMALL', 'S2', '2025-08-10', 1_000);
    expect([await net(acme, '2025-08-31'), await net('SMALL', '2025-08-31')]).toEqual([1_111, 1_100]);
    const { items } = await s.view('timeline', 'asOf=2025-08-31', acme);
    expect(items.some(({ stream }: { stream: string }) => stream === 'books-SMALL')).toBe(true);
  });

  it('does not take over what was said of who the other is, though it was corrected', async () => {
    const status = {
      accountId: globex,
      category: 'drives',
      status: 'PRIMARY',
      source: 'buyer',
      occurredAt: '2025-04-01',
    };
    const eventId = await s.tell('DeclareSupplierStatus', status);
    await s.tell('CorrectEvent', { corrects: eventId, time: '2025-04-02T00:00:00Z', reason: 'the day after' });
    for (const level of [false, true]) {
      if (level) await s.at.level();
      expect(JSON.stringify(await s.view('profile', 'asOf=2025-08-31', globex))).toContain('PRIMARY');
      expect(JSON.stringify(await s.view('profile', 'asOf=2025-08-31', acme))).not.toContain('PRIMARY');
    }
  });

  it('does not take it over either when it is told while the merge lasts', async () => {
    await projector.catchUp();
    const status = { accountId: globex, category: 'motors', status: 'SOLE', source: 'buyer', occurredAt: '2025-08-20' };
    await s.tell('DeclareSupplierStatus', status);
    for (const level of [false, true]) {
      if (level) await s.at.level();
      expect(JSON.stringify(await s.view('profile', 'asOf=2025-08-31', globex))).toContain('SOLE');
      expect(JSON.stringify(await s.view('profile', 'asOf=2025-08-31', acme))).not.toContain('SOLE');
    }
  });

  it('is without those that left one that is merged into it, at once and where it is stored', async () => {
    await projector.catchUp();
    await part('SMALL', globex, '2025-09-01');
    expect([await net(acme, '2025-09-30'), await net(globex, '2025-09-30'), await net('SMALL', '2025-09-30')]).toEqual([
      11, 10, 1_100,
    ]);
    await projector.catchUp();
    const again = Views.open(freshDirectory());
    await new Projector(s.at.taproot.moments.reader, again, projections).catchUp();
    for (const projection of projections)
      for (const { subject, state, members } of again.statesOf(keyOf(projection), '')) {
        const stored = views.state(subject, keyOf(projection));
        expect([subject, projection.name, stored?.members]).toEqual([subject, projection.name, members]);
        expect(canonical(JSON.parse(stored!.state))).toBe(canonical(JSON.parse(state)));
      }
    again.close();
  });
});
