import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projections } from '../../projections/registry.js';
import { keyOf } from '../app/folder.js';
import { mirrorState } from '../app/mirror-state.js';
import { Projector } from '../app/projector.js';
import { Views } from '../app/views.js';
import { shown } from '../config.js';
import { canonical } from '../kernel/canonical.js';
import { overFile } from '../ledger/faults.js';
import { ledgerFile } from '../ledger/ledger.js';
import { verifyLog } from '../ledger/verify.js';
import { main } from '../main.js';
import { Hold } from '../store/hold.js';
import { flag, Usage, wordsOf } from './arguments.js';
import { reading, writing } from './open.js';
import type { Told } from './run.js';

/** `taproot serve`. */
export async function serve({ args, config }: Told): Promise<number> {
  wordsOf(args, {});
  return main(config);
}

/** `taproot rebuild`. */
export async function rebuild({ args, config, out }: Told): Promise<number> {
  const words = wordsOf(args, {});
  const [name] = words.rest;
  if (name !== undefined && !projections.some((projection) => projection.name === name))
    throw new Usage(`There is no projection ${name}`);
  return writing(config, async (taproot) => {
    const started = Date.now();
    await taproot.projector.rebuild(name);
    const answer = { projection: name ?? null, events: taproot.head, ms: Date.now() - started };
    out(
      flag(words, 'json')
        ? `${JSON.stringify(answer)}\n`
        : `${name ?? 'All projections'} built anew from ${answer.events} events in ${answer.ms} ms\n`,
    );
    return 0;
  });
}

/** `taproot replay`: folds everything again beside what is stored, and compares state by state. */
export async function replay({ args, config, out, progress }: Told): Promise<number> {
  const words = wordsOf(args, {});
  return reading(config, async ({ moments }) => {
    const directory = mkdtempSync(join(tmpdir(), 'taproot-replay-'));
    const again = Views.open(directory);
    try {
      const projector = new Projector(moments.reader, again, projections);
      await projector.catchUp(({ building }) => progress(`${building ?? 0} subjects folded`));
      const result = moments.views.together(() => compared(moments.views, again));
      out(
        flag(words, 'json')
          ? `${JSON.stringify(result)}\n`
          : `${result.same} states are the same, ${result.differ.length} differ, ${result.missing} are not stored yet\n`,
      );
      return result.differ.length > 0 ? 1 : result.missing > 0 ? 2 : 0;
    } finally {
      again.close();
      rmSync(directory, { recursive: true, force: true });
    }
  });
}

function compared(stored: Views, again: Views): { same: number; differ: string[]; missing: number } {
  const result = { same: 0, differ: [] as string[], missing: 0 };
  for (const projection of projections) {
    const have = new Map(stored.statesOf(keyOf(projection), '').map((one) => [one.subject, one.state]));
    const level = stored.checkpoint(keyOf(projection))?.position === again.checkpoint(keyOf(projection))?.position;
    for (const { subject, state } of again.statesOf(keyOf(projection), '')) {
      const other = have.get(subject);
      if (other === undefined) result.missing++;
      else if (canonical(JSON.parse(other)) === canonical(JSON.parse(state))) result.same++;
      else if (!level) result.missing++;
      else result.differ.push(`${keyOf(projection)} ${subject}`);
    }
  }
  return result;
}

/** `taproot verify`: the whole local log, from every entry's bytes up to the root. */
export async function verify({ args, config, out, progress }: Told): Promise<number> {
  const words = wordsOf(args, {});
  return reading(config, ({ moments: { reader } }) => {
    const check = () => verifyLog(reader, (entries) => progress(`${entries} entries`));
    const { size, root, bad } = overFile(ledgerFile(config.data), check);
    const answer = { size, root: root.toString('base64'), sound: bad === null, ...(bad === null ? {} : { bad }) };
    out(
      flag(words, 'json')
        ? `${JSON.stringify(answer)}\n`
        : bad === null
          ? `${size} entries, root ${answer.root}: sound\n`
          : `${bad} (${ledgerFile(config.data)})\n`,
    );
    return bad === null ? 0 : 1;
  });
}

/** `taproot doctor`. */
export async function doctor({ args, config, out }: Told): Promise<number> {
  const words = wordsOf(args, {});
  const holder = Hold.holder(config.data) ?? null;
  return reading(config, async ({ moments }) => {
    const head = moments.reader.head();
    const mirror = await mirrorState(moments.reader, holder);
    const views = projections.map((projection) => ({
      projection: keyOf(projection),
      ...(moments.views.checkpoint(keyOf(projection)) ?? { position: 0, live: 0 }),
    }));
    const answer = {
      settings: shown(config),
      log: { origin: moments.reader.meta('origin') ?? null, events: head },
      holder,
      mirror,
      views: views.map(({ projection, position, live }) => ({
        projection,
        position,
        lag: head - position,
        live: live === 1,
      })),
      node: process.version,
    };
    if (flag(words, 'json')) out(`${JSON.stringify(answer)}\n`);
    else {
      for (const { name, value, meaning } of answer.settings)
        out(`${name.padEnd(26)} ${String(value).padEnd(28)} ${meaning}\n`);
      out(
        `log ${answer.log.origin}: ${head} events; ${holder ? `held by process ${holder.pid}${holder.url ? ` at ${holder.url}` : ''}` : 'not held'}\n`,
      );
      if (mirror)
        out(
          `mirror of the event store up to ${mirror.commit}/${mirror.prepare}, ${mirror.lag ?? 'an unknown number of'} events behind${mirror.reason ? `: ${mirror.reason}` : ''}\n`,
        );
      for (const one of answer.views)
        out(
          `${one.projection.padEnd(26)} ${one.live ? `level with ${one.position}` : 'being built'}, ${one.lag} behind\n`,
        );
    }
    return 0;
  });
}
