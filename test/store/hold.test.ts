import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Refusal } from '../../src/kernel/refusal.js';
import { Hold } from '../../src/store/hold.js';
import { freshDirectory } from '../support/service.js';

const directory = freshDirectory();

describe('holding a data directory', () => {
  it('is refused while another has it, with its pid and address, and free once that lets go', () => {
    const first = Hold.take(directory, 4711);
    first.at(4711, 'http://127.0.0.1:4400');
    let refused: unknown;
    try {
      Hold.take(directory, 1);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({
      code: 'directory/held',
      message: expect.stringMatching(/4711.*http:\/\/127\.0\.0\.1:4400/),
    });
    first.release();
    Hold.take(directory, 1).release();
  });

  it('is free again when the process that had it was killed', async () => {
    const script = `
      const { DatabaseSync } = require('node:sqlite');
      const db = new DatabaseSync(process.argv[1] + '/lock.db');
      db.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE');
      console.log('held');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['-e', script, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(() => Hold.take(directory, 1)).toThrow(Refusal);
    child.kill('SIGKILL');
    await once(child, 'exit');
    Hold.take(directory, 1).release();
  });
});
