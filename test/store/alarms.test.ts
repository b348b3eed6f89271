import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stamp } from '../../src/store/stamp.js';
import { proposal } from '../../src/store/wire.js';
import { unstamped } from '../support/entries.js';
import { mirrorOf, type Opened } from '../support/eventstore/engines.js';
import { Front } from '../support/eventstore/front.js';

const patience = { callMs: 400, commandMs: 2_000 };
const stream = 'activity-ACME';

let front: Front;
let node: Opened;
beforeEach(async () => {
  front = await Front.start();
  node = await mirrorOf(front.url, { patience });
  for (let i = 0; i < 5; i++) await node.store.append(stream, i - 1, [unstamped(`e${i}`)]);
  await node.store.level();
});
afterEach(async () => {
  await node.close();
  await front.close();
});

/** Expects that the mirror stops, says why, and lets no command pass any more. */
async function alarmed(says: RegExp): Promise<void> {
  const until = Date.now() + 8_000;
  while (!node.store.trouble()?.match(says) && Date.now() < until)
    await new Promise((settle) => setTimeout(settle, 20));
  expect(node.store.trouble()).toMatch(says);
  const size = node.ledger.size;
  const diverged = { code: 'log/diverged', category: 'unavailable', message: expect.stringMatching(says) };
  await expect(node.store.append(stream, 4, [unstamped('later')])).rejects.toMatchObject(diverged);
  await expect(node.store.head(stream)).rejects.toMatchObject(diverged);
  await expect(node.store.level()).rejects.toMatchObject(diverged);
  expect(node.ledger.size).toBe(size);
}

/** Puts an event into the server's log as if this log had written it. */
function forge(name: string, origin: string, revision: number, data: object): void {
  const event = unstamped(name, { data: data as Record<string, unknown> });
  const { id, type, data: said, metadata } = proposal(stamp(event, origin, stream, revision, Date.now()));
  front.log.put(stream, { id, type, data: Buffer.from(said), metadata: Buffer.from(metadata) });
  front.server.publish();
}

describe('what cannot be right stops the mirror, with the event named', () => {
  it('an event of another program in a stream of ours', async () => {
    const { id } = front.log.put(stream, { id: crypto.randomUUID() });
    front.server.publish();
    await alarmed(new RegExp(`${id}.*revision 5 of stream ${stream} was written by another program`));
  });

  it('an event of another log in a stream of ours', async () => {
    forge('theirs', 'another.example', 5, {});
    await alarmed(new RegExp(`${unstamped('theirs').id}.*belongs to the log another.example`));
  });

  it('an event that is no JSON', async () => {
    const { id } = front.log.put(stream, { id: crypto.randomUUID(), json: false, data: Buffer.from([1, 2]) });
    front.server.publish();
    await alarmed(new RegExp(`${id}.*is no JSON object`));
  });

  it('the same id with other content', async () => {
    forge('e2', 'contract.example', 5, { interactionId: 'changed' });
    await alarmed(new RegExp(`${unstamped('e2').id}.*other content`));
  });

  it('JSON that comes garbled', async () => {
    front.faults.next('subscribe', 'garbled', 1, 0);
    front.cut();
    await node.store.append(stream, 4, [unstamped('e5')]);
    await alarmed(new RegExp(`${unstamped('e5').id}.*is no JSON object`));
    expect(front.faults.happened).toContain('subscribe garbled');
  });

  it('a revision that never came', async () => {
    front.stop();
    const gone = unstamped('gone');
    front.log.put(stream, { id: gone.id });
    front.log.all.pop();
    forge('e6', 'contract.example', 6, {});
    await front.startAgain();
    await alarmed(new RegExp(`${unstamped('e6').id}.*revision 5 before it never did`));
  });
});

describe('a stream that is shortened or deleted stops the mirror', () => {
  it('$maxCount', async () => {
    front.log.setMetadata(stream, { $maxCount: 2 });
    front.server.publish();
    await alarmed(/Stream activity-ACME has \$maxCount = 2/);
  });

  it('$maxAge', async () => {
    front.log.setMetadata(stream, { $maxAge: 60 });
    front.server.publish();
    await alarmed(/Stream activity-ACME has \$maxAge = 60/);
  });

  it('a deletion after which it may begin again', async () => {
    front.log.softDelete(stream);
    front.server.publish();
    await alarmed(/Stream activity-ACME was deleted or shortened/);
  });

  it('a deletion for ever', async () => {
    front.log.tombstone(stream);
    front.server.publish();
    await alarmed(/Stream activity-ACME was deleted on the server for ever/);
  });

  it('but not metadata that shorten nothing, or that were taken back, or of streams of others', async () => {
    front.log.setMetadata('orders-1', { $maxCount: 2 });
    front.log.setMetadata(stream, { $acl: { $r: '$all' } });
    front.log.setMetadata(stream, { $maxCount: 2 });
    front.log.setMetadata(stream, {});
    front.server.publish();
    await node.store.append(stream, 4, [unstamped('e5')]);
    await node.store.level();
    expect(node.store.trouble()).toBeNull();
    expect(node.ledger.size).toBe(6);
  });
});

describe('after a new connection the newest events are compared with the server', () => {
  it('events that the server lost', async () => {
    front.stop();
    front.log.lose(2);
    await front.startAgain();
    await alarmed(new RegExp(`${unstamped('e4').id}.*position 5.*is in this mirror but not on the server`));
  });

  it('events that stand in the place of those that the server lost', async () => {
    front.stop();
    front.log.lose(2);
    forge('fork3', 'contract.example', 3, {});
    forge('fork4', 'contract.example', 4, {});
    forge('fork5', 'contract.example', 5, {});
    await front.startAgain();
    await alarmed(/not on the server|other content|lost and rewrote/);
  });

  it('content that was changed on the disk of the server', async () => {
    front.stop();
    front.log.stream(stream)![2]!.data = Buffer.from('{"interactionId":"changed"}');
    await front.startAgain();
    await alarmed(new RegExp(`${unstamped('e2').id}.*is not what this log wrote`));
  });
});
