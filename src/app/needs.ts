import { topicNamed } from '../domain/catalogue.js';
import type { Cited, Found, FoundEvent, Need } from '../kernel/decider.js';
import { type Event, isAnnotation, retracted } from '../kernel/event.js';
import type { Instant } from '../kernel/instant.js';
import { type FieldError, Refusal, type RefusalCode } from '../kernel/refusal.js';
import type { EventStore } from '../store/event-store.js';
import type { States } from './states.js';

/** An account's view as a decision sees it: at (occurredAt, now), with the position it was judged at. */
export type ViewForDecision = (
  view: string,
  accountId: string,
  at: Instant,
) => Promise<{ data: unknown; position: number }>;

/** Fetches what a command needs to see of other streams before it is decided. */
export class Needs {
  /** Streams known to exist: a positive answer stays true for ever. */
  private readonly existing = new Set<string>();
  /** Retractions by stream, and the revision up to which they were looked for. */
  private readonly retractions = new Map<string, { to: number; readonly about: Event<string, object>[] }>();

  constructor(
    private readonly store: EventStore,
    private readonly states: States,
    private readonly views: ViewForDecision,
  ) {}

  async fetch(needs: readonly Need<object>[], command: object, occurredAt: Instant): Promise<Found> {
    const states = new Map<string, unknown>();
    const views = new Map<string, { data: unknown; position: number }>();
    const events = new Map<string, FoundEvent>();
    const missing: (FieldError & { noun: string })[] = [];
    for (const need of needs) {
      if (need.kind === 'exists') missing.push(...(await this.missing(need.noun, need.of(command as never))));
      else if (need.kind === 'state')
        for (const id of need.of(command as never))
          states.set(`${need.decider}-${id}`, await this.state(need.decider, id));
      else if (need.kind === 'event') await this.events(need.of(command as never), events);
    }
    if (missing.length > 0) throw unknown(missing);
    for (const need of needs) {
      if (need.kind !== 'view') continue;
      const id = need.of(command as never);
      views.set(`${need.view}-${id}`, await this.views(need.view, id, occurredAt));
    }
    return {
      state: <S>(decider: string, id: string) => states.get(`${decider}-${id}`) as S,
      view: <V>(name: string, id: string) => views.get(`${name}-${id}`) as { data: V; position: number },
      event: (id) => events.get(id),
    };
  }

  private async missing(noun: string, cited: readonly Cited[]): Promise<(FieldError & { noun: string })[]> {
    const gaps: (FieldError & { noun: string })[] = [];
    for (const { id, pointer } of cited) {
      const stream = `${noun}-${id}`;
      if (this.existing.has(stream)) continue;
      if (this.store.known(stream) < 0 && (await this.store.head(stream)) < 0)
        gaps.push({ noun, pointer, code: 'unknown', detail: `There is no ${noun} ${id}; record it first` });
      else this.remember(stream);
    }
    return gaps;
  }

  private remember(stream: string): void {
    if (this.existing.size >= 100_000) this.existing.clear();
    this.existing.add(stream);
  }

  private async state(decider: string, id: string): Promise<unknown> {
    const topic = topicNamed(decider);
    const stream = id === decider ? decider : `${decider}-${id}`;
    return (await this.states.load(topic, stream)).state;
  }

  private async events(cited: readonly Cited[], into: Map<string, FoundEvent>): Promise<void> {
    for (const { id } of cited) {
      const event = await this.store.find(id);
      if (!event || isAnnotation(event.type)) continue;
      const { type, time, position, accountid } = event;
      into.set(id, {
        type,
        time,
        position,
        retracted: await this.isRetracted(id, event.subject),
        ...(accountid === undefined ? {} : { accountid }),
      });
    }
  }

  /** Whether a retraction of the event stands, retractions of retractions considered. */
  private async isRetracted(id: string, stream: string): Promise<boolean> {
    const about = await this.retractionsOf(stream);
    const stands = (target: string): boolean =>
      about.some((a) => (a.data as { retracts?: string }).retracts === target && !stands(a.id));
    return about.length > 0 && stands(id);
  }

  /** All retractions in a stream; of what was looked through before only the rest is read. */
  private async retractionsOf(stream: string): Promise<readonly Event<string, object>[]> {
    const known = this.retractions.get(stream) ?? { to: -1, about: [] };
    const head = await this.store.head(stream);
    if (known.to >= head) return known.about;
    const more = await this.store.read(stream, known.to + 1);
    const about = [...known.about, ...more.filter((event) => event.type === retracted)];
    if (this.retractions.size >= 10_000) this.retractions.clear();
    this.retractions.set(stream, { to: more.at(-1)?.streamrevision ?? known.to, about });
    return about;
  }
}

function unknown(gaps: readonly (FieldError & { noun: string })[]): Refusal {
  const [first] = gaps;
  const more =
    gaps.length > 1
      ? `; also unknown: ${gaps
          .slice(1)
          .map((gap) => gap.pointer)
          .join(', ')}`
      : '';
  const errors = gaps.map(({ pointer, code, detail }) => ({ pointer, code, detail }));
  return new Refusal(`${first!.noun}/unknown` as RefusalCode, `${first!.detail}${more}`, { errors });
}
