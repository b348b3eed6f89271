import { beforeAll, describe, expect, it } from '@jest/globals';
import { acme } from '../support/cast/ids.js';
import { invoice, meeting, people, registered, scene } from '../support/scene.js';

const s = scene('2025-05-31T00:00:00.000Z');
const told = { settings: 0, window: 0, before: 0, all: 0 };
const net = async (query: string): Promise<number> => (await s.view('performance', query)).total.net;
const ask = (path: string, query: string) => s.at.get(`/v1/accounts/${acme}/${path}?${query}`);
const series = async (query: string): Promise<[string, number][]> =>
  (await s.data(`accounts/${acme}/performance/series?figure=/total/net&${query}`)).points.map(
    ({ asOf, value }: { asOf: string; value: number }) => [asOf, value],
  );
/** The last instant of a day of a firm eight hours ahead of UTC. */
const end = (day: string): string => `${day}T15:59:59.999Z`;

/** A firm eight hours ahead of UTC whose year begins in April. On the tenth of each month from January to August 2024 ACME is billed 100, 200, … 800, and met two days later. */
beforeAll(async () => {
  await s.tell('SetFirmSettings', { utcOffsetMin: 480, fiscalYearStartMonth: 4, from: '2024-01-01' });
  told.settings = s.at.taproot.head;
  await s.tell('RegisterAccount', registered(acme));
  await people(s);
  for (let i = 1; i <= 8; i++) {
    await s.tell('IssueInvoice', invoice(`I${i}`, `2024-0${i}-10`, 100 * i, 10));
    await s.tell('LogInteraction', meeting(`M${i}`, `2024-0${i}-12`));
  }
  told.before = s.at.taproot.head;
  s.on('2025-06-02T00:00:00.000Z');
  await s.tell('SetFirmSettings', { windowDays: 200, from: '2025-03-01' });
  told.window = s.at.taproot.head;
  await s.tell('SetRateCard', {
    ...{ pool: 'SALES', functions: ['KEY_ACCOUNT'], per: 'YEAR', activities: [], from: '2024-01-01' },
    ...{ capacityCost: { minor: 100_000, currency: 'EUR' }, practicalMinutes: 1_000 },
  });
  told.all = s.at.taproot.head;
});

describe.each(['not yet', 'all'])('with %s of it in the stored views', (stored) => {
  beforeAll(async () => {
    if (stored === 'all') await s.at.level();
  });

  it.each([
    ['2024-01-09', 0],
    ['2024-01-09T15:59:59.999Z', 0],
    // the tenth begins in Shanghai when it is four in the afternoon of the ninth in Greenwich
    ['2024-01-09T16:00:00Z', 100],
    ['2024-03-31', 600],
    ['2024-08-31', 3_600],
  ])('as of %s the figure is %i, as known by day, by instant and by position', async (asOf, expected) => {
    for (const knownAt of ['', '&knownAt=2025-06-02', '&knownAt=2025-05-31T00:00:00Z', `&knownAt=${told.before}`])
      expect(await net(`asOf=${asOf}${knownAt}`)).toBe(expected);
  });

  it('as known at a position that has half of it, there is half of it', async () => {
    const { items } = await s.view('timeline', 'asOf=2025-05-31&limit=100&type=InvoiceIssued&order=asc');
    const third = items[2].position as number;
    expect(await net(`asOf=2025-05-31&knownAt=${third}`)).toBe(600);
    expect(await net(`asOf=2024-02-28&knownAt=${third}`)).toBe(300);
    expect(await net(`asOf=2025-05-31&knownAt=${third - 1}`)).toBe(300);
  });

  it('before it was known there is no account, on either clock, in any view', async () => {
    for (const path of ['performance', 'timeline', 'performance/explain', 'performance/series', 'performance/compare'])
      for (const knownAt of [`${told.settings}`, '0', '2025-05-30T23:59:59Z', '2025-05-29']) {
        const more = path.includes('/') ? '&figure=/total/net&with=2024-01-01' : '';
        const query = path.endsWith('compare')
          ? more.replace('&figure=/total/net', '')
          : more.replace('&with=2024-01-01', '');
        const reply = await ask(path, `asOf=2025-05-31&knownAt=${knownAt}${query}`);
        expect([path, knownAt, reply.status, reply.body.code]).toEqual([path, knownAt, 404, 'view/account-unknown']);
      }
    expect((await ask('performance', `knownAt=${told.settings + 1}`)).status).toBe(200);
  });

  it('what if: rules as they were told up to a position are those of whoever knew no more', async () => {
    const now = await ask('loyalty', 'asOf=2025-03-15');
    const then = await ask('loyalty', `asOf=2025-03-15&policy=${told.before}`);
    expect([now.body.data.rfm.monetary, then.body.data.rfm.monetary]).toEqual([0, 3_000]);
    expect(then.body.policy).toMatchObject({ position: told.before, whatIf: true });
    expect(now.body.policy).not.toHaveProperty('whatIf');
    for (const view of ['performance', 'loyalty', 'contacts'])
      expect(await s.view(view, `asOf=2025-03-15&policy=${told.before}`)).toEqual(
        await s.view(view, `asOf=2025-03-15&knownAt=${told.before}`),
      );
  });

  it('what if: rules that the fold itself reads are replaced at all times', async () => {
    // eight meetings of 60 minutes at 100 cents
    expect((await s.view('performance', 'asOf=2025-03-15')).total.costToServe).toBe(48_000);
    expect((await s.view('performance', `asOf=2025-03-15&policy=${told.window}`)).total.costToServe).toBe(0);
    expect((await s.view('performance', 'asOf=2024-03-31')).total.costToServe).toBe(18_000);
    expect((await s.view('performance', `asOf=2024-03-31&policy=${told.all}`)).total.costToServe).toBe(18_000);
  });
});

describe('a series ends its steps in the calendar of the firm', () => {
  it.each([
    [
      'day',
      'from=2024-01-09&asOf=2024-01-11',
      [
        [end('2024-01-09'), 0],
        [end('2024-01-10'), 100],
        [end('2024-01-11'), 100],
      ],
    ],
    [
      'week',
      'from=2024-01-10&asOf=2024-01-20',
      [
        [end('2024-01-14'), 100],
        [end('2024-01-20'), 100],
      ],
    ],
    [
      'month',
      'from=2024-04-01&asOf=2024-06-15',
      [
        [end('2024-04-30'), 1_000],
        [end('2024-05-31'), 1_500],
        [end('2024-06-15'), 2_100],
      ],
    ],
    [
      'quarter',
      'from=2024-01-01&asOf=2024-07-31',
      [
        [end('2024-03-31'), 600],
        [end('2024-06-30'), 2_100],
        [end('2024-07-31'), 2_800],
      ],
    ],
    [
      'year',
      'asOf=2025-05-31',
      [
        [end('2024-03-31'), 600],
        [end('2025-03-31'), 3_600],
        [end('2025-05-31'), 3_600],
      ],
    ],
  ])('every %s', async (every, query, expected) => {
    expect(await series(`every=${every}&${query}`)).toEqual(expected);
  });

  it('weeks begin on Monday, before 1970 too', async () => {
    const ends = (await series('every=week&from=1969-12-25&asOf=1970-01-06')).map(([asOf]) => asOf);
    expect(ends).toEqual([end('1969-12-28'), end('1970-01-04'), end('1970-01-06')]);
  });

  it('of more points than anyone reads is refused, and says what to do', async () => {
    const reply = await ask('performance/series', 'figure=/total/net&every=day&from=2000-01-01&asOf=2025-05-31');
    expect([reply.status, reply.body.code]).toEqual([400, 'view/parameter-invalid']);
    expect(reply.body.detail).toMatch(/at most 2000; take larger steps/);
  });
});

describe('explain is a bank statement (architecture §6)', () => {
  it('the passing of time, then the change of rules, each with what it did', async () => {
    const { from, to, terms } = await s.data(
      `accounts/${acme}/loyalty/explain?figure=/rfm/monetary&from=2025-02-15&asOf=2025-03-15`,
    );
    // 365 days before 15 February 2025 the bills of March to August are in the window; a month later that of March is out
    expect([from.value, to.value]).toEqual([3_300, 0]);
    expect(terms).toEqual([
      { kind: 'time', before: 3_300, after: 3_000, delta: -300 },
      {
        ...{ kind: 'rules', before: 3_000, after: 0, delta: -3_000 },
        events: [{ eventId: expect.any(String), type: 'FirmSettingsSet', position: told.window }],
      },
    ]);
  });

  it('every event that moved it, with its place in the log, before and after', async () => {
    const query = 'figure=/total/net&from=2024-06-30&asOf=2025-05-31';
    const { from, to, terms } = await s.data(`accounts/${acme}/performance/explain?${query}`);
    expect([from, to]).toEqual([
      { asOf: '2024-06-29T16:00:00.000Z', value: 2_100 },
      { asOf: end('2025-05-31'), value: 3_600 },
    ]);
    expect(terms).toMatchObject([
      {
        kind: 'event',
        type: 'InvoiceIssued',
        time: '2024-07-09T16:00:00.000Z',
        before: 2_100,
        after: 2_800,
        delta: 700,
      },
      {
        kind: 'event',
        type: 'InvoiceIssued',
        time: '2024-08-09T16:00:00.000Z',
        before: 2_800,
        after: 3_600,
        delta: 800,
      },
    ]);
    expect(terms[0].position).toBeLessThan(terms[1].position);
  });

  it('a figure that is no number has no delta, and one that is not there is refused with one that is', async () => {
    const { terms } = await s.data(
      `accounts/${acme}/loyalty/explain?figure=/window/from&from=2025-02-15&asOf=2025-03-15`,
    );
    expect(terms.map(({ kind, delta }: { kind: string; delta: unknown }) => [kind, delta])).toEqual([
      ['time', null],
      ['rules', null],
    ]);
    const reply = await ask('performance/explain', 'figure=/total/nothing');
    expect([reply.status, reply.body.code]).toEqual([404, 'view/figure-unknown']);
    const [example] = /\/\S+$/.exec(reply.body.detail)!;
    expect((await ask('performance/explain', `figure=${encodeURIComponent(example)}`)).status).toBe(200);
  });
});

describe('compare, on both clocks', () => {
  const changes = async (query: string) =>
    Object.fromEntries(
      (await s.data(`accounts/${acme}/performance/compare?${query}`)).changes.map(
        ({ figure, before, after, delta }: Record<string, unknown>) => [figure as string, [before, after, delta]],
      ),
    );

  it('two days', async () => {
    expect((await changes('asOf=2024-08-31&with=2024-03-31'))['/total/net']).toEqual([600, 3_600, 3_000]);
    expect(await changes('asOf=2024-08-31&with=2024-08-31')).toEqual({});
  });

  it('one day as it was known and as it is', async () => {
    const found = await changes(`asOf=2024-08-31&with=2024-08-31&withKnownAt=${told.before}`);
    expect(found['/total/costToServe']).toEqual([0, 48_000, 48_000]);
    expect(found['/total/net']).toBeUndefined();
  });
});

describe('a reader sees its own write', () => {
  it('with the token of its receipt, on every question', async () => {
    const { after, position } = (await s.at.command('IssueInvoice', invoice('NEW', '2025-05-30', 1, 0))).body;
    expect(await net(`asOf=2025-05-31&after=${after}`)).toBe(3_601);
    expect((await series(`every=year&asOf=2025-05-31&after=${after}`)).at(-1)).toEqual([end('2025-05-31'), 3_601]);
    expect(await net(`asOf=2025-05-31&after=${after}&knownAt=${position - 1}`)).toBe(3_600);
    const bad = await ask('performance', 'after=yesterday');
    expect([bad.status, bad.body.errors[0].pointer]).toEqual([400, '?after']);
  });
});
