import type { NeedOrder } from '../../src/domain/activity/learning.events.js';
import type { Instant } from '../../src/kernel/instant.js';
import type { CriteriaState } from '../criteria/state.js';

/** Something they need, from when it was told until it was met or lapsed. */
export interface Need {
  readonly order: NeedOrder;
  readonly priority: number;
  readonly driverId: string | null;
  readonly from: Instant;
  until: Instant | null;
  end: 'MET' | 'LAPSED' | null;
  readonly eventIds: string[];
}

/** Something they value; what it is stays sealed. */
export interface Driver {
  readonly weight: number | null;
  readonly source: string | null;
  readonly from: Instant;
  until: Instant | null;
  readonly eventIds: string[];
}

/** Something we understood. */
export interface Insight {
  readonly at: Instant;
  readonly topic: string;
  readonly interactions: number;
  readonly eventId: string;
}

/** Something we did for them, or do otherwise, and the insights it stands on. */
export interface Deed {
  readonly at: Instant;
  readonly insightIds: readonly string[];
  readonly eventId: string;
}

/** How well either side knows one domain of their business, as last assessed. */
export interface Known {
  readonly ours: number;
  readonly theirs: number;
  readonly ratedBy: string;
  readonly at: Instant;
  readonly eventId: string;
}

/** What we have learned about them and what we made of it. */
export interface UnderstandingState {
  readonly needs: Record<string, Need>;
  readonly drivers: Record<string, Driver>;
  readonly insights: Record<string, Insight>;
  readonly activities: Deed[];
  readonly adaptations: Deed[];
  readonly domains: Record<string, Known>;
  /** Scores of strength in force, and relative strength after each change of them. */
  readonly scored: Pick<CriteriaState, 'factors' | 'strengths'>;
  readonly strength: [at: Instant, value: number | null, eventId: string][];
  /** Quarter's name → insights, value activities, of them citing an insight, adaptations. */
  readonly quarters: Record<string, [insights: number, activities: number, citing: number, adaptations: number]>;
}

export const initial = (): UnderstandingState => ({
  needs: {},
  drivers: {},
  insights: {},
  activities: [],
  adaptations: [],
  domains: {},
  scored: { factors: null, strengths: [] },
  strength: [],
  quarters: {},
});
