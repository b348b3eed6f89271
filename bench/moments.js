import { fill, history, inDirectory, open, principal, quantile, row, seconds } from './support.js';

/** One account's view at a past moment, over 10,000 events. */
export function view() {
  return inDirectory(async (directory) => {
    const taproot = await open(directory, { projector: 'inline' });
    await fill(taproot, 1, history(1, 10_000));
    await taproot.projector.level();
    const times = [];
    for (let i = 0; i < 30; i++) {
      const asOf = Date.parse('2025-01-01T00:00:00Z') - i * 86_400_000;
      times.push(
        1000 * (await seconds(() => taproot.moments.view('performance', 'A0', { asOf, knownAt: Date.now() }))),
      );
    }
    const now = [];
    for (let i = 0; i < 30; i++)
      now.push(
        1000 *
          (await seconds(() => taproot.moments.view('performance', 'A0', { asOf: Date.now(), knownAt: Date.now() }))),
      );
    await taproot.close();
    const [past, stored] = [quantile(times, 0.95), quantile(now, 0.95)];
    return [
      row('view at a past moment, 10,000 events', `p95 ${past.toFixed(1)} ms`, '', '', '≤ 50 ms', past <= 50),
      row('stored view', `p95 ${stored.toFixed(1)} ms`, '', '', '≤ 2 ms', stored <= 2),
    ];
  });
}

/** 1,000 late events into an account of 100,000. */
export function late() {
  return inDirectory(async (directory) => {
    const taproot = await open(directory, { projector: 'inline' });
    await fill(taproot, 1, history(1, 100_000));
    await taproot.projector.level();
    let read = 0;
    const time = await seconds(async () => {
      const waiting = [];
      for (let i = 0; i < 1_000; i++) {
        const occurredAt = new Date(Date.parse('2019-01-01T00:00:00Z') + i * 86_400_000).toISOString();
        const body = { accountId: 'A0', invoiceId: `LATE${i}`, gross: { minor: 100, currency: 'EUR' }, occurredAt };
        waiting.push(
          (await taproot.execute.stage({ name: 'IssueInvoice', body, commandId: `late${i}`, actor: principal }))
            .durable,
        );
      }
      await Promise.all(waiting);
      read =
        1000 *
        (await seconds(() => taproot.moments.view('performance', 'A0', { asOf: Date.now(), knownAt: Date.now() })));
      await taproot.projector.level();
    });
    await taproot.close();
    return [
      row(
        '1,000 late events into an account of 100,000',
        `${time.toFixed(1)} s until stored again; a read meanwhile ${read.toFixed(0)} ms`,
        '',
        '',
        '≤ 10 s',
        time <= 10,
      ),
    ];
  });
}
