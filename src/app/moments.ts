import { projectionNamed } from '../../projections/registry.js';
import { once, whenSeen } from '../kernel/figures.js';
import type { Instant } from '../kernel/instant.js';
import { isKnown } from '../kernel/knowing.js';
import type { Policies } from '../kernel/policies.js';
import type { Policy } from '../kernel/policy.js';
import type { AnyProjection, Moment, Seen, Subject, Used } from '../kernel/projection.js';
import { Refusal } from '../kernel/refusal.js';
import type { Reader } from '../ledger/reader.js';
import { Folder, type FoldStates, keyOf, statesByName } from './folder.js';
import { before, Histories } from './histories.js';
import { firstOf, inTurn } from './pages.js';
import { foldOn, type Reached, sameRules, unfolded } from './refold.js';
import { Rules } from './rules.js';
import { Parsed, savedOf } from './saved.js';
import { Structures } from './structure.js';
import { Tail } from './tail.js';
import type { Views } from './views.js';

/** What a reader may ask for besides the moment. */
export interface Asked {
  /** Rules to use instead of those of the moment: a what-if. */
  readonly draft?: Partial<Policy>;
  /** Rules as they stand with everything told up to a position: a what-if. */
  readonly rulesAt?: number;
  /** Currency to keep the account in instead of its own, for reports. */
  readonly currency?: string;
  /** Parameters of the view itself. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Makes a view once more at another moment. */
export type Again = (moment: Moment, asked: Asked) => object;

/** Figures over the population that views may use: by name, at a moment. */
export type Population = (name: string, moment: Moment, asked: Asked) => unknown;

/** Views at any moment: from what is stored where that is right, else folded, from a savepoint where one serves. No answer waits for the projector. */
export class Moments {
  readonly structures: Structures;
  readonly histories: Histories;
  readonly rules: Rules;
  private readonly tail: Tail;
  private readonly parsed = new Parsed();
  /** Set by the portfolio, which is built on this. */
  population: Population = () => undefined;

  constructor(
    readonly reader: Reader,
    readonly views: Views,
  ) {
    this.structures = new Structures(reader);
    this.histories = new Histories(reader, this.structures);
    this.rules = new Rules(reader);
    this.tail = new Tail(reader, this.structures);
  }

  /** The subject, with its currency as known then. */
  subject(of: Subject['of'], id: string, knownAt: Moment['knownAt'], asked: Asked = {}): Subject {
    return { of, id, currency: asked.currency ?? (of === 'account' ? this.histories.currencyOf(id, knownAt) : null) };
  }

  /** The rules known at the moment; a draft, or the rules of another position, replace them at all times. */
  policies(moment: Moment, { draft, rulesAt }: Asked = {}): Policies {
    if (rulesAt === undefined) return this.rules.known(moment.knownAt, draft);
    return this.rules.known(moment.knownAt, { ...this.rules.inForce(rulesAt, moment.asOf), ...draft });
  }

  /** A projection's view of a subject at a moment, with the views it uses. */
  view(name: string, id: string, moment: Moment, asked: Asked = {}): object {
    const projection = projectionNamed(name);
    if (!projection) throw new Refusal('view/unknown', `There is no view ${name}; GET /v1/catalogue lists them`);
    return this.reader.together(() => {
      const subject = this.subject(projection.of, id, moment.knownAt, asked);
      const states = this.states(usedBy(projection, asked.parameters), subject, moment, asked);
      const view = this.viewOf(projection, states, { ...moment, subject }, asked);
      // every part is made before anything else can be told: one answer speaks of one moment
      Object.values(view);
      return view;
    });
  }

  /** The view of states that are at hand. Used views are made of the same states. */
  viewOf(projection: AnyProjection, states: FoldStates, seen: Seen, asked: Asked = {}, again?: Again): object {
    return this.viewAs(projection, states, seen, this.policies(seen, asked).at(seen.asOf), asked, again);
  }

  /** The same under given rules. */
  viewAs(
    projection: AnyProjection,
    states: FoldStates,
    seen: Seen,
    policy: Policy,
    asked: Asked = {},
    again?: Again,
  ): object {
    return this.looking(projection, states, seen, policy, asked, again)();
  }

  /**
   * Looks at states as a projection's view, as often as it is called: they may go on between one look and the next. What hangs on
   * the moment alone is looked up once. `again` makes the projection's view at further moments: its own, unless told.
   */
  looking(
    projection: AnyProjection,
    states: FoldStates,
    seen: Seen,
    policy: Policy,
    asked: Asked = {},
    again: Again = (moment, same) => this.view(projection.name, seen.subject.id, moment, same),
  ): () => object {
    const parts: Record<string, () => unknown> = {
      states: once(() => statesByName(states)),
      parameters: () => asked.parameters ?? {},
    };
    for (const name of namesUsed(projection, asked.parameters)) {
      const other = projectionNamed(name);
      parts[name] = other
        ? this.looking(other, states, seen, policy, asked)
        : once(() => this.population(name, seen, asked));
    }
    if (projection.also && asked.parameters?.also !== 'no')
      parts.also = once(() => further(projection, seen, policy, asked, again));
    if (seen.subject.of === 'account') parts.structure = once(() => this.placeOf(seen));
    const state = states[keyOf(projection)];
    return () => projection.view(state, seen, policy, whenSeen<Used>(parts as never));
  }

  /** States of projections over one subject at a moment; to be read only. */
  states(projections: readonly AnyProjection[], subject: Subject, moment: Moment, asked: Asked = {}): FoldStates {
    return this.foldedOn(new Folder(projections), subject, moment, asked, true).states;
  }

  /** The same with how far they reach, to be folded on: where `series` and `explain` begin. */
  reached(folder: Folder, subject: Subject, moment: Moment, asked: Asked = {}): Reached {
    return this.foldedOn(folder, subject, moment, asked, false);
  }

  private foldedOn(folder: Folder, subject: Subject, moment: Moment, asked: Asked, readOnly: boolean): Reached {
    const saved = this.start(folder, subject, moment, asked);
    const { texts, ...reach } = saved ?? { ...unfolded(folder, this.membersOf(subject, moment)), texts: undefined };
    const pages = this.histories.pages(subject, moment, reach, folder.wanted);
    const more = [...firstOf(pages)];
    const keys = folder.projections.map(keyOf);
    if (texts && readOnly && more.length === 0)
      return { ...reach, states: this.parsed.states(`${subject.of}/${subject.id}`, keys, texts) };
    const states = texts
      ? Object.fromEntries(keys.map((key, i) => [key, JSON.parse(texts[i]!) as object]))
      : folder.initial();
    return foldOn(folder, { ...reach, states }, inTurn(more, pages), this.policies(moment, asked), subject);
  }

  /** The newest stored state or savepoint that is right for the moment; undefined where the fold has to begin at zero. */
  private start(folder: Folder, subject: Subject, moment: Moment, asked: Asked): Start | undefined {
    if (asked.currency !== undefined && asked.currency !== this.histories.currencyOf(subject.id, moment.knownAt))
      return undefined;
    if (asked.draft !== undefined || asked.rulesAt !== undefined) return undefined;
    const name = `${subject.of}/${subject.id}`;
    const members = this.membersOf(subject, moment);
    return this.views.together(() => {
      const checkpoints = folder.projections.map((projection) => this.views.checkpoint(keyOf(projection)));
      const [first] = checkpoints;
      if (!first?.live || first.position > this.reader.head()) return undefined;
      if (checkpoints.some((one) => !one?.live || one.position !== first.position)) return undefined;
      const changed = this.tail.since(name, first.position);
      const keys = folder.projections.map(keyOf);
      for (const { texts: read, ...reached } of savedOf(this.views, name, keys, moment.asOf)) {
        const right =
          reached.members === members &&
          reached.time <= moment.asOf &&
          (changed === undefined || before(reached, changed)) &&
          this.known(reached, moment) &&
          !this.staleBefore(folder, name, reached.time) &&
          sameRules(
            this.policies(moment, asked),
            this.rules.known({ position: first.position }),
            folder.projections,
            reached.time,
          );
        const texts = right ? read() : undefined;
        if (texts) return { ...reached, texts };
      }
      return undefined;
    });
  }

  /** Whether everything a state was folded from had been told by the moment. */
  private known({ knownMax, positionMax }: Omit<Reached, 'states'>, { knownAt }: Moment): boolean {
    return isKnown({ known: knownMax, position: positionMax }, knownAt);
  }

  private staleBefore(folder: Folder, name: string, time: Instant): boolean {
    return folder.projections.some((projection) => {
      const from = this.views.staleFrom(name, keyOf(projection));
      return from !== undefined && from <= time;
    });
  }

  private membersOf(subject: Subject, moment: Moment): string {
    return this.histories.composition(subject, moment).join();
  }

  /** Where the account stands among others at the moment: `used.structure`. */
  private placeOf({ subject, ...moment }: Seen): object {
    const structure = this.structures.at(moment);
    const survivor = structure.survivorOf(subject.id);
    const parent = structure.parents.get(subject.id) ?? null;
    const children = [...structure.parents]
      .filter(([, above]) => above === subject.id)
      .map(([child]) => child)
      .sort();
    return {
      parentId: parent,
      groupId: structure.headOf(subject.id),
      children,
      mergedInto: survivor === subject.id ? null : survivor,
      merged: structure.mergedOf(subject.id).slice(1),
    };
  }
}

/** Where a fold begins, with the stored states' texts. */
interface Start extends Omit<Reached, 'states'> {
  readonly texts: readonly string[];
}

/** Views of the same projection at the further moments that it asks for. */
function further(projection: AnyProjection, seen: Seen, policy: Policy, asked: Asked, again: Again): object[] {
  const parameters = { ...asked.parameters, also: 'no' };
  return projection.also!(seen, policy).map((moment) => again(moment, { ...asked, parameters }));
}

/** Names that a projection uses, those for parameters that are given included. */
const namesUsed = ({ uses = [], usesFor = {} }: AnyProjection, parameters: Asked['parameters'] = {}): string[] => [
  ...uses,
  ...Object.keys(usesFor).flatMap((name) => (Object.hasOwn(parameters, name) ? usesFor[name]! : [])),
];

/** A projection and all projections whose views it uses, each once; those for parameters that are given included. */
export function usedBy(projection: AnyProjection, parameters?: Asked['parameters']): readonly AnyProjection[] {
  const all = [projection];
  for (const one of all) {
    for (const name of namesUsed(one, parameters)) {
      const other = projectionNamed(name);
      if (other && !all.includes(other)) all.push(other);
    }
  }
  return all;
}
