import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectionNamed, projections, reportNamed } from '../../projections/registry.js';
import { annotations, topics } from '../../src/domain/catalogue.js';
import { viewAt } from '../support/folding.js';
import { reportAt } from '../support/reporting.js';
import { seenAt } from '../support/several.js';

const root = join(import.meta.dirname, '../..');
/** Cells of the page's tables: id, English, 中文, commands, figures, test. */
const rows = readFileSync(join(root, 'docs/statements.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-I]\d+ \|/.test(line))
  .map((line) => line.slice(2, -2).split(' | '));

const counts = { A: 4, B: 6, C: 10, D: 13, E: 8, F: 10, G: 2, H: 7, I: 2 };
const ids = Object.entries(counts).flatMap(([letter, n]) => Array.from({ length: n }, (_, i) => `${letter}${i + 1}`));
const codesIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);

/** What a view or report says of nothing at all: its figures are there, whatever they are. */
function answerOf(name: string): object | undefined {
  const day = '2026-01-01';
  const report = name.startsWith('portfolio/') ? reportNamed(name.slice('portfolio/'.length)) : undefined;
  if (report)
    return reportAt(
      report,
      projections.filter((one) => report.uses.includes(one.name)),
      {},
      day,
    );
  const projection = projectionNamed(name);
  return projection && (projection.of === 'account' ? seenAt(projection, [], day) : viewAt(projection, [], day));
}

describe('the page of statements', () => {
  it('has all 62, once, in order', () => {
    expect(ids).toHaveLength(62);
    expect(rows.map(([id]) => id)).toEqual(ids);
    expect(rows.filter((row) => row.length !== 6)).toEqual([]);
  });
  it('says each in both languages', () => {
    const short = rows.filter(
      ([, en, zh]) => !/^[A-Z].{15,}/.test(en!) || (zh!.match(/\p{Script=Han}/gu) ?? []).length < 5,
    );
    expect(short).toEqual([]);
  });
  it('names commands that exist', () => {
    const known = new Set([...topics, annotations].flatMap(({ commands }) => Object.keys(commands)));
    const wrong = rows.flatMap(([id, , , commands]) => {
      const named = codesIn(commands!);
      return named.length === 0
        ? [`${id}: none`]
        : named.filter((one) => !known.has(one)).map((one) => `${id}: ${one}`);
    });
    expect(wrong).toEqual([]);
  });
  it('names views, reports and figures that exist', () => {
    const wrong = rows.flatMap(([id, , , , read]) =>
      read!.split(' · ').flatMap((place) => {
        const [name, ...figures] = codesIn(place);
        const answer = answerOf(name!);
        if (!answer || figures.length === 0) return [`${id}: ${place}`];
        return figures
          .filter((figure) => !figure.startsWith('/') || !Object.hasOwn(answer, figure.slice(1).split('/')[0]!))
          .map((figure) => `${id}: ${name} ${figure}`);
      }),
    );
    expect(wrong).toEqual([]);
  });
  it('names tests that exist and bear the statement in their title', () => {
    const wrong = rows.flatMap(([id, , , , , test]) => {
      const [file, title] = test!.replaceAll('`', '').split(' › ');
      const text = readFileSync(join(root, 'test', file!), 'utf8');
      const there = ['describe', 'it'].some((kind) => text.includes(`${kind}('${title}'`));
      return there && new RegExp(`[(, ]${id}[,)]`).test(title!) ? [] : [`${id}: ${test}`];
    });
    expect(wrong).toEqual([]);
  });
});
