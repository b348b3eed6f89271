import { contacts } from '../../projections/contacts.js';
import { performance } from '../../projections/performance.js';
import type { ProfileView } from '../../projections/profile/view.js';
import { profile } from '../../projections/profile.js';
import type { StagesView } from '../../projections/stages/view.js';
import { stages } from '../../projections/stages.js';
import { trust } from '../../projections/trust.js';
import type { Event } from '../../src/kernel/event.js';
import { type Around, event, foldOf, viewAt } from './folding.js';

type Told = Event<string, object>;

/** Items of evidence in the order in which an index is written. */
export const items = [
  'contactStructure',
  'supplierStatus',
  'jointPlanning',
  'informationSharing',
  'trust',
  'exitBarrier',
] as const;

/** The view of stages over events, with the states it uses folded from the same. */
export function stagesAt(events: readonly Told[], asOf: string, around: Around = {}): StagesView {
  const states = {
    contacts: foldOf(contacts, events, { ...around, asOf }),
    trust: foldOf(trust, events, { ...around, asOf }),
  };
  return viewAt(stages, events, asOf, { ...around, used: { ...around.used, states } });
}

/** A first order. */
export const ordered = (time: string): Told =>
  event('OrderPlaced', time, { orderId: `order-${time}`, amount: { minor: 100, currency: 'EUR' } });

/** Recorded evidence of levels above 1, in the order of `items`. */
export const proven = (time: string, levels: readonly number[], more: object = {}): Told[] =>
  levels.flatMap((level, i) =>
    level === 1 ? [] : [event('StageEvidenceRecorded', time, { item: items[i], level, sourceEventIds: [], ...more })],
  );

/** The view of the profile over events, with the states it uses folded from the same. */
export function profileAt(events: readonly Told[], asOf: string): ProfileView {
  const states = { stages: foldOf(stages, events, { asOf }), performance: foldOf(performance, events, { asOf }) };
  return viewAt(profile, events, asOf, { used: { states } });
}
