/** Events that no client tells: the service does. */
export const untold: readonly string[] = [
  'SubjectKeyCreated',
  'ErasureRequested',
  'SubjectErased',
  'ErasureCompleted',
  'LegalHoldPlaced',
  'LegalHoldLifted',
  'StreamHeadsDigested',
  'KeyDestroyedAgain',
  'LogContinued',
];

/** Commands that are not simply their event's verb, put first. */
const exceptions: Readonly<Record<string, string>> = {
  AccountPlacedUnder: 'PlaceAccountUnder',
  AccountsMerged: 'MergeAccounts',
  AccountsUnmerged: 'UnmergeAccounts',
  CompetitorMoved: 'RecordCompetitorMove',
  TrustBreached: 'RecordTrustBreach',
  TrustRepaired: 'RecordTrustRepair',
  IntegritySignalled: 'SignalIntegrity',
  PaymentReceived: 'RecordPayment',
  CostIncurred: 'RecordCost',
  SurveyAnswered: 'RecordSurveyAnswer',
  NeedMet: 'RecordNeedMet',
  SupplierReductionAnnounced: 'RecordSupplierReduction',
  SupplierReductionDecided: 'RecordSupplierReductionDecision',
  DiscountSchemeAnnounced: 'RecordDiscountScheme',
  PerformanceReviewed: 'RecordPerformanceReview',
  IntegrationStepTaken: 'RecordIntegrationStep',
  IntegrationStepEnded: 'EndIntegrationStep',
  ContactReportsTo: 'SetReportingLine',
  ContactLeft: 'MoveContact',
  ContactJoined: 'MoveContact',
  ObjectiveServed: 'LinkObjective',
  KamConfirmed: 'ConfirmKam',
  KamConfidenceWithdrawn: 'WithdrawKamConfidence',
  EventCorrected: 'CorrectEvent',
  EventRetracted: 'RetractEvent',
};

/** Verbs that are irregular, or keep a preposition. */
const verbs: Readonly<Record<string, string>> = {
  Broken: 'Break',
  HandedOver: 'HandOver',
  Kept: 'Keep',
  Lost: 'Lose',
  Made: 'Make',
  Met: 'Meet',
  Set: 'Set',
  Undertaken: 'Undertake',
  Withdrawn: 'Withdraw',
  Won: 'Win',
};

/** Regular verbs as they stand in the imperative. */
const imperatives = [
  ...[
    'Adapt',
    'Add',
    'Advance',
    'Agree',
    'Allocate',
    'Announce',
    'Approve',
    'Assess',
    'Assign',
    'Cancel',
    'Cap',
    'Change',
    'Close',
  ],
  ...[
    'Commit',
    'Complete',
    'Declare',
    'Decline',
    'Define',
    'Deliver',
    'Designate',
    'End',
    'Endorse',
    'Estimate',
    'Fail',
    'Grant',
  ],
  ...[
    'Issue',
    'Lapse',
    'Log',
    'Move',
    'Open',
    'Place',
    'Plan',
    'Pledge',
    'Propose',
    'Publish',
    'Rebalance',
    'Reclassify',
    'Record',
  ],
  ...[
    'Register',
    'Reject',
    'Release',
    'Renew',
    'Request',
    'Revert',
    'Review',
    'Score',
    'Start',
    'State',
    'Stop',
    'Target',
  ],
];

const past = (verb: string): string[] => {
  if (verb.endsWith('e')) return [`${verb}d`];
  if (verb.endsWith('y')) return [`${verb.slice(0, -1)}ied`];
  return [`${verb}ed`, `${verb}${verb.at(-1)}ed`];
};

const byPast = new Map([
  ...Object.entries(verbs),
  ...imperatives.flatMap((verb) => past(verb).map((form) => [form, verb] as const)),
]);

/** The command that tells an event: its verb in the imperative, put first, the rest unchanged. */
export function commandOf(event: string): string {
  const exception = exceptions[event];
  if (exception) return exception;
  const forms = [...byPast.keys()].filter((form) => event.endsWith(form)).sort((a, b) => b.length - a.length);
  const form = forms[0];
  if (form === undefined) throw new Error(`no verb is known in ${event}`);
  return `${byPast.get(form)}${event.slice(0, -form.length)}`;
}
