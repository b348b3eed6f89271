import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { unstamped } from '../support/entries.js';
import { mirrorOf, type Opened } from '../support/eventstore/engines.js';
import type { AppendFault } from '../support/eventstore/faults.js';
import { Front } from '../support/eventstore/front.js';

const stream = 'activity-ACME';
const patience = { callMs: 300, commandMs: 2_000 };
const refusalOf = (run: Promise<unknown>): Promise<{ code?: string; message?: string }> =>
  run.then(
    () => ({}),
    (error) => error,
  );

let front: Front;
let node: Opened;
beforeEach(async () => {
  front = await Front.start();
  node = await mirrorOf(front.url, { patience });
});
afterEach(async () => {
  await node.close();
  await front.close();
});

const onServer = () => (front.log.stream(stream) ?? []).map((event) => event.id);

/** Fails the next appends like this, appends, and expects the events once on the server and once in the ledger. */
async function survives(fault: AppendFault, times: number): Promise<void> {
  await node.store.append(stream, -1, [unstamped('before')]);
  front.faults.next('append', fault, times);
  const { events } = await node.store.append(stream, 0, [unstamped('a'), unstamped('b')]);
  expect(front.faults.happened).toEqual(Array.from({ length: times }, () => `append ${fault}`));
  expect(events.map((event) => event.streamrevision)).toEqual([1, 2]);
  const ids = ['before', 'a', 'b'].map((name) => unstamped(name).id);
  expect(onServer()).toEqual(ids);
  await node.store.level();
  expect(node.ledger.reader.stream(stream).map((row) => JSON.parse(row.entry).id)).toEqual(ids);
}

describe('an append of which nothing is known', () => {
  const faults: AppendFault[] = [
    'drop-before',
    'drop-after',
    'hang-before',
    'hang-after',
    'not-ready',
    'not-leader',
    'timeout',
    'internal',
    'end',
    'delay',
  ];
  it.each(faults)('is sent again with the same ids at the same revision: %s', (fault) => survives(fault, 1));

  it.each(faults.filter((fault) => fault !== 'end'))(
    'is sent again by a call of its own where the server has no stream of appends: %s',
    async (fault) => {
      await node.close();
      front.server.appending.hasStreams = false;
      node = await mirrorOf(front.url, { patience });
      await survives(fault, 1);
      expect(front.server.appending.singles).toBeGreaterThanOrEqual(2);
    },
  );

  it('is sent again as often as there is time', () => survives('not-ready', 3));

  it('is answered in time when the server never answers, and is recognised when it is sent again', async () => {
    front.faults.next('append', 'hang-after', 100);
    const began = Date.now();
    const refused = await refusalOf(node.store.append(stream, -1, [unstamped('a')]));
    expect(refused).toMatchObject({ code: 'log/unavailable', message: expect.stringMatching(/same commandId/) });
    expect(Date.now() - began).toBeLessThan(4_000);
    expect(front.faults.happened).toContain('append hang-after');
    while (front.faults.take('append'));
    expect((await node.store.find(unstamped('a').id, stream))?.streamrevision).toBe(0);
    const again = await node.store.append(stream, -1, [unstamped('a')]);
    expect(again.events.map((event) => event.streamrevision)).toEqual([0]);
    expect(onServer()).toEqual([unstamped('a').id]);
  });

  it('is not told twice when others wrote after it', async () => {
    const other = await mirrorOf(front.url, { patience });
    front.faults.next('append', 'hang-after');
    const mine = node.store.append(stream, -1, [unstamped('a')]);
    while (!front.faults.happened.includes('append hang-after')) await new Promise((settle) => setTimeout(settle, 5));
    await other.store.append(stream, await other.store.head(stream), [unstamped('other')]);
    expect((await mine).events.map((event) => event.streamrevision)).toEqual([0]);
    expect(onServer()).toEqual([unstamped('a').id, unstamped('other').id]);
    await other.close();
  });

  it('does not disturb the appends of another node in the same process', async () => {
    const second = await Front.start();
    const other = await mirrorOf(second.url, { patience: { callMs: 2_000, commandMs: 4_000 } });
    second.faults.next('append', 'delay');
    const delayed = other.store.append(stream, -1, [unstamped('a')]);
    await new Promise((settle) => setTimeout(settle, 50));
    front.faults.next('append', 'drop-before');
    await node.store.append(stream, -1, [unstamped('a')]);
    await delayed;
    expect([front.faults.happened, second.faults.happened]).toEqual([['append drop-before'], ['append delay']]);
    await other.close();
    await second.close();
  });
});

/** Appends to so many streams at once; what became of each: its revision, or the code of its refusal. */
async function many(count: number, expected = -1): Promise<(number | string | undefined)[]> {
  const one = (i: number) => node.store.append(`activity-A${i}`, expected, [unstamped(`m${i}-${expected}`)]);
  const settled = await Promise.allSettled(Array.from({ length: count }, (_, i) => one(i)));
  return settled.map((end) => (end.status === 'fulfilled' ? end.value.events[0]!.streamrevision : end.reason.code));
}

/** Events on the server by stream, of those that `many` appended to. */
const manyOnServer = (count: number) =>
  Array.from({ length: count }, (_, i) => (front.log.stream(`activity-A${i}`) ?? []).map((event) => event.id));

describe('appends of many callers at once', () => {
  const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

  it('share one stream to the server', async () => {
    expect(await many(50)).toEqual(times(50, 0));
    expect(await many(50, 0)).toEqual(times(50, 1));
    const { streams, singles } = front.server.appending;
    expect({ streams, singles }).toEqual({ streams: 1, singles: 0 });
  });

  it('get an answer each, whatever befalls the others', async () => {
    await many(1);
    for (const fault of ['delay', 'denied', 'timeout', 'too-large', 'not-ready'] as const)
      front.faults.next('append', fault);
    const outcome = await many(20);
    // the first stream has an event already, so its append is the one that is elsewhere; faults come in order of arrival
    expect(outcome[0]).toBe(0);
    expect(outcome[1]).toBe('log/unavailable');
    expect(outcome[3]).toBe('command/too-large');
    expect(outcome.filter((one) => one === 0)).toHaveLength(18);
    expect(front.faults.happened).toEqual([
      'append delay',
      'append denied',
      'append timeout',
      'append too-large',
      'append not-ready',
    ]);
    const there = manyOnServer(20);
    expect(there.map((ids) => ids.length)).toEqual(outcome.map((one) => (one === 0 ? 1 : 0)));
    expect(front.server.appending.streams).toBe(1);
  });

  it.each(['drop-before', 'drop-after', 'internal', 'not-leader', 'end'] as const)(
    'are all sent again when the stream breaks, and are there once: %s',
    async (fault) => {
      await many(1);
      front.faults.next('append', 'hang-after', 5);
      front.faults.next('append', 'hang-before', 5);
      front.faults.next('append', fault);
      const began = Date.now();
      expect(await many(20)).toEqual(times(20, 0));
      expect(front.faults.happened).toContain(`append ${fault}`);
      expect(front.faults.happened).toHaveLength(11);
      expect(manyOnServer(20).every((ids) => ids.length === 1)).toBe(true);
      expect(front.server.appending.streams).toBeGreaterThan(1);
      // nobody waits for an answer that cannot come any more
      expect(Date.now() - began).toBeLessThan(patience.callMs);
    },
  );

  it('leave a stream that has fallen silent for a new one', async () => {
    await many(1);
    front.faults.next('append', 'hang-after', 3);
    expect(await many(3, 0)).toEqual([1, 'stream/revision-conflict', 'stream/revision-conflict']);
    expect(front.server.appending.streams).toBe(2);
  });

  it('are not disturbed by an answer that comes too late', async () => {
    await node.close();
    node = await mirrorOf(front.url, { patience: { callMs: 150, commandMs: 3_000 } });
    front.faults.next('append', 'delay');
    const [late, ...others] = await Promise.all([
      node.store.append(stream, -1, [unstamped('a')]),
      ...Array.from({ length: 40 }, async (_, i) => {
        await new Promise((settle) => setTimeout(settle, i * 10));
        return node.store.append(`activity-A${i}`, -1, [unstamped(`o${i}`)]);
      }),
    ]);
    expect(late!.events.map((event) => event.streamrevision)).toEqual([0]);
    expect(others.every((one) => one.events[0]!.streamrevision === 0)).toBe(true);
    expect(onServer()).toEqual([unstamped('a').id]);
    expect(front.faults.happened).toEqual(['append delay']);
    expect(front.server.appending.streams).toBe(2);
  });
});

describe('an append that no repetition will cure', () => {
  it('is refused at once where access is denied', async () => {
    front.faults.next('append', 'denied');
    expect(await refusalOf(node.store.append(stream, -1, [unstamped('a')]))).toMatchObject({
      code: 'log/unavailable',
      message: expect.stringMatching(/give the user/),
    });
    expect(front.faults.happened).toEqual(['append denied']);
  });

  it('is refused at once where the server finds it too large', async () => {
    front.faults.next('append', 'too-large');
    expect(await refusalOf(node.store.append(stream, -1, [unstamped('a')]))).toMatchObject({
      code: 'command/too-large',
    });
    expect(front.faults.happened).toEqual(['append too-large']);
  });

  it('is refused before it is sent where it would not come back as it was', async () => {
    const data = { whole: 12n } as never;
    await expect(node.store.append(stream, -1, [unstamped('a', { data })])).rejects.toThrow(TypeError);
    expect(front.log.stream(stream)).toBeUndefined();
  });
});

describe('a command that another node carried out', () => {
  it('is recognised, whether its content is the same or not', async () => {
    const other = await mirrorOf(front.url, { patience });
    const told = (digest: string) => unstamped('a', { commandid: 'one', commanddigest: digest });
    await other.store.append(stream, -1, [unstamped('first')]);
    await other.store.append(stream, 0, [told('same')]);
    expect((await node.store.find(unstamped('a').id, stream))?.commanddigest).toBe('same');
    const { events } = await node.store.append(stream, -1, [told('same')]);
    expect(events.map((event) => event.streamrevision)).toEqual([1]);
    expect(await refusalOf(node.store.append(stream, -1, [told('other')]))).toMatchObject({
      code: 'command/content-differs',
    });
    expect(onServer()).toHaveLength(2);
    await other.close();
  });
});
