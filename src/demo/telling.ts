import { requestFor } from '../app/import/target.js';
import type { Request } from '../app/execute.js';
import { accountCommands } from '../domain/account/account.commands.js';
import { activityCommands } from '../domain/activity/activity.commands.js';
import { booksCommands } from '../domain/books/books.commands.js';
import { contactCommands } from '../domain/contact/contact.commands.js';
import { correctionCommands } from '../domain/correction.commands.js';
import { memberCommands } from '../domain/member/member.commands.js';
import { programmeCommands } from '../domain/programme/programme.commands.js';
import { structureCommands } from '../domain/structure/structure.commands.js';
import { idOf, idsOf } from '../kernel/identity.js';
import { type Instant, iso, MINUTE_MS } from '../kernel/instant.js';
import { lastDay, roll } from './days.js';

const onAccounts = { ...accountCommands, ...activityCommands, ...booksCommands };
const commands = {
  ...onAccounts,
  ...contactCommands,
  ...memberCommands,
  ...programmeCommands,
  ...structureCommands,
  ...correctionCommands,
};

type Commands = typeof commands;
export type CommandName = keyof Commands;
/** A command on one account's dealings, money or standing. */
export type AccountCommandName = keyof typeof onAccounts;
/** What a command says, besides when. */
export type Body<N extends CommandName> = Omit<InstanceType<Commands[N]>, 'occurredAt'>;

/** How something came to be known: by which day or instant, or after how many hours, and through whom. */
export interface How {
  readonly known?: string;
  readonly hours?: number;
  readonly by?: string;
}

interface Line {
  readonly request: Request;
  readonly known: Instant;
}

/** The source system that every event of the demo names. */
export const source = 'demo';
/** The batch that every event of the demo belongs to. */
export const batchId = 'demo';

const end = Date.parse(`${lastDay}T20:00:00Z`);

/** Everything that is told, in the order in which the firm learned it. */
export class Telling {
  private readonly lines: Line[] = [];
  private readonly counts = new Map<string, number>();
  private readonly ids: ReturnType<typeof idsOf>;

  constructor(origin: string) {
    this.ids = idsOf(origin);
  }

  /** Tells one command of something at a day or an instant; answers with the id that its event will have. */
  tell<N extends CommandName>(about: string, name: N, at: string, body: Body<N>, how: How = {}): string {
    const occurred = instantOf(at, about);
    const known = Math.min(end, how.known ? instantOf(how.known, about) : occurred + (how.hours ?? 3) * 60 * MINUTE_MS);
    if (occurred > end || known < occurred) throw new Error(`the demo cannot know ${name} of ${about} on ${at}`);
    const count = (this.counts.get(about) ?? 0) + 1;
    this.counts.set(about, count);
    const request = requestFor(
      name,
      name === 'CorrectEvent' || name === 'RetractEvent' ? body : { ...body, occurredAt: iso(occurred) },
      {
        batchId,
        sourceSystem: source,
        sourceKey: `${about}-${String(count).padStart(4, '0')}`,
        index: 0,
        round: 0,
        knownAt: iso(known),
        sourceActor: how.by ?? 'sales-desk',
      },
    );
    this.lines.push({ request, known });
    return this.ids(`import:${source}`, name, request.commandId, 0);
  }

  /** Requests by when each became known; what became known together stays in the order in which it was told. */
  requests(): readonly Request[] {
    return [...this.lines].sort((a, b) => a.known - b.known).map(({ request }) => request);
  }
}

/** An instant, or an hour of the working day that is always the same for one account. */
const instantOf = (at: string, about: string): Instant =>
  Date.parse(at.length > 10 ? at : `${at}T${String(7 + roll(about, 9)).padStart(2, '0')}:${10 + roll(at, 45)}:00Z`);

/** The id of a person in the demo: fixed, of the form of a random one, and made of a key that says nothing about the person. */
export function personId(kind: 'contact' | 'member', key: string): string {
  const id = idOf(source, kind, key);
  return `${id.slice(0, 14)}4${id.slice(15)}`;
}
