import {
  type ExtractedAccount,
  type FigureExtracts,
  figureExtracts,
  type ReportExtracts,
  reportExtracts,
} from './extracts.js';
import type { Moments } from './moments.js';
import type { FoldPool } from './pool.js';

/** Figures over the population by name, at one moment. */
export type Figures = Readonly<Record<string, object>>;

/** From how many accounts and events on it is worth to hand folds to threads. */
const threadsFrom = { accounts: 100, events: 20_000 };

/** Extracts of accounts, in their order: by the pool's threads where there is enough to fold, else here. */
export class Extracting {
  constructor(
    private readonly moments: Moments,
    private readonly pool?: FoldPool,
    private readonly worth = threadsFrom,
  ) {}

  /** What a report keeps of accounts. `figures` are those that its views may look at: threads have no accounts to make them from. */
  async report(
    what: ReportExtracts,
    accounts: readonly ExtractedAccount[],
    figures: () => Promise<Figures>,
  ): Promise<(object | null)[]> {
    const pool = this.poolFor(accounts);
    return pool ? pool.report(what, await figures(), accounts) : reportExtracts(this.moments, what, accounts);
  }

  /** What a figure over the population keeps of accounts. */
  async figure(what: FigureExtracts, accounts: readonly ExtractedAccount[]): Promise<(object | null)[]> {
    return this.poolFor(accounts)?.figure(what, accounts) ?? figureExtracts(this.moments, what, accounts);
  }

  private poolFor(accounts: readonly unknown[]): FoldPool | undefined {
    const enough = accounts.length >= this.worth.accounts && this.moments.reader.head() >= this.worth.events;
    return enough ? this.pool : undefined;
  }
}
