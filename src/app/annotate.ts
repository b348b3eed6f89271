import type { CorrectEvent, RetractEvent } from '../domain/correction.commands.js';
import type { Topic } from '../domain/topic.js';
import { upcast } from '../domain/upcasters.js';
import type { Draft } from '../kernel/decider.js';
import { corrected, type Event, isAnnotation, retracted } from '../kernel/event.js';
import { effectiveStream } from '../kernel/history.js';
import type { Instant } from '../kernel/instant.js';
import { Refusal } from '../kernel/refusal.js';
import type { EventStore } from '../store/event-store.js';
import { type Annotating, correcting, faultsOf, retracting } from './corrections.js';
import type { Prepared } from './prepare.js';
import type { Rules } from './rules.js';
import { fold } from './states.js';

/** What a decision came to: the events it asks for at a revision of the stream, and their valid time where they do not say it. */
export interface Decision {
  readonly drafts: readonly Draft[];
  readonly revision: number;
  readonly at: Instant;
  readonly annotating?: Annotating;
}

/** Decides a correction or retraction on all that was told in its stream: generic over all events, strict only about what may never be. */
export async function annotate(
  prepared: Prepared,
  target: Event<string, object>,
  told: readonly Event<string, object>[],
  store: EventStore,
  rules: Rules,
  now: Instant,
): Promise<Decision> {
  const revision = told.at(-1)?.streamrevision ?? -1;
  if (prepared.name === 'RetractEvent' && isGone(told, target.id)) return { drafts: [], revision, at: now };
  const annotating =
    prepared.name === 'CorrectEvent'
      ? correcting(prepared.command as CorrectEvent, target, rules.current().at(now).settings, now)
      : await retracting(store, prepared.command as RetractEvent, target);
  const draft: Draft = {
    type: annotating.type,
    data: annotating.data,
    time: now,
    ...(target.accountid === undefined ? {} : { accountid: target.accountid }),
  };
  const asIf = { ...target, ...draft, id: 'as-if', position: Number.MAX_SAFE_INTEGER } as Event<string, object>;
  checkAsIf(prepared.topic, told, asIf);
  return { drafts: [draft], revision, at: now, annotating };
}

/** Folds the stream as if the annotation stood: its target must still fit its class, and only strict invariants refuse. */
function checkAsIf(topic: Topic, told: readonly Event<string, object>[], annotation: Event<string, object>): void {
  const asIf = [...told, annotation];
  if (annotation.type === corrected) {
    const { corrects } = annotation.data as { corrects: string };
    const after = effectiveStream(asIf, upcast).find((event) => event.id === corrects);
    if (!after) {
      throw new Refusal(
        'event/already-retracted',
        `Event ${corrects} is retracted; retract the retraction before correcting it`,
      );
    }
    const bad = faultsOf(after);
    if (bad.length > 0) {
      const errors = bad.map((field) => ({ ...field, pointer: `/set${field.pointer}` }));
      throw new Refusal('correction/invalid', bad[0]!.detail, { errors });
    }
  }
  const { holds, fewerHolds } = topic.decider;
  const takesAway = annotation.type === retracted && !revives(told, annotation);
  if (holds && !(fewerHolds && takesAway)) holds(fold(topic, asIf));
}

/** Whether a retraction brings something back: it is said of a correction or of another retraction. */
const revives = (told: readonly Event<string, object>[], { data }: Event<string, object>): boolean => {
  const { retracts } = data as { retracts: string };
  return told.some((event) => event.id === retracts && isAnnotation(event.type));
};

/** Whether a retraction of the event stands, retractions of retractions considered. */
export function isGone(told: readonly Event<string, object>[], id: string): boolean {
  const retractions = told.filter((event) => isAnnotation(event.type));
  const stands = (target: string): boolean =>
    retractions.some((one) => (one.data as { retracts?: string }).retracts === target && !stands(one.id));
  return stands(id);
}
