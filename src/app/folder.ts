import type { Event } from '../kernel/event.js';
import type { Policies } from '../kernel/policies.js';
import type { Policy } from '../kernel/policy.js';
import type { AnyProjection, Subject } from '../kernel/projection.js';

/** `performance@3`: the name under which a projection's states are stored. */
export const keyOf = (projection: AnyProjection): string => `${projection.name}@${projection.version}`;

/** States of several projections over one History, by key. */
export type FoldStates = Record<string, object>;

/** States by the plain names of their projections. */
export const statesByName = (states: FoldStates): Record<string, object> =>
  Object.fromEntries(Object.entries(states).map(([key, state]) => [key.slice(0, key.lastIndexOf('@')), state]));

type Handler = (state: object, event: Event<string, object>, rules: Policy, subject: Subject) => void;

/** Several projections folded side by side over one History. */
export class Folder {
  /** Types of events that any of them handles. */
  readonly wanted: ReadonlySet<string>;
  /** Handlers by type of event, each with its projection's place. */
  private readonly table = new Map<string, (readonly [number, Handler])[]>();

  constructor(readonly projections: readonly AnyProjection[]) {
    for (const [place, projection] of projections.entries()) {
      for (const [type, handler] of Object.entries(projection.on as Record<string, Handler>)) {
        const list = this.table.get(type) ?? [];
        this.table.set(type, list);
        list.push([place, handler]);
      }
    }
    this.wanted = new Set(this.table.keys());
  }

  initial(): FoldStates {
    return Object.fromEntries(this.projections.map((projection) => [keyOf(projection), projection.initial()]));
  }

  /** Steps states over an event: every projection that handles it, under the rules in force at its time. */
  stepping(states: FoldStates, policies: Policies, subject: Subject): (event: Event<string, object>) => void {
    const placed = this.projections.map((projection) => states[keyOf(projection)]!);
    return (event) => {
      const handlers = this.table.get(event.type);
      if (!handlers) return;
      const rules = policies.at(event.time);
      for (const [place, handler] of handlers) handler(placed[place]!, event, rules, subject);
    };
  }
}
