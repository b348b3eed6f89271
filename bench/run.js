/**
 * Benchmarks: each prints figures and their ratio to a reference that was measured in the same run, because machines differ.
 *
 *     npm run bench                 all of them
 *     npm run bench -- rebuild      those whose name contains the word
 */
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { batch } from './batch.js';
import { cluster } from './cluster.js';
import { http } from './http.js';
import { rebuild } from './rebuild.js';
import { scale } from './scale.js';
import { views } from './views.js';

const all = { http, batch, rebuild, views, scale, cluster };
const wanted = process.argv[2] ?? '';
const rows = [];
for (const [name, run] of Object.entries(all)) {
  if (!name.includes(wanted)) continue;
  process.stderr.write(`${name} …\n`);
  rows.push(...(await run()));
}

const { node, sqlite, v8 } = process.versions;
const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()} ${arch()}`;
console.log(`${new Date().toISOString().slice(0, 10)}, ${machine}, Node ${node} (V8 ${v8}, SQLite ${sqlite})\n`);
const columns = ['what', 'figure', 'reference', 'ratio', 'goal', 'reached'];
const cells = [columns, ...rows.map((row) => columns.map((name) => String(row[name] ?? '')))];
const widths = columns.map((_, i) => Math.max(...cells.map((row) => row[i].length)));
const line = (row) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
console.log([line(columns), line(widths.map((width) => '-'.repeat(width))), ...cells.slice(1).map(line)].join('\n'));
process.exit(0);
