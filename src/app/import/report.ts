import { Refusal } from '../../kernel/refusal.js';
import type { Remark } from './mapping.js';
import type { FileRecord } from './records.js';

/** One line of the row report. */
export interface ReportLine {
  readonly kind: 'rejected' | 'noted' | 'refused' | 'changed';
  readonly file: string;
  readonly line: number;
  readonly field: string;
  readonly reason: string;
  readonly row: unknown;
  readonly command?: string;
}

/** What an import came to. */
export interface Counts {
  rows: number;
  records: number;
  /** Commands that were recorded, or would be in a dry run. */
  recorded: number;
  repeated: number;
  changed: number;
  refused: number;
  /** Rows that the mapping could not use, or that could not be read. */
  rejected: number;
  noted: number;
}

/** What becomes of rows: counted, and each one that did not simply go in told with its line, field and reason. */
export class RowReport {
  readonly counts: Counts = {
    rows: 0,
    records: 0,
    recorded: 0,
    repeated: 0,
    changed: 0,
    refused: 0,
    rejected: 0,
    noted: 0,
  };

  constructor(readonly line: (line: ReportLine) => void) {}

  /** A row that nothing can be made of. */
  rejected(file: string, line: number, field: string, reason: string, row: unknown): void {
    this.counts.rejected++;
    this.line({ kind: 'rejected', file, line, field, reason, row });
  }

  /** What a mapping says of a row of a record. */
  remarked(remark: Remark, record: FileRecord, file: string): void {
    const { field, reason, row } = remark;
    const line = record.rows.find((one) => one.row === row)?.line ?? record.rows[0]!.line;
    if (remark.kind === 'rejected') {
      this.rejected(file, line, field, reason, row);
      return;
    }
    this.counts.noted++;
    this.line({ kind: 'noted', file, line, field, reason, row });
  }

  /** A record's command that a rule refused; whatever else went wrong is not the row's fault and ends the run. */
  refused(error: unknown, command: string, record: FileRecord, file: string): void {
    if (!(error instanceof Refusal) || error.category === 'unavailable' || error.category === 'fault') throw error;
    this.counts.refused++;
    const { row, line } = record.rows[0]!;
    const field = error.errors[0]?.pointer ?? '';
    this.line({ kind: 'refused', file, line, field, reason: `${error.code}: ${error.message}`, row, command });
  }
}
