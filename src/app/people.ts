import type { Actor } from '../kernel/command.js';
import { IsPart, Optional } from '../kernel/fields.js';
import type { Calendar } from '../kernel/instant.js';
import { isKnown } from '../kernel/knowing.js';
import { IsText } from '../kernel/kinds.js';
import type { Moment } from '../kernel/projection.js';
import { read } from '../kernel/read.js';
import type { Vault } from '../vault/vault.js';
import type { Answers } from './answers.js';
import { checkKnown } from './known.js';
import type { Moments } from './moments.js';
import { openedAll } from './opened.js';

class ExternalId {
  @IsText(100, { public: 'asked, not stored' }) system!: string;
  @IsText(200, { public: 'asked, not stored' }) id!: string;
}

/** By what a contact is looked for. */
class Finding {
  @Optional() @IsText(320, { public: 'asked, not stored' }) email?: string;
  @Optional() @IsPart(() => ExternalId) externalId?: ExternalId;
}

/** Roles that may read personal fields; `admin` alone may not. */
const readers = ['analyst', 'auditor', 'privacy'];

/** Whether personal fields are opened for this principal. */
export const mayReadPersonal = (actor: Actor): boolean => actor.roles.some((role) => readers.includes(role));

/** Persons of ours and of theirs, with their names joined at the edge. */
export class People {
  constructor(
    private readonly moments: Moments,
    private readonly answers: Answers,
    private readonly vault: Vault,
  ) {}

  /** Ids of all persons of ours, or theirs, who were known of at the moment. */
  ids(of: 'contact' | 'member', moment: Moment): string[] {
    const ids = this.moments.reader.streamsLike(`${of}-`, '', -1).map((stream) => stream.slice(of.length + 1));
    return ids.filter((id) => this.isKnown(of, id, moment));
  }

  private isKnown(of: 'contact' | 'member', id: string, { knownAt }: Moment): boolean {
    const [first] = this.moments.reader.stream(`${of}-${id}`, 0, 1);
    return first !== undefined && isKnown(first, knownAt);
  }

  /** A person's view; refused where the log knew none of that id. */
  async one(of: 'contact' | 'member', id: string, moment: Moment, actor: Actor): Promise<{ readonly data: object }> {
    checkKnown(this.moments.reader, of, id, moment);
    const answer = this.answers.view({ view: of, id, moment, scope: 'account', members: 'then', asked: {} });
    const details = await this.details(of, id, moment, actor);
    return { ...answer, data: { ...(answer.data as object), details } };
  }

  /** Contacts that the vault's blind index holds for an e-mail or an external id. */
  async find(body: unknown, calendar: Calendar): Promise<{ contactId: string }[]> {
    const { email, externalId } = read(Finding, body, calendar);
    const found = [
      email === undefined ? undefined : await this.vault.known('contact', 'email', email.trim().toLowerCase()),
      externalId === undefined ? undefined : await this.vault.known('contact', externalId.system, externalId.id),
    ];
    return [...new Set(found)].flatMap((contactId) => (contactId === undefined ? [] : [{ contactId }]));
  }

  private async details(of: 'contact' | 'member', id: string, moment: Moment, actor: Actor): Promise<object> {
    const events = this.moments.histories.events({ of, id }, moment);
    const fields: Record<string, unknown> = {};
    for (const { data } of await openedAll(this.vault, events, mayReadPersonal(actor))) {
      for (const name of ['name', 'email', 'phone', 'externalIds'])
        if (name in data) fields[name] = (data as Record<string, unknown>)[name];
    }
    return fields;
  }
}
