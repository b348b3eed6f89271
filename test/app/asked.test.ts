import { expect, it } from '@jest/globals';
import { acme } from '../support/cast/ids.js';
import { invoice, meeting, people, registered, scene } from '../support/scene.js';
const s = scene('2025-05-31T12:00:00.000Z');
it('x', async () => {
  await s.tell('SetFirmSettings', { utcOffsetMin: 480, fiscalYearStartMonth: 4, from: '2024-01-01' });
  await s.tell('RegisterAccount', registered(acme));
  await people(s);
  for (let i = 1; i <= 8; i++) { await s.tell('IssueInvoice', invoice(`I${i}`, `2024-0${i}-10`, 100 * i, 10)); await s.tell('LogInteraction', meeting(`m${i}`, `2024-0${i}-12`)); }
  const r = await s.at.command('SetFirmSettings', { windowDays: 200, from: '2025-03-01' });
  console.log(r.body);
  for (const v of ['performance','contacts','trust','loyalty','value','profile','approach','stages','criteria','capacity','investment','understanding','pursuits','reviews','visits']) {
    const a = (await s.data(`accounts/${acme}/${v}/compare?asOf=2025-03-15&with=2025-02-15`)).changes;
    console.log(v, JSON.stringify(a.map((c: any) => [c.figure, c.before, c.after])).slice(0, 900));
    for (const c of a.slice(0, 40)) { if (typeof c.after !== 'number') continue; const e = await s.data(`accounts/${acme}/${v}/explain?figure=${encodeURIComponent(c.figure)}&asOf=2025-03-15&from=2025-02-15`); if (e.terms.some((t: any)=>t.kind==='rules')) console.log(c.figure, JSON.stringify(e)); }
  }
  console.log(JSON.stringify((await s.data(`accounts/${acme}/performance/series?figure=/total/net&every=year&asOf=2025-05-31`)).points));
  expect(1).toBe(1);
});
