import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projections } from '../../projections/registry.js';
import { Folder, keyOf } from '../../src/app/folder.js';
import { beginning as nowhere } from '../../src/app/histories.js';
import { foldOn, isDue, savepointEvery, unfolded } from '../../src/app/refold.js';
import type { Taproot } from '../../src/app/taproot.js';
import { admin } from '../../src/http/access.js';
import { canonical } from '../../src/kernel/canonical.js';
import { NEVER } from '../../src/kernel/instant.js';
import type { Moment } from '../../src/kernel/projection.js';
import { acme, ada, manager } from '../support/cast/ids.js';
import { freshDirectory, openIn } from '../support/service.js';
import { beginning, tell } from '../support/telling.js';

const day = 86_400_000;
const first = Date.parse('2020-01-01T09:00:00.000Z');
const count = Math.ceil(savepointEvery * 2.6);

describe('where savepoints are due', () => {
  it('is every 1,024 events, and once before, in all but very large accounts', () => {
    const due = Array.from({ length: 32 * savepointEvery }, (_, i) => i + 1).filter(isDue);
    expect(due).toEqual([savepointEvery / 2, ...Array.from({ length: 32 }, (_, i) => (i + 1) * savepointEvery)]);
  });

  it('is never further from the last than a sixteenth of what has gone before, so that there are few', () => {
    const due = Array.from({ length: 300_000 }, (_, i) => i + 1).filter(isDue);
    for (const [i, one] of due.entries()) {
      const gap = one - (due[i - 1] ?? 0);
      expect(gap === savepointEvery / 2 || gap <= Math.max(savepointEvery, one / 16)).toBe(true);
    }
    expect(due.filter((one) => one <= 100_000)).toHaveLength(57);
  });
});

describe('laws of savepoints', () => {
  let taproot: Taproot;
  beforeAll(async () => {
    taproot = await openIn(freshDirectory());
    await tell(taproot, beginning);
    const waiting: Promise<unknown>[] = [];
    for (let i = 0; i < count; i++) {
      const occurredAt = new Date(first + Math.floor((i * 2000) / count) * day + (i % 1000)).toISOString();
      const amount = { minor: 1_000 + ((i * 7919) % 5_000), currency: 'EUR' };
      const [name, body] =
        i % 3 === 0
          ? ([
              'LogInteraction',
              {
                interactionId: `X${i}`,
                kind: 'MEETING',
                initiator: i % 2 ? 'US' : 'THEM',
                durationMin: 30,
                ours: [{ memberId: manager, function: 'KEY_ACCOUNT' }],
                theirs: [{ contactId: ada, function: 'PURCHASING', seniority: 2 }],
              },
            ] as const)
          : (['IssueInvoice', { invoiceId: `I${i}`, gross: amount }] as const);
      const request = { name, body: { accountId: acme, ...body, occurredAt }, commandId: `s-${i}`, actor: admin };
      waiting.push((await taproot.execute.stage(request)).durable);
    }
    await Promise.all(waiting);
    await taproot.projector.level();
  }, 120_000);
  afterAll(() => taproot.close());

  /** States at a moment, folded from nothing. */
  function fromZero(moment: Moment): string {
    const folder = new Folder(projections.filter(({ of }) => of === 'account'));
    const { moments } = taproot;
    const subject = moments.subject('account', acme, moment.knownAt);
    const pages = moments.histories.pages(subject, moment, nowhere, folder.wanted);
    return canonical(
      JSON.parse(JSON.stringify(foldOn(folder, unfolded(folder, ''), pages, moments.policies(moment), subject).states)),
    );
  }
  function asked(moment: Moment): string {
    const { moments } = taproot;
    const accounts = projections.filter(({ of }) => of === 'account');
    const states = moments.states(accounts, moments.subject('account', acme, moment.knownAt), moment);
    return canonical(JSON.parse(JSON.stringify(states)));
  }

  it('are there for an account of that size', () => {
    const saved = taproot.moments.views.savepoints(`account/${acme}`, keyOf(projections[0]!), NEVER);
    expect(saved.length).toBeGreaterThanOrEqual(2);
  });

  it.each([1, 400, 1_100, 1_700, 2_100])('give on day %i what a fold from zero gives', (n) => {
    const moment = { asOf: first + n * day, knownAt: NEVER };
    expect(asked(moment)).toBe(fromZero(moment));
  });

  it('serve what is told late in the middle, at once and when it is stored', async () => {
    const occurredAt = new Date(first + 900 * day + 500).toISOString();
    const body = { accountId: acme, invoiceId: 'LATE', gross: { minor: 77, currency: 'EUR' }, occurredAt };
    await taproot.execute.run({ name: 'IssueInvoice', body, commandId: 'late', actor: admin });
    const moments = [850, 901, 2_100].map((n) => ({ asOf: first + n * day, knownAt: NEVER }));
    for (const moment of moments) expect(asked(moment)).toBe(fromZero(moment));
    await taproot.projector.level();
    for (const moment of moments) expect(asked(moment)).toBe(fromZero(moment));
  });
});
