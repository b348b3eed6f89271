/** Functions of people and units, theirs and ours alike. */
export const unitFunctions = [
  'SALES',
  'KEY_ACCOUNT',
  'MARKETING',
  'PURCHASING',
  'ENGINEERING',
  'RESEARCH',
  'QUALITY',
  'PRODUCTION',
  'LOGISTICS',
  'SERVICE',
  'FINANCE',
  'LEGAL',
  'IT',
  'MANAGEMENT',
  'OTHER',
] as const;
export type UnitFunction = (typeof unitFunctions)[number];

/** 1 operational, 2 manager, 3 director, 4 executive. */
export const seniorities = [1, 2, 3, 4] as const;
export type Seniority = (typeof seniorities)[number];

/** Who began, or who owes. */
export const sides = ['US', 'THEM', 'JOINT'] as const;
export type Side = (typeof sides)[number];

/** Kinds of contact between people of ours and people of theirs. */
export const interactionKinds = [
  'MESSAGE',
  'ENTERTAINMENT',
  'CALL',
  'PRESENTATION',
  'MEETING',
  'VISIT',
  'WORKSHOP',
  'JOINT_REVIEW',
  'EXECUTIVE_REVIEW',
  'EXECUTIVE_ONE_TO_ONE',
  'CAMPAIGN',
] as const;
export type InteractionKind = (typeof interactionKinds)[number];

/** Stages of a relationship (McDonald & Rogers), in rank order, then breaking down, not begun and ended. */
export const stages = [
  'EXPLORATORY',
  'BASIC',
  'COOPERATIVE',
  'INTERDEPENDENT',
  'INTEGRATED',
  'DISINTEGRATING',
  'PROSPECT',
  'EXITED',
] as const;
export type Stage = (typeof stages)[number];

/** Stages that one can aim at, in rank order. */
export const targetStages = ['EXPLORATORY', 'BASIC', 'COOPERATIVE', 'INTERDEPENDENT', 'INTEGRATED'] as const;
export type TargetStage = (typeof targetStages)[number];

/** Rungs on the way to being the main supplier. */
export const supplierStatuses = ['CANDIDATE', 'APPROVED', 'PREFERRED', 'PRIMARY', 'SOLE'] as const;
export type SupplierStatus = (typeof supplierStatuses)[number];

/** Parts that people of theirs have in how their firm decides. */
export const dmuRoles = [
  'INITIATOR',
  'USER',
  'INFLUENCER',
  'DECIDER',
  'APPROVER',
  'BUYER',
  'GATEKEEPER',
  'SPONSOR',
  'BLOCKER',
] as const;
export type DmuRole = (typeof dmuRoles)[number];

/** Ways of selling. */
export const approaches = ['MILK_ROUND', 'HUNTER', 'FARMER'] as const;
export type Approach = (typeof approaches)[number];
