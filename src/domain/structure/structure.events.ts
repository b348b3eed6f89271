import type { EventsOf } from '../../kernel/event.js';
import { Nullable } from '../../kernel/fields.js';
import { IsId, IsText } from '../../kernel/kinds.js';

/** An account belongs under another from then on; null: under nobody. */
export class AccountPlacedUnder {
  @IsId() accountId!: string;
  @Nullable() @IsId() parentId!: string | null;
}

/** Two accounts were found to be one: the first one's dealings count as the second's. */
export class AccountsMerged {
  static readonly permanent = true;
  @IsId() from!: string;
  @IsId() into!: string;
  @IsText(8000) reason!: string;
}

/** They were two after all. */
export class AccountsUnmerged {
  static readonly permanent = true;
  @IsId() from!: string;
  @IsId() into!: string;
  @IsText(8000) reason!: string;
}

/** What can happen on the `structure` stream, by stored name. */
export const structureEvents = { AccountPlacedUnder, AccountsMerged, AccountsUnmerged };

/** Any event of who belongs under whom. */
export type StructureEvent = EventsOf<typeof structureEvents>;
