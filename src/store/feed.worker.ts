import { parentPort, workerData } from 'node:worker_threads';
import { type Running, Server } from './eventstoredb.js';
import { Feed } from './feed.js';
import { Names } from './names.js';
import { pack } from './packed.js';
import { saysOf, typeOf } from './server-errors.js';
import type { Asked, Said, Setting } from './thread-feed.js';

/** A thread that subscribes for the mirror: reads the server, proves what comes, and knows nothing of the ledger. */
const { url, prefix, patience } = workerData as Setting;
const feed = new Feed(new Server(url, patience), new Names(prefix));
const say = (said: Said): void => parentPort?.postMessage(said);
let running: { no: number; subscription: Running } | undefined;

parentPort?.on('message', ({ no, what, origin, after }: Asked) => {
  if (what === 'follow') {
    running?.subscription.stop();
    const subscription = feed.follow(origin, after, {
      arrived: (arrivals) => say({ no, packed: pack(arrivals) }),
      ended: (error) => say({ no, ended: { message: saysOf(error), type: typeOf(error) } }),
    });
    running = { no, subscription };
  } else if (running?.no === no) running.subscription[what]();
});
