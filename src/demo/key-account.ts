import type { TargetStage } from '../domain/vocabulary.js';
import type { Member } from './members.js';

/** How people met from a day on: every so many days, in one of the shapes. */
export type Phase = readonly [from: string, every: number, shape: 'BOW_TIE' | 'FEW' | 'WIDE' | 'DIAMOND'];

/** What a key account's file says, besides its story. */
export interface KeyAccount {
  readonly id: string;
  readonly manager: Member;
  readonly since: string;
  readonly thesis: string;
  readonly horizon: number;
  readonly target: TargetStage;
  /** Declared stages with their days; the story's own come beside. */
  readonly steps: readonly (readonly [TargetStage, string])[];
  readonly phases: readonly Phase[];
  /** What they buy of our goods a year, in thousands, and our share at the beginning and at the end. */
  readonly wallet: readonly [yearly: number, first: number, last: number];
  /** How warmly they recommended us at the beginning and at the end, 0 to 10. */
  readonly recommend: readonly [first: number, last: number];
  /** Scores of spend, growth, prestige, reach and exclusivity. */
  readonly draw: readonly [number, number, number, number, number];
  /** How strong they see us and our best competitor, at the beginning and at the end. */
  readonly strength: readonly [ours: number, theirs: number, oursLast: number];
  readonly serves?: readonly ('robotics' | 'systems' | 'service')[];
}

/** The day before which most of them were customers already. */
export const before = '2021-12-10';
