import type { Request } from '../app/execute.js';
import { standingIn } from '../app/import/changed.js';
import type { Standing } from '../app/import/port.js';
import { corrected, type Entry, type Event, retracted } from '../kernel/event.js';
import { eventFrom } from '../kernel/history.js';
import { idOf, idsOf } from '../kernel/identity.js';
import type { Calendar } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import { type Client, part } from './client.js';

/** An event as the service shows it. */
export type Shown = Entry & { readonly position: number };

/** What an import has to know of a service's log: what was told before, and what was taken back. */
export class RemoteLog {
  private ids: ReturnType<typeof idsOf> | undefined;
  private retractions: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
  private corrections: Promise<ReadonlySet<string>> | undefined;

  constructor(private readonly client: Client) {}

  /** Events of a stream, their personal fields opened; none where there is no such stream. */
  async stream(name: string): Promise<Event<string, object>[]> {
    const events: Event<string, object>[] = [];
    for (let from: string | null = '0'; from !== null; ) {
      const page: { items: Shown[]; next: string | null } | undefined = await found(
        this.client.get(`/v1/streams/${part(name)}`, { from, limit: '1000' }),
        'stream/unknown',
      );
      for (const one of page?.items ?? [])
        events.push(eventFrom(one, one.position, Date.parse(one.time), Date.parse(one.knowntime ?? one.recordedtime)));
      from = page?.next ?? null;
    }
    return events;
  }

  /** The first round of a record's command whose event no import's retraction has taken back. */
  async roundOf(name: string, source: string, key: string, index: number): Promise<number> {
    this.retractions ??= this.retracted();
    const by = await this.retractions;
    if (by.size === 0) return 0;
    const takenBack = (id: string): boolean => (by.get(id) ?? []).some((retraction) => !takenBack(retraction));
    const ids = (await this.idsOfLog())!;
    for (let round = 0; ; round++)
      if (!takenBack(ids(`import:${source}`, name, idOf(source, key, index, round), 0))) return round;
  }

  /** The event of a command that was told before; undefined where it was not. */
  async has(request: Request): Promise<string | undefined> {
    return (await this.entry(request))?.id;
  }

  /** Whether an event still stands as it was told, as far as imports before this one go. */
  async toldBefore(eventId: string): Promise<'known' | 'corrected'> {
    this.corrections ??= this.correctedByImports();
    return (await this.corrections).has(eventId) ? 'corrected' : 'known';
  }

  /** The event of a command as it stands now; undefined where it was never told, or was retracted. */
  async standing(request: Request): Promise<Standing | undefined> {
    const entry = await this.entry(request);
    if (!entry) return undefined;
    const standing = standingIn(await this.stream(entry.subject), entry.id);
    const policy = await this.client.get<{ data: { settings: Calendar } }>('/v1/programme/policy');
    return standing && { ...standing, calendar: policy.data.settings };
  }

  /** Events of an import batch, oldest first: what a revert takes back. */
  async *ofBatch(batchId: string, after: number): AsyncGenerator<Shown> {
    for await (const event of this.client.objects<Shown>('/v1/events', { after: String(after) }))
      if (event.correlationid === batchId && event.type !== retracted) yield event;
  }

  private async entry({ actor, name, commandId }: Request): Promise<Entry | undefined> {
    const ids = await this.idsOfLog();
    if (!ids) return undefined;
    return found(this.client.get<Entry>(`/v1/events/${ids(actor.scope, name, commandId, 0)}`), 'event/unknown');
  }

  /** How the log makes ids, from its name; undefined while it is empty and has none to show. */
  private async idsOfLog(): Promise<ReturnType<typeof idsOf> | undefined> {
    if (this.ids) return this.ids;
    for await (const { source } of this.client.objects<Shown>('/v1/events', { limit: '1' })) this.ids = idsOf(source);
    return this.ids;
  }

  /** Ids of the events that imports corrected. */
  private async correctedByImports(): Promise<ReadonlySet<string>> {
    const ids = new Set<string>();
    for await (const event of this.client.objects<Shown>('/v1/events', { type: corrected }))
      if (event.authtype === 'import') ids.add((event.data as { corrects: string }).corrects);
    return ids;
  }

  /** Ids of the retractions that imports told, by the event that each takes back. */
  private async retracted(): Promise<ReadonlyMap<string, readonly string[]>> {
    const by = new Map<string, string[]>();
    for await (const event of this.client.objects<Shown>('/v1/events', { type: retracted })) {
      if (event.authtype !== 'import') continue;
      const { retracts } = event.data as { retracts: string };
      const list = by.get(retracts);
      if (list) list.push(event.id);
      else by.set(retracts, [event.id]);
    }
    return by;
  }
}

/** An answer, or undefined where the service says that there is no such thing. */
async function found<T>(answer: Promise<T>, code: string): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Refusal && error.code === code) return undefined;
    throw error;
  }
}
