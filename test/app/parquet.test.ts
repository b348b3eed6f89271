import { describe, expect, it } from '@jest/globals';
import { parquetReadObjects } from 'hyparquet';
import { parquetOf } from '../../src/app/parquet.js';
import type { AnyProjection } from '../../src/kernel/projection.js';

const projection = {
  name: 'sums',
  of: 'account',
  rows: {
    columns: {
      quarter: { kind: 'text', says: 'the quarter' },
      net: { kind: 'money', says: 'net revenue' },
      share: { kind: 'number', says: 'a share' },
    },
  },
} as unknown as AnyProjection;

describe('rows as Parquet', () => {
  it('are read back by another reader as they were, null as null and whole money as whole', async () => {
    const file = parquetOf(projection, [
      { accountId: 'ACME', quarter: '2025-Q1', net: 9_007_199_254_740_991, share: 0.25 },
      { accountId: '中文', quarter: null, net: -1, share: null },
    ]);
    const buffer = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
    const rows = await parquetReadObjects({ file: buffer });
    expect(rows).toEqual([
      { accountId: 'ACME', quarter: '2025-Q1', net: 9_007_199_254_740_991n, share: 0.25 },
      { accountId: '中文', quarter: null, net: -1n, share: null },
    ]);
  });
});
