import { createHash } from 'node:crypto';
import type { Imported } from '../../kernel/command.js';
import { iso, readWhen, utcCalendar } from '../../kernel/instant.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Foreign } from '../../vault/vault.js';
import type { Request } from '../execute.js';
import { ImportBatch } from './batch.js';
import { changesOf, correctionOf } from './changed.js';
import { type Claims, heard, type MappedCommand, type Mapping, type Remark } from './mapping.js';
import type { Sent, Standing, Target } from './port.js';
import { contiguous, type FileRecord, gathered } from './records.js';
import { Rehearsal } from './rehearsal.js';
import { type Counts, type ReportLine, RowReport } from './report.js';
import { type FileRow, rowsOf, type Unreadable } from './rows.js';
import { ImportTarget, requestFor } from './target.js';

/** How an import is asked for. */
export interface ImportOptions {
  readonly dryRun: boolean;
  readonly changed: 'report' | 'correct';
  /** Takes each line of the row report. */
  readonly report: (line: ReportLine) => void;
  /** Called now and then with what was counted so far. */
  readonly progress: (counts: Counts) => void;
}

/** Commands sent ahead of the oldest that is not durable yet. */
const inFlight = 2_000;

/** A record's command whose answer is still to be looked at. */
interface Asked {
  readonly sent: Sent;
  readonly request: Request;
  readonly record: FileRecord;
  readonly file: string;
  readonly claims: Claims;
}

/** One run of a mapping over files: every record's commands in order, each standing or falling by itself; a second run adds nothing. */
export class ImportRun {
  private readonly target: Target;
  private readonly report: RowReport;
  private batch!: ImportBatch;
  private readonly waiting: Promise<unknown>[] = [];
  private readonly asked: Asked[] = [];
  private readonly people = new Map<string, string>();

  constructor(
    target: Target,
    private readonly mapping: Mapping<never>,
    private readonly name: string,
    private readonly options: ImportOptions,
  ) {
    this.report = new RowReport(options.report);
    this.target = options.dryRun && target instanceof ImportTarget ? new Rehearsal(target.taproot) : target;
  }

  get counts(): Counts {
    return this.report.counts;
  }

  /** Imports files; answers with the batch (null where nothing was left to add) and the counts. */
  async run(files: readonly string[]): Promise<{ batchId: string | null; counts: Counts }> {
    this.batch = await ImportBatch.of(this.target, this.mapping.source, this.name, files);
    this.target.importing(true);
    try {
      for (const file of files) await this.file(file);
      await this.answers(0);
      await Promise.all(this.waiting);
    } finally {
      this.target.importing(false);
    }
    const { rejected, ...counts } = this.counts;
    await this.batch.complete(counts, rejected);
    this.options.progress(this.counts);
    return { batchId: this.batch.started ? this.batch.id : null, counts: this.counts };
  }

  private async file(file: string): Promise<void> {
    const aside = (one: FileRow | Unreadable) => {
      this.counts.rows++;
      this.report.rejected(
        file,
        one.line,
        'error' in one ? '' : 'key',
        'error' in one ? one.error : 'the row belongs to no record',
        'row' in one ? one.row : null,
      );
    };
    const rows = rowsOf(file, this.mapping.delimiter);
    const records = (this.mapping.together ? contiguous : gathered)(rows, this.mapping.key, aside);
    for await (const record of records) {
      this.counts.rows += record.rows.length;
      this.counts.records++;
      if (this.counts.records % 500 === 0) this.options.progress(this.counts);
      const commands = await this.commandsOf(record, file);
      const claims = this.mapping.claims?.(record.rows.map((one) => one.row) as never) ?? {};
      for (const [index, command] of commands.entries()) await this.tell(command, index, record, file, claims);
      if (this.waiting.length >= inFlight) await Promise.all(this.waiting.splice(0, inFlight / 2));
    }
  }

  /** The mapping's commands for a record; its remarks go into the report. Persons not met before are looked up together, then the mapping is asked again. */
  private async commandsOf(record: FileRecord, file: string): Promise<readonly MappedCommand[]> {
    for (;;) {
      const remarks: Remark[] = [];
      const unmet: Foreign[] = [];
      const person = (key: string, kind: 'contact' | 'member'): string => {
        const known = this.people.get(`${kind}/${key}`);
        if (known === undefined) unmet.push({ kind, source: this.mapping.source, key });
        return known ?? '00000000-0000-4000-8000-000000000000';
      };
      const rows = record.rows.map((one) => one.row);
      const commands = heard({ remark: (remark) => remarks.push(remark), person }, () =>
        this.mapping.commands(rows as never, { file, lines: record.rows.map((one) => one.line) }),
      );
      if (unmet.length === 0) {
        for (const remark of remarks) this.report.remarked(remark, record, file);
        return commands;
      }
      const ids = await this.target.persons(unmet);
      if (this.people.size > 200_000) this.people.clear();
      for (const [i, { kind, key }] of unmet.entries()) this.people.set(`${kind}/${key}`, ids[i]!);
    }
  }

  private async tell(
    mapped: MappedCommand,
    index: number,
    record: FileRecord,
    file: string,
    claims: Claims,
  ): Promise<void> {
    const { command: name, ...body } = mapped;
    const { source } = this.mapping;
    const imported: Imported = {
      batchId: this.batch.id,
      sourceSystem: source,
      sourceKey: record.key,
      index,
      round: await this.target.roundOf(name, source, record.key, index),
      ...(claims.knownAt === undefined ? {} : { knownAt: instantOf(claims.knownAt) }),
      ...(claims.actor === undefined ? {} : { sourceActor: claims.actor }),
    };
    const request = requestFor(name, body, imported);
    const { dryRun, changed } = this.options;
    const sent = dryRun ? await this.target.check(request) : await this.target.send(request, this.batch);
    this.asked.push({ sent, request, record, file, claims });
    this.waiting.push(sent.durable);
    // a correction comes before whatever follows its row
    await this.answers(changed === 'correct' ? 0 : this.target.ahead);
  }

  /** Looks at answers, the oldest first, until so many are left. */
  private async answers(left: number): Promise<void> {
    while (this.asked.length > left) {
      const one = this.asked.shift()!;
      const told = await one.sent.told;
      if (told.became === 'recorded') this.counts.recorded++;
      else if (told.became === 'known') this.counts.repeated++;
      else if (told.became === 'refused' && !isOther(told.error))
        this.report.refused(told.error, one.request.name, one.record, one.file);
      else await this.changed(one);
    }
  }

  /** A row whose content is not what was imported before: reported, or told as a correction; unless it says again what stands by now. */
  private async changed({ request, record, file, claims }: Asked): Promise<void> {
    const { name, body } = request;
    const standing = await this.target.standing(request);
    const correction = standing && correctionOf(standing, name, body as object);
    if (standing && !correction) {
      this.counts.repeated++;
      return;
    }
    this.counts.changed++;
    this.report.line({
      kind: 'changed',
      file,
      line: record.rows[0]!.line,
      field: changesOf(correction),
      reason: 'the row is not what was imported before',
      row: record.rows[0]!.row,
      command: name,
    });
    if (this.options.changed !== 'correct' || !correction) return;
    // a row that changes back and again makes the same correction of another state
    const content = JSON.stringify([correction, standing.event.correctedBy ?? []]);
    const key = `${record.key}#${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
    const sent = await this.target.send(
      requestFor('CorrectEvent', correction, {
        batchId: this.batch.id,
        sourceSystem: this.mapping.source,
        sourceKey: key,
        index: 0,
        round: 0,
        ...claimedSince(claims, standing),
      }),
      this.batch,
    );
    this.waiting.push(sent.durable);
    const told = await sent.told;
    if (told.became === 'refused') this.report.refused(told.error, 'CorrectEvent', record, file);
  }
}

/**
 * What the source claims of a change: when it had recorded it and who did. A claim that is no newer than what is known already speaks
 * of the record as it was; then the change is known from when it is recorded here.
 */
function claimedSince({ knownAt, actor }: Claims, { known }: Standing): Partial<Imported> {
  const at = knownAt === undefined ? undefined : instantOf(knownAt);
  if (at === undefined || Date.parse(at) <= known) return {};
  return { knownAt: at, ...(actor === undefined ? {} : { sourceActor: actor }) };
}

/** Whether a command was told before with other content. */
const isOther = (error: unknown): boolean => error instanceof Refusal && error.code === 'command/content-differs';

/** A claim of when the source knew, as it is stored; a bare date is the start of its day in UTC. */
function instantOf(knownAt: string): string {
  const at = readWhen(knownAt, 'start', utcCalendar);
  if (at !== null) return iso(at);
  throw new Refusal('config/invalid', `The mapping claims knownAt ${knownAt}; it must be an instant or a date`);
}
