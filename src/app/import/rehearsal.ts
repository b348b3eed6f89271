import { RehearsedStore } from '../../store/rehearsed.js';
import { RehearsedVault } from '../../vault/rehearsed.js';
import type { Foreign } from '../../vault/vault.js';
import type { Execute, Request } from '../execute.js';
import type { Taproot } from '../taproot.js';
import type { Sent } from './port.js';
import { ImportTarget, refusedAs } from './target.js';

/** The target of a dry run: commands are carried out over the log and what earlier rows told, and nothing of it is recorded. */
export class Rehearsal extends ImportTarget {
  private readonly vault: RehearsedVault;
  private readonly execute: Execute;

  constructor(taproot: Taproot) {
    super(taproot);
    this.vault = new RehearsedVault(taproot.vault);
    this.execute = taproot.execute.over(new RehearsedStore(taproot.store, taproot.clock), this.vault);
  }

  override async check(request: Request): Promise<Sent> {
    try {
      const { receipt } = await this.execute.stage({ ...request, imported: undefined });
      return this.answerOf(request, receipt);
    } catch (error) {
      return refusedAs(error);
    }
  }

  override send(request: Request): Promise<Sent> {
    return this.check(request);
  }

  override async tell(): Promise<void> {}

  override persons(foreign: readonly Foreign[]): Promise<readonly string[]> {
    return this.vault.persons(foreign);
  }

  /** Nothing is imported, so nobody is told; at the end what was made for it is thrown away. */
  override importing(on: boolean): void {
    if (!on) this.vault.close();
  }
}
