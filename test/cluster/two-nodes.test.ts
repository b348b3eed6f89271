import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Node } from '../support/nodes.js';
import { onServers, type Place } from '../support/servers.js';
import { freshDirectory } from '../support/service.js';

const accounts = 5;
const commands = 200;

/** What is told to two nodes by turns: money, and text that is sealed. */
const told = (no: number): [string, object] => {
  const common = {
    accountId: `A${no % accounts}`,
    occurredAt: new Date(Date.UTC(2025, 0, 1) + no * 3_600_000).toISOString(),
  };
  return no % 4 === 0
    ? [
        'RecordInsight',
        {
          commandId: `c${no}`,
          ...common,
          insightId: `N${no}`,
          topic: 'CULTURE',
          fromInteractionIds: [],
          text: `They decide together, ${no}`,
        },
      ]
    : [
        'IssueInvoice',
        { commandId: `c${no}`, ...common, invoiceId: `I${no}`, gross: { minor: 1_000 + no, currency: 'EUR' } },
      ];
};
const account = (no: number): object => ({
  commandId: `account-${no}`,
  accountId: `A${no}`,
  name: `Account ${no}`,
  customerType: 'DEALER',
  currency: 'EUR',
  occurredAt: '2024-01-01',
});

onServers('two nodes that write to the same accounts', (placeFor) => {
  const [ofKeeper, ofOther] = [freshDirectory(), freshDirectory()];
  let place: Place;
  let keeper: Node;
  let other: Node;
  const first: unknown[] = [];

  beforeAll(async () => {
    place = await placeFor();
    keeper = await Node.start(ofKeeper, place);
    other = await Node.start(ofOther, place, keeper);
    for (let no = 0; no < accounts; no++)
      expect((await keeper.command('RegisterAccount', account(no))).status).toBe(201);
    for (let from = 0; from < commands; from += 20) {
      const batch = Array.from({ length: 20 }, async (_, i) => {
        const no = from + i;
        const node = (no + Math.floor(no / accounts)) % 2 === 0 ? keeper : other;
        let answer = await node.command(...told(no));
        while (answer.body.code === 'stream/revision-conflict') answer = await node.command(...told(no));
        expect([no, answer.status, answer.body.code]).toEqual([no, 201, undefined]);
        first[no] = answer.body;
      });
      if (from === 60 || from === 140) other.resubscribe();
      await Promise.all(batch);
    }
  }, 120_000);
  afterAll(async () => {
    await other.stop();
    await keeper.stop();
    await place.close();
  });

  it('have the same entries at the same positions, the same root, states and rows', async () => {
    const [a, b] = [await keeper.content(), await other.content()];
    if (place.front) expect(place.front.server.subscriptions).toBeGreaterThanOrEqual(4);
    expect(a.entries.length).toBeGreaterThanOrEqual(accounts + commands);
    expect(a.states.some(([, states]) => states!.length > 0)).toBe(true);
    expect(b).toEqual(a);
  });

  it('recognise a command that was carried out by the other', async () => {
    for (const no of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      for (const node of [keeper, other]) {
        const { status, body } = await node.command(...told(no));
        expect(status).toBe(200);
        expect(body).toMatchObject({ repeated: true, events: (first[no] as { events: object[] }).events });
      }
    }
  });

  it('recognise it also while it is under way at both', async () => {
    for (let no = 1_001; no < 1_010; no += 4) {
      const answers = await Promise.all([keeper.command(...told(no)), other.command(...told(no))]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
      expect(answers[0]!.body.events).toEqual(answers[1]!.body.events);
    }
  });

  it('refuse another content under the same id, whichever is asked', async () => {
    const [name, body] = told(1);
    const changed = { ...body, gross: { minor: 9, currency: 'EUR' } };
    for (const node of [keeper, other])
      expect(await node.command(name, changed)).toMatchObject({
        status: 422,
        body: { code: 'command/content-differs' },
      });
  });

  it('refuse it also while it is under way at both: what was acknowledged is what is recorded', async () => {
    for (let no = 6_001; no < 6_030; no += 4) {
      const [name, body] = told(no);
      const changed = { ...body, gross: { minor: 9, currency: 'EUR' } };
      const answers = await Promise.all([keeper.command(name, body), other.command(name, changed)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
      await other.content();
      const id = answers.find(({ status }) => status === 201)!.body.events[0].id;
      const { body: entry } = await other.get(`/v1/events/${id}`);
      expect(entry.data.gross.minor).toBe(answers[0]!.status === 201 ? 1_000 + no : 9);
    }
  });

  it('show each other what they wrote, to whoever passes the token of the receipt', async () => {
    const { body } = await keeper.command(...told(2_001));
    const { body: events } = await other.get(`/v1/events?account=A1&type=InvoiceIssued&after=${body.position ?? 0}`);
    expect(events).toBeDefined();
    const view = await other.get(`/v1/accounts/A1/performance?after=${body.after}`);
    expect(view.status).toBe(200);
    expect(view.body.position).toBeGreaterThanOrEqual((await other.content()).entries.length);
  });

  it('read what is sealed with keys of the keeper', async () => {
    const { body } = await other.get('/v1/streams/activity-A0');
    expect(JSON.stringify(body)).toContain('They decide together');
  });

  describe('and a third that begins with a copied ledger', () => {
    it('catches up, and is the same', async () => {
      await other.stop();
      const ofThird = freshDirectory();
      cpSync(join(ofOther, 'ledger.db'), join(ofThird, 'ledger.db'));
      other = await Node.start(ofOther, place, keeper);
      for (let no = 3_001; no < 3_010; no += 4) expect((await keeper.command(...told(no))).status).toBe(201);
      const third = await Node.start(ofThird, place, keeper);
      try {
        const { status } = await third.command(...told(4_001));
        expect(status).toBe(201);
        const contents = [await keeper.content(), await other.content(), await third.content()];
        expect(contents[2]).toEqual(contents[0]);
        expect(contents[1]).toEqual(contents[0]);
      } finally {
        await third.stop();
      }
    }, 60_000);
  });

  describe('while the keeper of the keys is away', () => {
    beforeAll(async () => {
      await keeper.stop();
      await other.stop();
      other = await Node.start(ofOther, place, keeper);
    });

    it('shows what is sealed as sealed', async () => {
      const { status, body } = await other.get('/v1/streams/activity-A0');
      expect(status).toBe(200);
      expect(JSON.stringify(body)).toContain('{"sealed":true}');
      expect(JSON.stringify(body)).not.toContain('They decide together');
    });
    it('refuses for the moment what would have to be sealed', async () => {
      expect(await other.command(...told(5_000))).toMatchObject({ status: 503, body: { code: 'vault/unavailable' } });
    });
    it('takes everything else', async () => {
      expect(await other.command(...told(5_001))).toMatchObject({ status: 201 });
    });
    it('goes on when the keeper is back', async () => {
      keeper = await Node.start(ofKeeper, place);
      await other.stop();
      other = await Node.start(ofOther, place, keeper);
      expect(await other.command(...told(5_000))).toMatchObject({ status: 201 });
      expect(await other.content()).toEqual(await keeper.content());
    }, 60_000);
  });
});
