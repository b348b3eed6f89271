import { type Request, settled } from '../app/execute.js';
import { importer } from '../app/import/target.js';
import type { Taproot } from '../app/taproot.js';
import { DAY_MS } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import { ruleTheFirm } from './firm.js';
import { keyFiles } from './key-files.js';
import { introduceMembers } from './members.js';
import { otherFiles } from './other-files.js';
import { stories } from './stories.js';
import { type Body, batchId, source, Telling } from './telling.js';

/** Commands staged ahead of the oldest that is not durable yet. */
const inFlight = 4_000;

/**
 * Loads the demo portfolio: a maker of components, its machine builders and dealers, five years of them. Everything in it is invented
 * and says so: the names of the customers, the batch and the source system of every event. Each fact is told by the commands that
 * everybody uses, with the day on which the firm learned it; the same facts, ids and order every time. Throws the refusal, should
 * any command be refused.
 */
export async function loadDemo(taproot: Taproot): Promise<void> {
  const telling = new Telling(taproot.store.origin);
  ruleTheFirm(telling);
  introduceMembers(telling);
  const accounts = keyFiles(telling);
  otherFiles(telling, accounts);
  stories(telling, accounts);

  const actor = importer(source);
  const about = {
    batchId,
    sourceSystem: source,
    mapping: 'demo portfolio: every firm and person in it is fictitious',
    files: [],
  };
  await taproot.execute.run({ name: 'StartImport', body: about, commandId: 'start-demo', actor });
  const requests = telling.requests();
  let waiting: Promise<unknown>[] = [];
  for (const request of requests) {
    try {
      waiting.push(settled(await taproot.execute.stage(underRules(request, taproot))));
    } catch (error) {
      throw error instanceof Refusal ? refused(error, request) : error;
    }
    if (waiting.length >= inFlight) {
      await Promise.all(waiting);
      waiting = [];
    }
  }
  await Promise.all(waiting);
  const body = { batchId, counts: { recorded: requests.length }, rejected: 0 };
  await taproot.execute.run({ name: 'CompleteImport', body, commandId: 'complete-demo', actor });
}

/** A published report names the rules that were in force as known then: those told so far. */
function underRules(request: Request, { moments }: Taproot): Request {
  if (request.name !== 'PublishReport') return request;
  const body = request.body as Body<'PublishReport'>;
  const policy = moments.rules.current().labelAt(Date.parse(body.asOf) + DAY_MS - 1);
  return { ...request, body: { ...body, policy } };
}

/** The refusal, with the command that met it. */
function refused(refusal: Refusal, { name, body, imported }: Request): Refusal {
  const said = `${name} (${imported?.sourceKey}) of the demo was refused: ${refusal.message}; ${JSON.stringify(body)}`;
  return new Refusal(refusal.code, said, { errors: refusal.errors, values: refusal.values });
}
