import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from '../../src/store/event-store.js';
import { unstamped } from '../support/entries.js';
import { engines, type Opened } from '../support/eventstore/engines.js';

const refusalOf = (run: Promise<unknown>): Promise<{ code?: string; values?: object }> =>
  run.then(
    () => ({}),
    (error) => error,
  );

const stream = 'activity-ACME';
const many = (name: string, count: number) => Array.from({ length: count }, (_, i) => unstamped(`${name}${i}`));
const idsOf = async (store: EventStore, from = 0, limit = -1) =>
  (await store.read(stream, from, limit)).map((event) => event.id);

for (const { name, missing, open, close } of engines) {
  const suite = missing === undefined ? describe : describe.skip;
  suite(`the contract of event stores: ${name}${missing ? ` (${missing})` : ''}`, () => {
    let opened: Opened;
    const begin = async (): Promise<EventStore> => {
      opened = await open();
      return opened.store;
    };
    afterEach(() => opened.close());
    afterAll(close);

    it('takes the first events where none is expected, and refuses them where there are some', async () => {
      const store = await begin();
      expect(await store.head(stream)).toBe(-1);
      expect(await store.read(stream, 0)).toEqual([]);
      const { events, durable } = await store.append(stream, -1, many('first', 2));
      await durable;
      expect(events.map((event) => event.streamrevision)).toEqual([0, 1]);
      expect(await store.head(stream)).toBe(1);
      expect(await refusalOf(store.append(stream, -1, many('other', 1)))).toMatchObject({
        code: 'stream/revision-conflict',
        values: { actual: 1 },
      });
    });

    it('takes events at the exact revision only', async () => {
      const store = await begin();
      await store.append(stream, -1, many('a', 3));
      for (const wrong of [0, 1, 3, 100])
        expect(await refusalOf(store.append(stream, wrong, many(`w${wrong}`, 1)))).toMatchObject({
          code: 'stream/revision-conflict',
          values: { actual: 2 },
        });
      await store.append(stream, 2, many('b', 1));
      expect(await store.head(stream)).toBe(3);
    });

    it('keeps all of an append or nothing', async () => {
      const store = await begin();
      await store.append(stream, -1, many('a', 1));
      const tooLarge = { data: { text: 'x'.repeat(70_000) } };
      const refused = store.append(stream, 0, [...many('b', 2), unstamped('large', tooLarge)]);
      expect(await refusalOf(refused)).toMatchObject({ code: 'event/too-large' });
      expect(await store.head(stream)).toBe(0);
      expect(await idsOf(store)).toEqual(many('a', 1).map((one) => one.id));
    });

    it('adds nothing when the same events come again at the same revision: at once, after others, and when opened again', async () => {
      const store = await begin();
      const told = many('a', 2);
      await store.append(stream, -1, told);
      const repeat = async (to: EventStore) =>
        (await to.append(stream, -1, told)).events.map((event) => `${event.streamrevision} ${event.id}`);
      const first = told.map((event, i) => `${i} ${event.id}`);
      expect(await repeat(store)).toEqual(first);
      await store.append(stream, 1, many('b', 1));
      expect(await repeat(store)).toEqual(first);
      opened = await opened.again();
      expect(await repeat(opened.store)).toEqual(first);
      expect(await opened.store.head(stream)).toBe(2);
      const mixed = opened.store.append(stream, -1, [...told, unstamped('new')]);
      expect(await refusalOf(mixed)).toMatchObject({ code: 'stream/revision-conflict' });
      await opened.store.level();
      expect(opened.ledger.size).toBe(3);
    });

    it('reads in order, from a revision on, page by page', async () => {
      const store = await begin();
      const all = many('e', 25);
      for (let i = 0; i < 25; i += 5) await store.append(stream, i - 1, all.slice(i, i + 5));
      const ids = all.map((one) => one.id);
      expect(await idsOf(store)).toEqual(ids);
      expect(await idsOf(store, 20)).toEqual(ids.slice(20));
      expect(await idsOf(store, 25)).toEqual([]);
      const pages: string[] = [];
      for (let from = 0; from < 25; from += 10) pages.push(...(await idsOf(store, from, 10)));
      expect(pages).toEqual(ids);
      await store.level();
      expect(await idsOf(store, 3, 4)).toEqual(ids.slice(3, 7));
    });

    it('takes entries of the largest size, and a megabyte of them at once', async () => {
      const store = await begin();
      const large = Array.from({ length: 16 }, (_, i) => unstamped(`l${i}`, { data: { text: '大'.repeat(21_600) } }));
      await (await store.append(stream, -1, large)).durable;
      await store.level();
      const read = await store.read(stream, 0);
      expect(read.map((event) => (event.data as { text: string }).text.length)).toEqual(large.map(() => 21_600));
      expect(opened.ledger.size).toBe(16);
    });

    it('gives back every character as it was', async () => {
      const store = await begin();
      const text = '客户 "quoted" \\ \u0000\u001f\u007f\u2028 é é 🌱 \ud83d\ude00 ﷽ </script>';
      const data = { 10: 'ten', 9: 'nine', text, ä: 1.5, '😀': [null, true, -1e-7, 1e21], nested: { z: '', a: {} } };
      await store.append(stream, -1, [unstamped('unicode', { data })]);
      await store.level();
      const [event] = await store.read(stream, 0);
      expect(event!.data).toEqual(data);
      expect(JSON.parse(opened.ledger.reader.at(1)!.entry).data).toEqual(data);
    });

    it('lets exactly one of many writers win each revision', async () => {
      const store = await begin();
      const won: string[] = [];
      const writer = async (no: number) => {
        for (let i = 0; i < 10; ) {
          const head = await store.head(stream);
          const id = `w${no}-${i}`;
          const code = (await refusalOf(store.append(stream, head, [unstamped(id)]))).code;
          if (code === undefined) {
            won.push(`${head + 1} ${unstamped(id).id}`);
            i++;
          } else expect(code).toBe('stream/revision-conflict');
        }
      };
      await Promise.all([1, 2, 3, 4].map(writer));
      const read = await store.read(stream, 0);
      expect(read.map((event) => event.streamrevision)).toEqual(read.map((_, i) => i));
      expect(read.map((event) => `${event.streamrevision} ${event.id}`).sort()).toEqual(won.sort());
      expect(read).toHaveLength(40);
    });

    it('finds an event by its id, with and without its stream, and none that is not there', async () => {
      const store = await begin();
      await store.append(stream, -1, many('a', 2));
      expect((await store.find(unstamped('a1').id, stream))?.streamrevision).toBe(1);
      expect((await store.find(unstamped('a0').id))?.streamrevision).toBe(0);
      expect(await store.find(unstamped('none').id, stream)).toBeUndefined();
      expect(await store.find(unstamped('none').id)).toBeUndefined();
    });

    it('has everything, in the same order with the same root, when it is opened again', async () => {
      const store = await begin();
      for (let i = 0; i < 6; i++)
        await store.append(`activity-A${i % 3}`, Math.floor(i / 3) - 1, many(`o${i}-`, 3).slice(0, 1));
      await store.level();
      const root = opened.ledger.root().toString('hex');
      expect(opened.ledger.size).toBe(6);
      opened = await opened.again();
      expect(opened.ledger.size).toBe(6);
      expect(opened.ledger.root().toString('hex')).toBe(root);
      expect(await opened.store.head('activity-A1')).toBe(1);
      await opened.store.append('activity-A1', 1, many('later', 1));
      await opened.store.level();
      expect(opened.ledger.size).toBe(7);
    });

    it('lets a reader wait for what a receipt stands for', async () => {
      const store = await begin();
      const { durable } = await store.append(stream, -1, many('a', 3));
      const token = store.afterToken(stream, 2, await durable);
      await store.caughtUp(token);
      expect(opened.ledger.reader.revision(stream)).toBe(2);
      expect(await refusalOf(Promise.resolve().then(() => store.caughtUp('nonsense')))).toMatchObject({
        code: 'view/parameter-invalid',
      });
    });
  });
}
