import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Reply, service } from './support/service.js';

const at = service();
const page = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const tour = /## Five minutes\n[\s\S]*?```sh\n([\s\S]*?)```/.exec(page)![1]!;

interface Request {
  readonly path: string;
  readonly body: string | undefined;
  /** Whether its answer goes through `ID=$(…)` instead of onto the screen. */
  readonly forId: boolean;
}

/** The requests of the tour as the shell would send them, with `$ID` still in them. */
const requests: readonly Request[] = [
  ...tour.matchAll(/(ID=\$\()?curl -s((?: -H "\$[TJ]")+) "?\$U([^\s"]+)"?(?: -d (?:'([^']*)'|"((?:[^"\\]|\\.)*)"))?/g),
].map(([, id, , path, single, double]) => ({
  path: path!,
  body: single ?? double?.replaceAll('\\"', '"'),
  forId: id !== undefined,
}));

const answers: Reply[] = [];
let wrongId: string;
let before: number;
beforeAll(async () => {
  for (const { path, body, forId } of requests) {
    if (body?.includes('$ID')) before = at.taproot.head;
    const reply = await (body === undefined ? at.get(path) : at.post(path, body.replace('$ID', wrongId)));
    // what `tail -n 1 | sed` takes of the answer
    if (forId) wrongId = /.*"id":"([0-9a-f-]*)"/.exec(reply.text.trimEnd().split('\n').at(-1)!)![1]!;
    answers.push(reply);
  }
});
const contribution = async (query: string) =>
  (await at.get(`/v1/accounts/TOUR/performance?${query}`)).body.data.total.contribution;

describe('the five minutes of the README', () => {
  it('are these requests, and each of them goes through', () => {
    expect(tour.match(/curl/g)).toHaveLength(requests.length);
    expect(requests.map(({ path }) => path.split('?')[0]!.split('/').at(-1))).toEqual([
      'RegisterAccount',
      'IssueInvoice',
      'IssueInvoice',
      'timeline',
      'performance',
      'performance',
      'events',
      'events',
      'CorrectEvent',
      'explain',
    ]);
    expect(answers.map(({ status }, i) => [i, status])).toEqual(
      requests.map(({ body }, i) => [i, body === undefined ? 200 : 201]),
    );
  });

  it('1. record what happened; sent twice, it counts once', async () => {
    const { head } = at.taproot;
    for (const [i, { path, body }] of requests.entries()) {
      if (body === undefined) continue;
      const again = await at.post(path, body.replace('$ID', wrongId));
      expect([i, again.status, again.body]).toEqual([i, 200, { ...answers[i]!.body, repeated: true }]);
    }
    expect(at.taproot.head).toBe(head);
    expect(answers[1]!.body).toMatchObject({
      commandId: 'tour-2',
      stream: 'books-TOUR',
      events: [{ type: 'InvoiceIssued' }],
    });
  });

  it('2. show the history, newest first, in English and Chinese', () => {
    const { items } = answers[3]!.body.data;
    expect(items.map(({ type, time }: { type: string; time: string }) => [type, time.slice(0, 10)])).toEqual([
      ['InvoiceIssued', '2025-09-12'],
      ['InvoiceIssued', '2024-03-05'],
      ['AccountRegistered', '2024-01-10'],
    ]);
    for (const { text } of items) {
      expect(text.en).toMatch(/^[A-Z]\w+/);
      expect(text.zh).toMatch(/\p{Script=Han}/u);
    }
  });

  it('3. answer a question of today, and the same question of a day that has passed', () => {
    expect(answers[4]!.body).toMatchObject({
      view: 'performance',
      accountId: 'TOUR',
      currency: 'EUR',
      data: { total: { gross: 2_100_000, cogs: 1_650_000, contribution: 450_000, invoices: 2 } },
    });
    expect(answers[5]!.body).toMatchObject({
      asOf: '2024-12-31T23:59:59.999Z',
      data: { total: { gross: 1_200_000, cogs: 700_000, contribution: 500_000, invoices: 1 } },
    });
  });

  it('4. correct the second invoice by an event of its own; what was known before stays known', async () => {
    const invoices = answers[6]!.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(invoices.map(({ id, data }) => [id === wrongId, data.invoiceId])).toEqual([
      [false, 'INV-1'],
      [true, 'INV-2'],
    ]);
    expect(answers[7]!.text).toBe(answers[6]!.text);
    expect(answers[8]!.body).toMatchObject({ stream: 'books-TOUR', events: [{ type: 'EventCorrected' }] });
    expect(await contribution('')).toBe(925_000);
    expect(await contribution(`knownAt=${before}`)).toBe(450_000);
    expect(await contribution('asOf=2024-12-31')).toBe(500_000);
  });

  it('5. explain the contribution: the events that made it, and they add up', () => {
    const { data } = answers[9]!.body;
    expect(data.to.value).toBe(925_000);
    const told = data.terms.flatMap(({ eventId, delta }: { eventId?: string; delta: number }) =>
      eventId === undefined ? [] : [[eventId === wrongId, delta]],
    );
    expect(told).toEqual([
      [false, 500_000],
      [true, 425_000],
    ]);
    const deltas = data.terms.map(({ delta }: { delta: number }) => delta);
    expect(deltas.reduce((sum: number, delta: number) => sum + delta, data.from.value ?? 0)).toBe(925_000);
  });

  it('end at the pages that list every route, command, event, view and report', async () => {
    expect((await at.get('/docs', { authorization: '' })).status).toBe(200);
    const { body } = await at.get('/v1/catalogue');
    for (const view of [...page.matchAll(/^\| (`[a-z` ·]+) \|/gm)].flatMap(([, cell]) => cell!.match(/[a-z]+/g) ?? []))
      if (view !== 'timeline')
        expect([view, body.views.some(({ name }: { name: string }) => name === view)]).toEqual([view, true]);
  });
});
