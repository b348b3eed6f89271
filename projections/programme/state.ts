import type { TargetStage } from '../../src/domain/vocabulary.js';
import type { Instant } from '../../src/kernel/instant.js';
import { type Sequenced, unbegun } from '../sequence/rule.js';

/** A time of an account in the programme, `[from, until)`; `until` null while it lasts. */
export interface Designated {
  readonly accountId: string;
  readonly from: Instant;
  until: Instant | null;
  readonly horizonYears: number;
  readonly targetStage: TargetStage;
  readonly criteriaVersion: string | null;
  /** Who approved that a rule was set aside; null where none was. */
  readonly approver: string | null;
  readonly eventIds: string[];
}

/** A manager's time with an account, and what ended it. */
export interface Office {
  readonly accountId: string;
  readonly managerId: string;
  readonly from: Instant;
  until: Instant | null;
  ended: 'handover' | 'release' | null;
  readonly eventIds: string[];
}

/** A plan of a route while it held. */
export interface RoutePlan {
  readonly routeId: string;
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number;
  readonly accountIds: readonly string[];
  readonly from: Instant;
  until: Instant | null;
  readonly eventId: string;
}

/** What those who decide were shown. */
export interface Published {
  readonly report: string;
  readonly asOf: string;
  readonly knownAt: string;
  readonly policy: { readonly position: number; readonly digest: string };
  readonly digest: string;
  readonly at: Instant;
  readonly eventId: string;
}

/** Who is in the programme and who manages whom, over time; its rules are policy. */
export interface ProgrammeState extends Sequenced {
  readonly designations: Designated[];
  readonly offices: Office[];
  /** Account → place of its open designation and office. */
  readonly open: Record<string, { readonly designation: number; office: number }>;
  readonly routes: RoutePlan[];
  /** Route → place of the plan in force. */
  readonly planned: Record<string, number>;
  /** Kind of activity, objective → the events that made its rule. */
  readonly activities: Record<string, string[]>;
  readonly objectives: Record<string, string[]>;
  readonly published: Published[];
}

export const initial = (): ProgrammeState => ({
  designations: [],
  offices: [],
  open: {},
  routes: [],
  planned: {},
  activities: {},
  objectives: {},
  published: [],
  sequence: unbegun(),
});
