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
    'delay',
  ];
  it.each(faults)('is sent again with the same ids at the same revision: %s', (fault) => survives(fault, 1));

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
    expect(front.server.sharedStreams + second.server.sharedStreams).toBe(0);
    await other.close();
    await second.close();
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
