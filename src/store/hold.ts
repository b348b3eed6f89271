import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Refusal } from '../kernel/refusal.js';
import { overFile, sqliteCode } from '../ledger/faults.js';

/** Who holds a data directory. */
export interface Holder {
  readonly pid: number;
  readonly url: string | null;
}

/** A data directory held by this process: no other one may write there until it is let go or the process ends, however it ends. */
export class Hold {
  private constructor(
    private readonly database: DatabaseSync,
    private readonly note: string,
  ) {}

  /** Takes the directory, or refuses `directory/held` with the pid and address of the process that has it. The lock is SQLite's own, so a killed process leaves none. */
  static take(directory: string, pid: number): Hold {
    const file = join(directory, 'lock.db');
    const note = join(directory, 'holder.json');
    return overFile(file, () => {
      const database = new DatabaseSync(file);
      try {
        database.exec(
          'PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS held (pid INTEGER); COMMIT; BEGIN EXCLUSIVE',
        );
      } catch (error) {
        database.close();
        if (sqliteCode(error) === 5 || sqliteCode(error) === 6) throw held(directory, Hold.holder(directory));
        throw error;
      }
      writeFileSync(note, JSON.stringify({ pid, url: null }));
      return new Hold(database, note);
    });
  }

  /** Who holds the directory, as it said itself; undefined where nothing is noted. */
  static holder(directory: string): Holder | undefined {
    try {
      return JSON.parse(readFileSync(join(directory, 'holder.json'), 'utf8')) as Holder;
    } catch {
      return undefined;
    }
  }

  /** Notes where the holder can be reached. */
  at(pid: number, url: string): void {
    writeFileSync(this.note, JSON.stringify({ pid, url }));
  }

  release(): void {
    rmSync(this.note, { force: true });
    this.database.close();
  }
}

function held(directory: string, holder: Holder | undefined): Refusal {
  const who = holder ? `process ${holder.pid}` : 'another process';
  const where = holder?.url ?? '<address>';
  return new Refusal(
    'directory/held',
    `${directory} is in use by ${who}; send the command to it with --url ${where}, or stop that process first`,
    { values: { ...holder } },
  );
}
