import { positiveShares } from './concentration.js';
import { sum } from './figure.js';

/** Shannon's entropy −Σ p ln p of the shares of the weights, in nats; 0 when one has all; null when none has any. */
export function shannon(weights: readonly number[]): number | null {
  const shares = positiveShares(weights.filter((weight) => weight !== 0));
  if (shares === null) return null;
  return Math.max(0, -sum(shares.map((share) => (share > 0 ? share * Math.log(share) : 0))));
}

/**
 * Ĥ = entropy ÷ ln(max(4, functions in the map)) (§3.12.2), in [0, 1]: one function met gives 0, two evenly .5 in a map
 * of up to four. Held at 1 where more functions were met than the map still has. Null when nothing was met.
 */
export function normalisedEntropy(weights: readonly number[], functionsInMap: number): number | null {
  const entropy = shannon(weights);
  if (entropy === null || !Number.isFinite(functionsInMap)) return null;
  return Math.min(1, entropy / Math.log(Math.max(4, functionsInMap)));
}

/** How evenly two organisations meet, and why not where the figure does not exist. */
export type Diamond =
  | {
      readonly value: number;
      readonly rowEntropy: number;
      readonly columnEntropy: number;
      /** Pairs of functions that met ÷ pairs in the map. */
      readonly density: number;
    }
  | {
      readonly value: null;
      readonly reason: 'no-weight';
      readonly rowEntropy: null;
      readonly columnEntropy: null;
      readonly density: null;
    };

/**
 * Diamond index [P]: DI = √(Ĥ_row · Ĥ_col) in [0, 1] (§3.9, §3.12.2). `matrix` holds interaction weight, rows are our
 * functions, columns theirs, each line as long as the first; the counts are the functions in the account's map.
 * Everything through one function on either side (a bow-tie) gives 0. Null when no cell has weight.
 */
export function diamondIndex(matrix: readonly (readonly number[])[], rowsInMap: number, columnsInMap: number): Diamond {
  const width = matrix.reduce((widest, row) => Math.max(widest, row.length), 0);
  const flat = matrix.flatMap((row) => Array.from({ length: width }, (_, j) => row[j] ?? 0));
  return diamondOfFlat(flat, width, rowsInMap, columnsInMap);
}

/** The same of the matrix as one list, line after line of `width` cells: as folds keep it. */
export function diamondOfFlat(
  cells: readonly number[],
  width: number,
  rowsInMap: number,
  columnsInMap: number,
): Diamond {
  const rows = new Array<number>(width === 0 ? 0 : cells.length / width).fill(0);
  const columns = new Array<number>(width).fill(0);
  let met = 0;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!;
    if (!(cell > 0)) continue;
    rows[Math.floor(i / width)]! += cell;
    columns[i % width]! += cell;
    met++;
  }
  const rowEntropy = normalisedEntropy(rows, rowsInMap);
  const columnEntropy = normalisedEntropy(columns, columnsInMap);
  if (rowEntropy === null || columnEntropy === null) {
    return { value: null, reason: 'no-weight', rowEntropy: null, columnEntropy: null, density: null };
  }
  const pairs = Math.max(rowsInMap, count(rows)) * Math.max(columnsInMap, count(columns));
  return { value: Math.sqrt(rowEntropy * columnEntropy), rowEntropy, columnEntropy, density: met / pairs };
}

function count(weights: readonly number[]): number {
  return weights.filter((weight) => weight > 0).length;
}
