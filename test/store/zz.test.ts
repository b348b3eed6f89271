import { execFileSync } from 'node:child_process';
import { it, expect } from '@jest/globals';
import { unstamped } from '../support/entries.js';
import { mirrorOf } from '../support/eventstore/engines.js';
const url = 'esdb://127.0.0.1:2111,127.0.0.1:2112,127.0.0.1:2113?tls=false';
const sh = (...a: string[]) => execFileSync('/work/esdb/bin/node.sh', a, { encoding: 'utf8' }).trim();
const leader = async () => { for (const n of [1, 2, 3]) { try { const r = await (await fetch(`http://127.0.0.1:211${n}/info`, { signal: AbortSignal.timeout(1000) })).json() as any; if (r.state === 'leader') return n; } catch {} } return 0; };
it('survives', async () => {
  const prefix = `t${crypto.randomUUID().slice(0, 8)}.`;
  const one = await mirrorOf(url, { prefix });
  const two = await mirrorOf(url, { prefix });
  let stop = false; const acked: string[] = []; let refusals = new Map<string, number>(); let longest = 0;
  const writer = async (node: typeof one, name: string) => {
    for (let i = 0; !stop; i++) {
      const stream = `activity-A${i % 3}`; const id = unstamped(`${prefix}${name}${i}`).id;
      for (let k = 0; !stop && k < 100; k++) {
        const t = Date.now();
        try { if (await node.store.find(id, stream)) break; await node.store.append(stream, await node.store.head(stream), [unstamped(`${prefix}${name}${i}`)]); acked.push(id); longest = Math.max(longest, Date.now() - t); break; }
        catch (e: any) { if (e.code !== 'stream/revision-conflict') console.log(name, e.message.slice(0, 200)); refusals.set(e.code ?? e.message, (refusals.get(e.code ?? e.message) ?? 0) + 1); if (e.code === 'log/diverged') { console.log(e.message); return; } if (e.code !== 'stream/revision-conflict') await new Promise((r) => setTimeout(r, 200)); }
      }
    }
  };
  const w = [writer(one, 'x'), writer(two, 'y')];
  const wait = (ms: number) => new Promise((r) => setTimeout(r, ms));
  await wait(2000);
  const step = async (what: string) => { const l = await leader(); const before = acked.length; console.log(what, l, sh(what, String(l))); const t = Date.now(); while (acked.length < before + 5 && Date.now() - t < 25000) await wait(50); console.log('leader now', await leader()); console.log('progress after', Date.now() - t, 'trouble', one.store.trouble()); return l; };
  let l = 0;
  l = await step('stop'); await wait(1000); sh('start', String(l)); await wait(3000);
  stop = true; await Promise.all(w);
  await wait(1000);
  await Promise.all([one.store.level(), two.store.level()]);
  console.log('acked', acked.length, 'ledger', one.ledger.size, two.ledger.size, 'refusals', JSON.stringify([...refusals]), 'longest', longest, one.store.trouble(), two.store.trouble());
  for (const id of acked) expect(one.ledger.reader.find(id)).toBeDefined();
  expect(one.ledger.size).toBe(new Set(acked).size + (one.ledger.size - new Set(acked).size));
  expect(one.ledger.root().equals(two.ledger.root())).toBe(true);
  expect(new Set(acked).size).toBe(acked.length);
  await one.close(); await two.close();
});
