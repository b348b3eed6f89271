import { onAccount } from '../../kernel/command.js';
import * as dealt from './interaction.events.js';
import * as learnt from './learning.events.js';
import * as pursued from './pursuit.events.js';

/** People of ours and people of theirs were in contact. */
export class LogInteraction extends onAccount(dealt.InteractionLogged) {}
/** One side gives its word. */
export class MakeCommitment extends onAccount(dealt.CommitmentMade) {}
/** Both sides agree on another day. */
export class MoveCommitment extends onAccount(dealt.CommitmentMoved) {}
/** What was promised was done. */
export class KeepCommitment extends onAccount(dealt.CommitmentKept) {}
/** What was promised was not done. */
export class BreakCommitment extends onAccount(dealt.CommitmentBroken) {}
/** One side broke the other's trust. */
export class RecordTrustBreach extends onAccount(dealt.TrustBreached) {}
/** A breach of trust was made good. */
export class RecordTrustRepair extends onAccount(dealt.TrustRepaired) {}
/** They gave a sign of good faith, or of the contrary. */
export class SignalIntegrity extends onAccount(dealt.IntegritySignalled) {}
/** Someone of theirs said how they see us. */
export class RecordSurveyAnswer extends onAccount(dealt.SurveyAnswered) {}
/** We understood something about them. */
export class RecordInsight extends onAccount(learnt.InsightRecorded) {}
/** We did something that adds value for them. */
export class UndertakeValueActivity extends onAccount(learnt.ValueActivityUndertaken) {}
/** They need something. */
export class RecordNeed extends onAccount(learnt.NeedRecorded) {}
/** A need of theirs is met. */
export class RecordNeedMet extends onAccount(learnt.NeedMet) {}
/** A need of theirs is no more. */
export class LapseNeed extends onAccount(learnt.NeedLapsed) {}
/** They value something. */
export class RecordValueDriver extends onAccount(learnt.ValueDriverRecorded) {}
/** They no longer value it. */
export class LapseValueDriver extends onAccount(learnt.ValueDriverLapsed) {}
/** We do something otherwise because of what we understood. */
export class AdaptActivity extends onAccount(learnt.ActivityAdapted) {}
/** We go after a piece of business. */
export class OpenPursuit extends onAccount(pursued.PursuitOpened) {}
/** A pursuit came to another stage. */
export class AdvancePursuit extends onAccount(pursued.PursuitAdvanced) {}
/** A pursuit was won. */
export class WinPursuit extends onAccount(pursued.PursuitWon) {}
/** A pursuit was lost. */
export class LosePursuit extends onAccount(pursued.PursuitLost) {}
/** Help of another unit is asked for. */
export class RequestSupport extends onAccount(pursued.SupportRequested) {}
/** A unit promises its help. */
export class PledgeSupport extends onAccount(pursued.Pledge) {}
/** The promised help came. */
export class DeliverSupport extends onAccount(pursued.Pledged) {}
/** The promised help did not come. */
export class FailSupport extends onAccount(pursued.PledgedInVain) {}
/** A unit says no. */
export class DeclineSupport extends onAccount(pursued.PledgedInVain) {}

/** Commands on an account's dealings, by name. */
export const activityCommands = {
  LogInteraction,
  MakeCommitment,
  MoveCommitment,
  KeepCommitment,
  BreakCommitment,
  RecordTrustBreach,
  RecordTrustRepair,
  SignalIntegrity,
  RecordSurveyAnswer,
  RecordInsight,
  UndertakeValueActivity,
  RecordNeed,
  RecordNeedMet,
  LapseNeed,
  RecordValueDriver,
  LapseValueDriver,
  AdaptActivity,
  OpenPursuit,
  AdvancePursuit,
  WinPursuit,
  LosePursuit,
  RequestSupport,
  PledgeSupport,
  DeliverSupport,
  FailSupport,
  DeclineSupport,
};
