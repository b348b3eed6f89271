import type { AccountRegistered } from '../domain/account/account.events.js';
import { upcast } from '../domain/upcasters.js';
import { effective } from '../kernel/history.js';
import { isKnown } from '../kernel/knowing.js';
import type { Moment } from '../kernel/projection.js';
import type { Reader } from '../ledger/reader.js';
import { eventOfRow } from './histories.js';
import type { Structures } from './structure.js';

/** An account as lists and reports need it. */
export interface ListedAccount {
  readonly accountId: string;
  readonly name: string;
  readonly currency: string;
  readonly customerType: string;
  readonly oemFitShare: number | null;
  readonly region: string | null;
  readonly industry: string | null;
  readonly externalIds: readonly { readonly system: string; readonly id: string }[];
}

/** Which accounts there are: read once from their registrations, and kept level with the log. */
export class Accounts {
  private to = 0;
  private annotatedTo = 0;
  private readonly first = new Map<string, number>();
  private readonly touched = new Set<string>();
  private readonly simple = new Map<string, ListedAccount>();

  constructor(
    private readonly reader: Reader,
    private readonly structures: Structures,
  ) {}

  /** Accounts registered by what was known then, those merged away by then left out; by id. */
  at(moment: Moment): readonly ListedAccount[] {
    this.sync();
    const { mergedInto } = this.structures.at(moment);
    const list: ListedAccount[] = [];
    for (const accountId of this.first.keys()) {
      const account = mergedInto.has(accountId) ? undefined : this.one(accountId, moment);
      if (account) list.push(account);
    }
    return list.sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
  }

  /** One account, merged or not; undefined where it was not registered by then. */
  one(accountId: string, moment: Moment): ListedAccount | undefined {
    this.sync();
    const position = this.first.get(accountId);
    const row = position === undefined ? undefined : this.reader.at(position);
    if (!row || !isKnown(row, moment.knownAt)) return undefined;
    const simple = this.simple.get(accountId);
    if (simple && !this.touched.has(accountId)) return simple;
    const about = this.reader.annotationsOfStream(row.stream).filter((one) => isKnown(one, moment.knownAt));
    const changes = this.reader
      .ofStreamAndType(row.stream, 'AccountReclassified')
      .filter((one) => isKnown(one, moment.knownAt) && one.time <= moment.asOf);
    const told = effective([row, ...changes, ...about].map(eventOfRow), upcast);
    const registered = told.find((event) => event.type === 'AccountRegistered');
    if (!registered) return undefined;
    const data = { ...(registered.data as AccountRegistered) };
    for (const event of told) if (event !== registered) Object.assign(data, event.data);
    return listed(accountId, data);
  }

  private sync(): void {
    this.to = this.take('AccountRegistered', this.to, (row) => {
      const id = this.reader.accountId(row.account!);
      this.first.set(id, row.position);
      this.simple.set(id, listed(id, eventOfRow(row).data as AccountRegistered));
    });
    const head = this.reader.head();
    for (const type of ['AccountReclassified', 'EventCorrected', 'EventRetracted']) {
      this.take(type, this.annotatedTo, (row) => {
        if (row.account !== null && this.reader.streamName(row.stream).startsWith('account-'))
          this.touched.add(this.reader.accountId(row.account));
      });
    }
    this.annotatedTo = head;
  }

  private take(type: string, from: number, each: (row: ReturnType<Reader['ofType']>[number]) => void): number {
    for (let to = from; ; ) {
      const rows = this.reader.ofType(type, to, 5_000);
      for (const row of rows) each(row);
      if (rows.length > 0) to = rows.at(-1)!.position;
      if (rows.length < 5_000) return to;
    }
  }
}

function listed(accountId: string, data: AccountRegistered): ListedAccount {
  const { name, currency, customerType, oemFitShare, region, industry, externalIds } = data;
  return {
    accountId,
    name,
    currency,
    customerType,
    oemFitShare: oemFitShare ?? null,
    region: region ?? null,
    industry: industry ?? null,
    externalIds: externalIds ?? [],
  };
}
