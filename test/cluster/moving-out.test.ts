import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Node } from '../support/nodes.js';
import { onServers, type Place } from '../support/servers.js';
import { freshDirectory } from '../support/service.js';

const account = { accountId: 'ACME', name: 'Acme', customerType: 'DEALER', currency: 'EUR', occurredAt: '2024-01-01' };
const insight = (no: number): object => ({
  commandId: `insight-${no}`,
  accountId: 'ACME',
  insightId: `N${no}`,
  topic: 'CULTURE',
  fromInteractionIds: [],
  text: `They decide together, ${no}`,
  occurredAt: '2025-03-01',
});

onServers('leaving a server behind', (placeFor) => {
  const directory = freshDirectory();
  let place: Place;
  let node: Node;
  let before: Awaited<ReturnType<Node['content']>>;

  beforeAll(async () => {
    place = await placeFor();
    node = await Node.start(directory, place);
    expect((await node.command('RegisterAccount', { commandId: 'account', ...account })).status).toBe(201);
    for (let no = 0; no < 20; no++) expect((await node.command('RecordInsight', insight(no))).status).toBe(201);
    before = await node.content();
    await node.stop();
    node = await Node.start(directory);
  });
  afterAll(async () => {
    await node.stop();
    await place.close();
  });

  it('takes nothing but another setting: the mirror is the log', async () => {
    expect(await node.content()).toEqual(before);
  });
  it('forgets no command that was carried out before', async () => {
    expect(await node.command('RecordInsight', insight(3))).toMatchObject({ status: 200, body: { repeated: true } });
  });
  it('goes on at the next position and revision, under the same name and the same keys', async () => {
    const { status, body } = await node.command('RecordInsight', insight(20));
    expect(status).toBe(201);
    expect(body).toMatchObject({ position: before.entries.length + 1, stream: 'activity-ACME', revision: 20 });
    const { origin, entries } = await node.content();
    expect(origin).toBe(before.origin);
    expect(entries.slice(0, -1)).toEqual(before.entries);
    expect(JSON.stringify((await node.get('/v1/streams/activity-ACME')).body)).toContain('They decide together, 0');
  });
  it('is no way back: the server does not have what came after', async () => {
    await node.stop();
    await expect(Node.start(directory, place)).rejects.toThrow(/is in this mirror but not on the server/);
    node = await Node.start(directory);
    expect(node.taproot.head).toBe(before.entries.length + 1);
  });
});
