import type { Account } from './account.js';
import { board } from './stories/board.js';
import { diamond, repaired } from './stories/diamond.js';
import { group, undecided } from './stories/kinship.js';
import { burst, defended, ended, hunted, reduced, tilled } from './stories/market.js';
import { costly, misspent, overMeasured, restated, sacrifice } from './stories/money.js';
import { helpers, inflated, milkRound, moved } from './stories/people.js';
import type { Telling } from './telling.js';

/** What is worth finding in the portfolio; `docs/stories.md` asks for each. */
export function stories(telling: Telling, accounts: ReadonlyMap<string, Account>): void {
  const of = (id: string): Account => {
    const account = accounts.get(id);
    if (!account) throw new Error(`the demo has no account ${id}`);
    return account;
  };
  diamond(of('BRANDT'));
  repaired(of('PELLWORM'));
  inflated(of('KESTREL'));
  costly(of('GOLIATH'));
  sacrifice(of('SOLVEIG'));
  restated(of('OSTARA'));
  misspent(of('CORVUS'), of('HALYARD'));
  overMeasured(of('SEXTANT'));
  moved(of('ARDENT'), of('NORDLYS'));
  reduced(of('TRELLIS'));
  defended(of('IRONBRIDGE'));
  tilled(of('SOLVEIG'), of('SEXTANT'));
  hunted(of('FALCATA'), of('STILETTO'));
  ended(of('REDWING'), of('TALLOW'), of('EMBER'));
  burst(of('TRAMLINE'), of('RAILCRAFT'));
  undecided(of('THISTLE'), of('PINE'));
  group(accounts);
  milkRound(accounts);
  helpers([of('HALYARD'), of('TRELLIS')]);
  board(telling);
}
