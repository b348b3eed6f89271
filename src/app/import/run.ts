import { createHash } from 'node:crypto';
import type { Imported } from '../../kernel/command.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Foreign } from '../../vault/vault.js';
import { type Request, type Staged, settled } from '../execute.js';
import { ImportBatch } from './batch.js';
import { correctionOf } from './changed.js';
import { heard, type MappedCommand, type Mapping, type Remark } from './mapping.js';
import { contiguous, type FileRecord, gathered } from './records.js';
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

/** Commands staged ahead of the oldest that is not durable yet. */
const inFlight = 2_000;

/** One run of a mapping over files: every record's commands in order, each standing or falling by itself; a second run adds nothing. */
export class ImportRun {
  private readonly report: RowReport;
  private batch!: ImportBatch;
  private readonly waiting: Promise<unknown>[] = [];
  private readonly people = new Map<string, string>();

  constructor(
    private readonly target: ImportTarget,
    private readonly mapping: Mapping<never>,
    private readonly name: string,
    private readonly options: ImportOptions,
  ) {
    this.report = new RowReport(options.report);
  }

  get counts(): Counts {
    return this.report.counts;
  }

  /** Imports files; answers with the batch (null where nothing was left to add) and the counts. */
  async run(files: readonly string[]): Promise<{ batchId: string | null; counts: Counts }> {
    this.batch = await ImportBatch.of(this.target.taproot, this.mapping.source, this.name, files);
    const { projector } = this.target.taproot;
    projector.coalesce(true);
    try {
      for (const file of files) await this.file(file);
      await Promise.all(this.waiting);
    } finally {
      projector.coalesce(false);
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
      for (const [index, command] of commands.entries()) {
        await this.tell(command, index, record, file, {
          ...(claims.knownAt === undefined ? {} : { knownAt: claims.knownAt }),
          ...(claims.actor === undefined ? {} : { sourceActor: claims.actor }),
        });
      }
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
    claims: Partial<Imported>,
  ): Promise<void> {
    const { command: name, ...body } = mapped;
    const { source } = this.mapping;
    const told = await this.target.toldBefore(name, source, record.key, index);
    const round = told === undefined ? 0 : told.stands ? told.round : told.round + 1;
    const imported: Imported = {
      batchId: this.batch.id,
      sourceSystem: source,
      sourceKey: record.key,
      index,
      round,
      ...claims,
    };
    const request = requestFor(name, body, imported);
    const refuse = (error: unknown) => this.report.refused(error, name, record, file);
    try {
      if (this.options.dryRun) {
        if (told?.stands) this.counts.repeated++;
        else {
          await this.target.taproot.execute.dryRun({ ...request, imported: undefined });
          this.counts.recorded++;
        }
        return;
      }
      const staged = await this.staged(request);
      if (staged.receipt.repeated || staged.receipt.events.length === 0) this.counts.repeated++;
      else this.counts.recorded++;
      this.waiting.push(settled(staged));
    } catch (error) {
      if (error instanceof Refusal && error.code === 'command/content-differs' && told)
        await this.changed(told.eventId, name, body, record, file);
      else refuse(error);
    }
  }

  /** A row whose content is not what was imported before: reported, or told as a correction. */
  private async changed(eventId: string, name: string, body: object, record: FileRecord, file: string): Promise<void> {
    this.counts.changed++;
    const correction = await correctionOf(this.target.taproot, eventId, name, body);
    const differs = correction
      ? [
          ...Object.keys(correction.set ?? {}),
          ...(correction.unset ?? []),
          ...(correction.time ? ['occurredAt'] : []),
        ].join(', ')
      : '';
    this.report.line({
      kind: 'changed',
      file,
      line: record.rows[0]!.line,
      field: differs,
      reason: 'the row is not what was imported before',
      row: record.rows[0]!.row,
      command: name,
    });
    if (this.options.changed !== 'correct' || !correction) return;
    const key = `${record.key}#${createHash('sha256').update(JSON.stringify(correction)).digest('hex').slice(0, 16)}`;
    const imported: Imported = {
      batchId: this.batch.id,
      sourceSystem: this.mapping.source,
      sourceKey: key,
      index: 0,
      round: 0,
    };
    try {
      this.waiting.push(settled(await this.staged(requestFor('CorrectEvent', correction, imported))));
    } catch (error) {
      this.report.refused(error, 'CorrectEvent', record, file);
    }
  }

  /** Carries a command out; the batch begins when the first one has something to record. */
  private async staged(request: Request): Promise<Staged> {
    try {
      return await this.target.stage(request);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'batch/unknown' || this.batch.started) throw error;
      await this.batch.begin();
      return this.target.stage(request);
    }
  }
}
