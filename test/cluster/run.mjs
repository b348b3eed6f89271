/**
 * Puts a cluster of three nodes to the test while two services write to it: the leader is killed ten times, then frozen, then one
 * node is cut off. Whatever was acknowledged must be there once, and each service's ledger must be the server's log, byte for byte.
 *
 *     npm run test:cluster -- --nodes 10.0.0.1:2113,10.0.0.2:2113,10.0.0.3:2113 --control './node.sh {action} {n}'
 *
 * The control command is called with kill, start, freeze, thaw, cut and join, and the number of the node from 1; where it has no cut
 * (it ends with a code other than 0), a follower is frozen instead. --query: of the connection string, tls=false unless given;
 * --kills 10, --writers 32, --seconds 5 between two blows, --json.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { account, entriesOnServer, parting } from './check.mjs';
import { Load } from './load.mjs';
import { Nodes, Service } from './nodes.mjs';

const { values } = parseArgs({
  options: {
    nodes: { type: 'string' },
    control: { type: 'string' },
    query: { type: 'string', default: 'tls=false' },
    kills: { type: 'string', default: '10' },
    writers: { type: 'string', default: '32' },
    seconds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const addresses = (values.nodes ?? '').split(',').filter(Boolean);
if (addresses.length !== 3 || !values.control) {
  console.error("npm run test:cluster -- --nodes <three addresses> --control '<command with {action} and {n}>'");
  process.exit(3);
}
const say = (sentence) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${sentence}\n`);
const quiet = Number(values.seconds) * 1_000;
const url = `esdb://${addresses.join(',')}?${values.query}`;
const prefix = `ct-${randomBytes(4).toString('hex')}.`;
const token = randomBytes(32).toString('base64url');
const env = {
  TAPROOT_STORE: url,
  TAPROOT_STREAM_PREFIX: prefix,
  TAPROOT_TOKEN: token,
  TAPROOT_ORIGIN: 'cluster-test.example',
};

const nodes = new Nodes(addresses, values.control, values.query);
await nodes.whole();
const keeper = new Service('keeper', env);
await keeper.start();
const other = new Service('other', { ...env, TAPROOT_VAULT: keeper.url });
await other.start();
const services = [keeper, other];
const load = new Load(services, token, Number(values.writers));
const started = Date.now();
const gaps = {};
try {
  await load.prepare();
  load.start();
  await pause(quiet);
  gaps.killed = [];
  for (let i = 1; i <= Number(values.kills); i++) gaps.killed.push(await struck(`kill ${i}`, 'kill', 'start', true));
  gaps.frozen = [await struck('freeze', 'freeze', 'thaw', true)];
  gaps.cut = [await struck('cut', 'cut', 'join', false)];
  load.during = 'the end';
  await load.stop();
} catch (error) {
  await Promise.all(services.map((service) => service.stop()));
  throw error;
}
process.exitCode = await told();

/** Strikes one node, waits until commands go on and a while longer, brings it back; answers with the gap in ms. */
async function struck(name, action, back, ofLeader) {
  const leader = await nodes.settledLeader();
  const n = ofLeader ? leader : (leader % 3) + 1;
  load.during = name;
  const done = await nodes.act(action, n);
  if (!done) await nodes.act('freeze', n);
  const gap = await load.resumed();
  say(`${name}: node ${n} (${ofLeader ? 'leader' : 'follower'}), commands went on after ${gap} ms`);
  await pause(quiet);
  await nodes.act(done ? back : 'thaw', n);
  await nodes.whole();
  await pause(quiet);
  return gap;
}

/** Waits until both services are level, compares, and tells the figures. */
async function told() {
  const seconds = Math.round((Date.now() - started) / 1_000);
  for (const { url: at, name } of services) {
    for (let state; state?.status !== 'ready' || state.mirrorLag !== 0; await pause(200)) {
      state = await fetch(`${at}/healthz/ready`).then((reply) => reply.json());
      if (Date.now() - load.lastMs > 60_000)
        throw new Error(`the service ${name} is not level: ${JSON.stringify(state)}`);
    }
  }
  const lines = await entriesOnServer(url, prefix);
  const { lost, twice } = account(load.acknowledged, lines);
  const codes = await Promise.all(services.map((service) => service.stop()));
  const ledgers = [];
  for (const service of services) {
    const own = (await service.taproot('export', 'events')).out.split('\n').filter(Boolean);
    const sound = (await service.taproot('verify', '--json')).code === 0;
    ledgers.push({ name: service.name, entries: own.length, partsAt: parting(own, lines) ?? null, sound });
    rmSync(service.directory, { recursive: true, force: true });
  }
  const good = lost.length + twice.length + load.refused.length === 0 && codes.every((code) => code === 0);
  const same = ledgers.every(({ partsAt, sound }) => partsAt === null && sound);
  const figures = {
    seconds,
    acknowledged: load.acknowledged.size,
    lost: lost.length,
    twice: twice.length,
    refused: load.refused.length,
    retries: load.retries,
    recognised: load.repeated,
    longestGapMs: load.longest.ms,
    longestGapDuring: load.longest.during,
    gapsMs: gaps,
    onServer: lines.length,
    ledgers,
    exitCodes: codes,
  };
  if (values.json) console.log(JSON.stringify(figures));
  else
    for (const [name, value] of Object.entries(figures))
      console.log(`${name.padEnd(18)} ${typeof value === 'object' ? JSON.stringify(value) : value}`);
  for (const one of [...load.refused.slice(0, 5), ...lost.slice(0, 5), ...twice.slice(0, 5)]) say(one);
  return good && same ? 0 : 1;
}
