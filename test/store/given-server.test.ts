import { EventStoreDBClient, type JSONType, jsonEvent } from '@eventstore/db-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { unstamped } from '../support/entries.js';
import { given, mirrorOf, type Opened } from '../support/eventstore/engines.js';

const stream = 'activity-ACME';

for (const url of given.length > 0 ? given : ['of TAPROOT_TEST_EVENTSTORE']) {
  const suite = given.length > 0 ? describe : describe.skip;
  suite(`a mirror of a real server: ${url.replace(/\/\/.*@/, '//')}`, () => {
    let operator: EventStoreDBClient;
    let prefix: string;
    let node: Opened;
    beforeAll(() => {
      operator = EventStoreDBClient.connectionString(url);
    });
    afterAll(() => operator.dispose());
    beforeEach(async () => {
      prefix = `t${crypto.randomUUID().slice(0, 8)}.`;
      node = await mirrorOf(url, { prefix });
      for (let i = 0; i < 4; i++) await node.store.append(stream, i - 1, [unstamped(`e${i}`)]);
      await node.store.level();
    });
    afterEach(() => node.close());

    const alarmed = async (says: RegExp) => {
      const until = Date.now() + 8_000;
      while (node.store.trouble() === null && Date.now() < until) await new Promise((settle) => setTimeout(settle, 20));
      expect(node.store.trouble()).toMatch(says);
      await expect(node.store.append(stream, 3, [unstamped('e4')])).rejects.toMatchObject({ code: 'log/diverged' });
      await expect(mirrorOf(url, { prefix })).rejects.toThrow(says);
    };

    it('stops at $maxCount, and a new node does not start', async () => {
      await operator.setStreamMetadata(prefix + stream, { maxCount: 2 });
      await alarmed(/\$maxCount = 2|shortened/);
    });

    it('stops at a deletion', async () => {
      await operator.deleteStream(prefix + stream);
      await alarmed(/was deleted or shortened|is gone/);
    });

    it('stops at a deletion for ever', async () => {
      await operator.tombstoneStream(prefix + stream);
      await alarmed(/was deleted on the server for ever/);
    });

    it('stops at an event of another program', async () => {
      const event = jsonEvent({ type: 'Foreign', data: { a: 1 } });
      await operator.appendToStream(prefix + stream, event);
      await alarmed(new RegExp(`${event.id}.*was written by another program`));
    });

    it('stops at an event of its own that was written twice', async () => {
      const { id } = unstamped('e1');
      for await (const { event } of operator.readStream(prefix + stream, { fromRevision: 1n, maxCount: 1 })) {
        const { type, data, metadata } = event!;
        const again = jsonEvent({ id, type, data: data as object as JSONType, metadata: metadata as JSONType });
        await operator.appendToStream(prefix + stream, again, { expectedRevision: 3n });
      }
      await alarmed(new RegExp(`${id}.*is not what this log wrote`));
    });

    it('is the same on a node that joins later', async () => {
      const many = Array.from({ length: 300 }, (_, i) => unstamped(`m${i}`));
      for (let i = 0; i < 300; i += 50) await node.store.append(stream, 3 + i, many.slice(i, i + 50));
      const joined = await mirrorOf(url, { prefix, origin: '' });
      await Promise.all([node.store.level(), joined.store.level()]);
      expect(joined.ledger.size).toBe(304);
      expect(joined.ledger.root().equals(node.ledger.root())).toBe(true);
      await joined.close();
    });
  });
}
