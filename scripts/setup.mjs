/** Installs what is missing and builds what is stale, so that `npm start` and `npm test` work on a fresh clone; with `bench`, `npm run bench` too. No dependencies. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const digest = (text) => createHash('sha256').update(text).digest('hex');
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function run(says, command, args, folder = root) {
  process.stderr.write(`${says}\n`);
  const { status, error } = spawnSync(command, args, {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (error || status !== 0) {
    process.stderr.write(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}\n`);
    process.exit(status || 1);
  }
}

/** Path, size and time of every file below a folder: enough to tell whether something was built from it. */
function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(ts|json)$/.test(entry.name)) {
      const { size, mtimeMs } = statSync(path);
      yield `${path} ${size} ${mtimeMs}`;
    }
  }
}

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: Node 20 or newer is needed to set up; the service itself brings its own Node 24.\n`,
  );
  process.exit(78);
}

/** Installs what a lock file says, where it is not all there: npm writes its hidden lock file last, so that one is newer where everything is installed. */
function install(says, folder) {
  const lock = join(folder, 'package-lock.json');
  const installed = join(folder, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(lock).mtimeMs <= statSync(installed).mtimeMs) return;
  run(says, 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], folder);
}

install('Installing dependencies …', root);
if (process.argv[2] === 'bench') install('Installing what the benchmarks need …', join(root, 'bench'));

const inputs = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'].map((name) =>
  read(join(root, name)),
);
const state = digest([...inputs, ...sources(join(root, 'src')), ...sources(join(root, 'projections'))].join('\n'));
const stamp = join(root, 'dist', 'built');
if (read(stamp) !== state || !existsSync(join(root, 'dist', 'src', 'cli.js'))) {
  rmSync(join(root, 'dist', 'tsconfig.build.tsbuildinfo'), { force: true });
  run('Building …', process.execPath, [join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js'), 'build']);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, state);
}
