import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { freshDirectory, openIn } from '../support/service.js';

describe('a ledger that somebody emptied', () => {
  it('is not taken for a first start', async () => {
    const directory = freshDirectory();
    await (await openIn(directory)).close();
    truncateSync(join(directory, 'ledger.db'), 0);
    await expect(openIn(directory)).rejects.toMatchObject({ code: 'ledger/corrupt' });
    await expect(openIn(directory)).rejects.toThrow(/ledger\.db is empty/);
  });
});
