import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');

function files(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : files(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

const sources = [...files('src'), ...files('projections')];
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Rooms by folder, and the rooms that each may look into. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  'src/kernel': [],
  'src/domain': ['src/kernel'],
  projections: ['src/kernel', 'src/domain'],
  'src/ledger': ['src/kernel'],
  'src/vault': ['src/kernel', 'src/ledger'],
  'src/store': ['src/kernel', 'src/ledger', 'src/vault'],
  'src/app': ['src/kernel', 'src/domain', 'src/ledger', 'src/store', 'src/vault', 'projections', 'src/config.ts'],
  'src/demo': ['src/kernel', 'src/domain', 'src/app'],
  'src/http': ['src/kernel', 'src/domain', 'src/app', 'projections', 'src/app.module.ts'],
  'src/cli': [
    'src/kernel',
    'src/domain',
    'src/ledger',
    'src/store',
    'src/vault',
    'src/app',
    'src/http',
    'src/demo',
    'src/config.ts',
    'src/main.ts',
    'projections',
  ],
};

const roomOf = (file: string): string | undefined => Object.keys(rooms).find((room) => file.startsWith(`${room}/`));

/** Files of the house that a file imports, types included. */
function importsOf(file: string): string[] {
  const found = [
    ...textOf(file).matchAll(/(?:import|export)\s[^;]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)|import\s+'(\.[^']+)'/g),
  ];
  return found.map((match) =>
    relative(root, resolve(join(root, dirname(file)), (match[1] ?? match[2] ?? match[3])!)).replace(/\.js$/, '.ts'),
  );
}

describe('the house', () => {
  it('lets each room look only into the rooms below it', () => {
    const wrong = sources.flatMap((file) => {
      const room = roomOf(file);
      if (!room) return [];
      return importsOf(file)
        .filter(
          (target) =>
            roomOf(target) !== room &&
            !rooms[room]!.some((allowed) => target === allowed || target.startsWith(`${allowed}/`)),
        )
        .map((target) => `${file} → ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('lets projections see of the domain only events and the words they use', () => {
    const wrong = files('projections').flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith('src/domain/') && !/\.events\.ts$|vocabulary\.ts$/.test(target))
        .map((target) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps Nest at the edge', () => {
    const wrong = sources.filter(
      (file) => !/^src\/(http\/|main\.ts|app\.module\.ts)/.test(file) && /from '@nestjs\//.test(textOf(file)),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps clock, randomness, locale and the outside out of kernel, domain and projections', () => {
    const banned =
      /Date\.now|new Date\(\)|Math\.random|randomBytes|randomUUID|toLocale|Intl\.|process\.|performance\.now\(|from 'node:(?!crypto)/;
    const wrong = sources
      .filter((file) => /^(src\/kernel|src\/domain|projections)\//.test(file))
      .flatMap((file) =>
        textOf(file)
          .split('\n')
          .flatMap((line, i) => (banned.test(line) ? [`${file}:${i + 1} ${line.trim()}`] : [])),
      );
    expect(wrong).toEqual([]);
  });

  it('keeps every file to a page: at most 250 lines', () => {
    const long = [...sources, ...files('test')].filter((file) => textOf(file).split('\n').length > 251);
    expect(long).toEqual([]);
  });

  it('has no barrels, no utils, no enums', () => {
    const wrong = sources.filter(
      (file) => /\/index\.ts$|\/utils\//.test(file) || /^\s*(export )?(const )?enum /m.test(textOf(file)),
    );
    expect(wrong).toEqual([]);
  });

  it('has the top level that a newcomer expects', () => {
    for (const name of [
      'src',
      'projections',
      'test',
      'docker-compose.yml',
      'package.json',
      'tsconfig.json',
      'nest-cli.json',
      'README.md',
    ])
      expect(() => statSync(join(root, name))).not.toThrow();
  });
});
