import { NEVER } from '../kernel/instant.js';
import type { Moment, Subject } from '../kernel/projection.js';
import { beginning } from './histories.js';
import { newestOf, type TakeIn } from './take-in.js';
import { folderOf, type Track } from './track.js';
import type { Views } from './views.js';

/** Subjects folded by one transaction. */
const chunkSize = 200;

/** Cursor of projections that are built and have only to be caught up. */
export const built = 'built';

/** Builds projections from zero, as the log stood when the building began: subject by subject, going on after a restart where it was. */
export class Build {
  constructor(
    private readonly takeIn: TakeIn,
    private readonly views: Views,
  ) {}

  /** Folds the next subjects of a track. `cursor` is `<account number>/<subjects done>`. */
  chunk(track: Track, { position, cursor }: { position: number; cursor: string }): void {
    const [after = '0', done = '0'] = cursor.split('/');
    const next = this.subjectsAfter(Number(after));
    const moment: Moment = { asOf: NEVER, knownAt: { position } };
    this.views.together(() => {
      for (const name of next.names) {
        const folder = folderOf(track, name);
        if (!folder) continue;
        const subject = this.takeIn.subject(name, moment.knownAt);
        this.takeIn.refold(folder, subject, moment, beginning, this.newest(subject, position));
      }
      const count = Number(done) + next.names.length;
      const place = next.ended ? built : `${next.cursor}/${count}`;
      for (const key of track.keys) this.views.setCheckpoint(key, position, false, place);
    }, true);
  }

  /** Accounts in the order of their numbers in the log; then, at once, persons and the programme. */
  private subjectsAfter(after: number): { names: string[]; cursor: number; ended: boolean } {
    const { reader } = this.takeIn;
    const accounts = reader.accounts(after, chunkSize);
    const names = accounts.map(({ id }) => `account/${id}`);
    if (accounts.length === chunkSize) return { names, cursor: accounts.at(-1)!.no, ended: false };
    const people = ['contact', 'member'].flatMap((kind) =>
      reader.streamsLike(`${kind}-`, '', -1).map((stream) => `${kind}/${stream.slice(kind.length + 1)}`),
    );
    return { names: [...names, ...people, 'programme/programme'], cursor: after, ended: true };
  }

  /** What corrections make a state know, beyond the events it was folded from. */
  private newest(subject: Subject, position: number) {
    const { reader } = this.takeIn;
    const no = subject.of === 'account' ? reader.accountNo(subject.id) : undefined;
    const rows = no === undefined ? [] : reader.annotationsOfAccount(no);
    return newestOf(rows.filter((row) => row.position <= position));
  }
}
