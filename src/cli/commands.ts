import { explainFigure, report, view } from './asking.js';
import { batchFile } from './batching.js';
import { command } from './commanding.js';
import { exportRows } from './exporting.js';
import { demo, importFiles } from './filling.js';
import type { Told } from './run.js';
import { doctor, rebuild, replay, serve, verify } from './tending.js';

/** A command of the command line. */
export interface CliCommand {
  readonly use: string;
  readonly says: string;
  readonly run: (told: Told) => Promise<number>;
}

const help: CliCommand = {
  use: 'help',
  says: 'this list',
  run: async ({ out }) => {
    const lines = Object.values(commands).map(({ use, says }) => `  taproot ${use}\n      ${says}`);
    out(
      `taproot: long-term memory for key-account relationships\n\n${lines.join('\n')}\n\nEverywhere: --json. With --url http://127.0.0.1:4400 [--token t] command, batch, import, export, view, report and explain go to a running service instead of the data directory; the token is TAPROOT_TOKEN unless given, else the one in the data directory. Exit codes: 0 done, 1 refused or found bad, 2 incomplete, 3 wrong use, 74 input/output or corruption, 78 configuration or directory held.\n`,
    );
    return 0;
  },
};

/** Every command by its first word. */
export const commands: Readonly<Record<string, CliCommand>> = {
  serve: { use: 'serve', says: 'runs the service', run: serve },
  demo: { use: 'demo', says: 'loads the fictitious demo portfolio into an empty log', run: demo },
  command: {
    use: 'command <Name> <json | file.json | -> [--id commandId] [--if-match n] [--dry-run] | --list | <Name> --schema',
    says: 'carries out one command of the catalogue; --list names them, --schema shows what one takes',
    run: command,
  },
  batch: {
    use: 'batch <file.ndjson | -> [--report out.ndjson]',
    says: 'carries out a command a line, {"command": "Name", …}; the report has a receipt or a problem for each',
    run: batchFile,
  },
  import: {
    use: 'import <mapping.ts> <file…> [--dry-run] [--report out.ndjson] [--changed=report|correct] | --revert <batchId> | --events <bundle|directory>',
    says: 'turns rows of other systems into commands; a second run adds nothing; --revert takes a batch back; --events takes in a whole log',
    run: importFiles,
  },
  export: {
    use: 'export events [--out bundle [--seal]] | rows <projection> [--format=ndjson|csv] [--as-of T] [--known-at T]',
    says: "writes the log's exact lines, or a projection's rows; --seal lets the log take no more events, for a move",
    run: exportRows,
  },
  replay: {
    use: 'replay',
    says: 'folds the log again without touching what is stored, and compares',
    run: replay,
  },
  rebuild: { use: 'rebuild [projection]', says: 'builds stored views anew from the log', run: rebuild },
  view: {
    use: 'view <accountId> <view> [--as-of T] [--known-at T] [--<parameter> v]',
    says: "one view of one account; the view's own parameters are options too",
    run: view,
  },
  report: {
    use: 'report <name> [--as-of T] [--known-at T] [--from T] [--to T] [--<parameter> v]',
    says: "one report over the portfolio; the report's own parameters and the filters of accounts are options too",
    run: report,
  },
  explain: {
    use: 'explain <accountId> <view> <figure> [--as-of T] [--known-at T] [--from T]',
    says: 'the events behind a figure',
    run: explainFigure,
  },
  verify: { use: 'verify', says: 'recomputes the tree of the local log and every stored hash', run: verify },
  doctor: { use: 'doctor', says: 'settings, log, views, vault: what is there and whether it is well', run: doctor },
  help,
};
