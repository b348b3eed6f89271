import { programmeRules } from '../domain/programme/programme.policy.js';
import { isAnnotation } from '../kernel/event.js';
import { ALWAYS, type Instant, NEVER } from '../kernel/instant.js';
import { startOf } from '../kernel/policies.js';
import type { PolicyPart } from '../kernel/policy.js';
import type { AnyProjection, Moment } from '../kernel/projection.js';
import type { Reader, Row } from '../ledger/reader.js';
import { Build, built } from './build.js';
import { keyOf } from './folder.js';
import { eventOfRow } from './histories.js';
import type { FoldPool } from './pool.js';
import { programmeStream } from './rules.js';
import { subjectsOfRow } from './tail.js';
import { TakeIn } from './take-in.js';
import { folderOf, type Track, trackOf } from './track.js';
import type { Views } from './views.js';

/** Rows of the log taken in by one transaction. */
const batchSize = 4_000;

/** The same where much is waiting: a transaction rewrites the states of every account it meets, so that far behind fewer and larger ones are the shorter way. */
const largeBatchSize = 32_000;

/** Subjects whose rules have changed that are folded anew by one transaction. */
const staleSize = 200;

/** How far the projector is. */
export interface Progress {
  readonly position: number;
  readonly head: number;
  /** Subjects folded so far by a build that is under way. */
  readonly building: number | null;
}

/**
 * Keeps `views.db` level with the log. A batch of entries, the states and rows it changes, and the checkpoint are one transaction,
 * so each event counts exactly once over any number of restarts. New versions of projections are built beside the old and then
 * take over. Nothing here knows what a projection means.
 */
export class Projector {
  private readonly takeIn: TakeIn;
  private readonly build: Build;
  private live: Track = trackOf([]);
  private joining: Track | undefined;

  constructor(
    private readonly reader: Reader,
    private readonly views: Views,
    private readonly projections: readonly AnyProjection[],
    pool?: FoldPool,
  ) {
    this.takeIn = new TakeIn(reader, views);
    this.build = new Build(this.takeIn, views, pool);
    this.begin();
  }

  /** Does the next piece of work; false when everything is level with the log. */
  async step(): Promise<boolean> {
    if (this.joining) {
      const { position, cursor } = this.checkpointOf(this.joining);
      // what was built as the log stood lately waits until the others are there
      if (cursor === built && this.checkpointOf(this.live).position < position && this.live.keys.length > 0)
        return this.advance(this.live, batchSize);
      if (cursor === built) this.takeOver(this.joining);
      else await this.build.chunk(this.joining, { position, cursor });
      if (this.live.keys.length === 0) return true;
    }
    return this.advance(this.live, this.stride) || this.refreshStale(this.live) || this.joining !== undefined;
  }

  /** Works until everything is level with the log. */
  async catchUp(said?: (progress: Progress) => void): Promise<void> {
    while (await this.step()) said?.(this.progress());
  }

  progress(): Progress {
    const { position, cursor } = this.checkpointOf(this.joining ?? this.live);
    const building = this.joining ? Number(cursor.split('/')[1] ?? 0) : null;
    return { position: this.joining ? 0 : position, head: this.reader.head(), building };
  }

  private get stride(): number {
    const waiting = this.reader.head() - this.checkpointOf(this.live).position;
    return waiting >= largeBatchSize / 2 ? largeBatchSize : batchSize;
  }

  /** Whether a whole batch or more is waiting, or something is being built. */
  get behind(): boolean {
    const { position, head, building } = this.progress();
    return building !== null || head - position >= batchSize;
  }

  /** While an import runs, what it makes wrong is folded anew only when it is in; reads fold for themselves meanwhile. */
  coalesce(on: boolean): void {
    this.takeIn.coalescing = on;
  }

  /** Forgets the stored states of a projection, or of all, so that the next steps build them anew. */
  rebuild(name?: string): void {
    const again = this.projections.filter((projection) => name === undefined || projection.name === name);
    this.views.together(() => {
      for (const projection of again) this.views.forget(keyOf(projection));
    }, true);
    this.begin();
  }

  /** Sorts projections into those that are live and those that have to be built first; those that began together are built together. */
  private begin(): void {
    const { views, projections } = this;
    const have = () => new Map(views.checkpoints().map((one) => [one.key, one]));
    const head = this.reader.head();
    views.together(() => {
      // a log that is shorter than its views is another one, as after a restored backup: nothing stored can be trusted
      for (const { key, position } of have().values()) if (position > head) views.forget(key);
      const stored = have();
      for (const projection of projections) {
        views.tables.make(projection);
        const key = keyOf(projection);
        if (!stored.has(key)) views.setCheckpoint(key, head, false, '0/0');
      }
    }, true);
    const stored = have();
    this.live = trackOf(projections.filter((projection) => stored.get(keyOf(projection))?.live));
    const building = projections.filter((projection) => !stored.get(keyOf(projection))?.live);
    const first = building[0] && stored.get(keyOf(building[0]));
    const together = building.filter((projection) => {
      const { position, cursor } = stored.get(keyOf(projection))!;
      return position === first?.position && cursor === first.cursor;
    });
    this.joining = building.length > 0 ? trackOf(together) : undefined;
  }

  /** Takes in the next entries of the log; false where there are none. */
  private advance(track: Track, limit: number): boolean {
    if (track.keys.length === 0) return false;
    return this.reader.together(() => this.takeNext(track, limit));
  }

  private takeNext(track: Track, limit: number): boolean {
    const { position: from } = this.checkpointOf(track);
    const rows = this.reader.scan(from, limit);
    if (rows.length === 0) return false;
    const to = rows.at(-1)!.position;
    this.views.together(() => {
      for (const row of rows) this.noteRule(track, row);
      for (const [name, group] of this.bySubject(rows)) {
        const folder = folderOf(track, name);
        if (folder) this.takeIn.rows(folder, name, group, to);
      }
      this.views.advance(track.keys, from, to);
    }, true);
    return true;
  }

  private bySubject(rows: readonly Row[]): Map<string, Row[]> {
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      for (const subject of subjectsOfRow(this.reader, this.takeIn.wholes.structures, row)) {
        const group = groups.get(subject);
        if (group) group.push(row);
        else groups.set(subject, [row]);
      }
    }
    return groups;
  }

  /** A new rule makes stale what reads its part and reaches beyond its beginning. */
  private noteRule(track: Track, row: Row): void {
    if (this.reader.streamName(row.stream) !== programmeStream) return;
    for (const { part, from } of this.touched(row)) {
      for (const projection of track.projections) {
        if (projection.policy?.includes(part)) this.views.markStale(keyOf(projection), from);
      }
    }
  }

  private touched(row: Row): { part: PolicyPart; from: Instant }[] {
    const event = eventOfRow(row);
    if (isAnnotation(event.type)) {
      const { corrects, retracts } = event.data as { corrects?: string; retracts?: string };
      const target = this.reader.find((corrects ?? retracts)!);
      return target ? this.touched(target).map(({ part }) => ({ part, from: ALWAYS })) : [];
    }
    const rule = programmeRules[event.type];
    const calendar = event.type === 'FirmSettingsSet';
    return rule ? [{ part: rule.part, from: calendar ? ALWAYS : startOf(event) }] : [];
  }

  /** Folds some of the states anew that are marked as wrong; false where there are none. */
  private refreshStale(track: Track): boolean {
    const stale = this.takeIn.coalescing ? [] : this.views.staleSubjects(track.keys, staleSize);
    if (stale.length === 0) return false;
    const { position } = this.checkpointOf(track);
    const moment: Moment = { asOf: NEVER, knownAt: { position } };
    const refresh = () => {
      for (const { subject: name, time } of stale) {
        const folder = folderOf(track, name);
        const subject = this.takeIn.subject(name, moment.knownAt);
        if (folder)
          this.takeIn.refold(folder, subject, moment, { time, position: 0 }, this.takeIn.newest(subject, position));
        else for (const key of track.keys) this.views.fresh(name, key);
      }
    };
    this.reader.together(() => this.views.together(refresh, true));
    return true;
  }

  /** Catches a built track up with the live one, and makes it part of it. */
  private takeOver(track: Track): void {
    this.views.together(() => {
      for (const projection of track.projections) this.views.tables.order(projection);
    }, true);
    const target = this.live.keys.length > 0 ? this.checkpointOf(this.live).position : Number.POSITIVE_INFINITY;
    for (;;) {
      const { position } = this.checkpointOf(track);
      if (position >= target || !this.advance(track, Math.min(batchSize, target - position))) break;
    }
    const { position } = this.checkpointOf(track);
    const keys = new Set(this.projections.map(keyOf));
    this.views.together(() => {
      for (const key of track.keys) this.views.setCheckpoint(key, position, true);
      for (const projection of track.projections) this.views.tables.publish(projection);
      for (const { key } of this.views.checkpoints()) if (!keys.has(key)) this.views.forget(key);
    }, true);
    this.begin();
  }

  private checkpointOf(track: Track): { position: number; cursor: string } {
    return this.views.checkpoint(track.keys[0] ?? '') ?? { position: this.reader.head(), cursor: '' };
  }
}
