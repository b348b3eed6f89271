import { type Cited, type Context, type Draft, exists, stateOf, toldAlready } from '../../kernel/decider.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Activity } from './activity.state.js';
import type { ActivityEvent } from './activity.events.js';
import type * as commands from './activity.commands.js';
import { checkKnown, notOpen, tell } from './tell.js';

type Drafts = Draft<ActivityEvent>[];
const account = exists<{ accountId: string }>('account');

const participants = {
  members: exists<commands.LogInteraction>('member', ({ ours }) =>
    ours.map(({ memberId }, i) => ({ id: memberId, pointer: `/ours/${i}/memberId` })),
  ),
  contacts: exists<commands.LogInteraction>('contact', ({ theirs }) =>
    theirs.map(({ contactId }, i) => ({ id: contactId, pointer: `/theirs/${i}/contactId` })),
  ),
};

const owner = (noun: 'member' | 'contact') =>
  exists<commands.MakeCommitment>(noun, ({ by, ownerId }): Cited[] =>
    (by === 'US') === (noun === 'member') ? [{ id: ownerId, pointer: '/ownerId' }] : [],
  );

/** What decisions about contact and word need to see. */
export const dealingsNeeds = {
  LogInteraction: [
    account,
    participants.members,
    participants.contacts,
    stateOf<commands.LogInteraction>('account', ({ accountId, intentId }) => (intentId ? [accountId] : [])),
  ],
  MakeCommitment: [account, owner('member'), owner('contact')],
  MoveCommitment: [account],
  KeepCommitment: [account],
  BreakCommitment: [account],
  RecordTrustBreach: [account],
  RecordTrustRepair: [account],
  SignalIntegrity: [account],
  RecordSurveyAnswer: [
    account,
    exists<commands.RecordSurveyAnswer>('contact', ({ respondentId }) => [
      { id: respondentId, pointer: '/respondentId' },
    ]),
  ],
};

/** Decisions about contact and word. */
export const dealings = {
  LogInteraction(state: Activity, command: commands.LogInteraction, context: Context): Drafts {
    const { interactionId, accountId, pursuitId, intentId, kind } = command;
    if (toldAlready(state.interactions.get(interactionId), context, 'interaction/id-taken', interactionId)) return [];
    if (pursuitId) checkKnown(state.pursuits, [{ id: pursuitId, pointer: '/pursuitId' }], 'pursuit/unknown', 'pursuit');
    if (intentId) {
      const { intents } = context.found.state<{ intents: Map<string, unknown> }>('account', accountId);
      checkKnown(intents, [{ id: intentId, pointer: '/intentId' }], 'intent/unknown', 'intent');
    }
    const twoWay = command.twoWay ?? (kind !== 'MESSAGE' && kind !== 'CAMPAIGN');
    return tell('InteractionLogged', command, { twoWay });
  },

  MakeCommitment(state: Activity, command: commands.MakeCommitment, context: Context): Drafts {
    const { commitmentId } = command;
    const known = state.commitments.get(commitmentId)?.digest;
    return toldAlready(known, context, 'commitment/id-taken', commitmentId) ? [] : tell('CommitmentMade', command);
  },
  MoveCommitment(state: Activity, command: commands.MoveCommitment): Drafts {
    const commitment = openCommitment(state, command.commitmentId);
    return commitment.due === command.due ? [] : tell('CommitmentMoved', command);
  },
  KeepCommitment(state: Activity, command: commands.KeepCommitment): Drafts {
    if (state.commitments.get(command.commitmentId)?.closedBy === 'CommitmentKept') return [];
    openCommitment(state, command.commitmentId);
    return tell('CommitmentKept', command);
  },
  BreakCommitment(state: Activity, command: commands.BreakCommitment): Drafts {
    if (state.commitments.get(command.commitmentId)?.closedBy === 'CommitmentBroken') return [];
    openCommitment(state, command.commitmentId);
    return tell('CommitmentBroken', command);
  },

  RecordTrustBreach(state: Activity, command: commands.RecordTrustBreach, context: Context): Drafts {
    const known = state.breaches.get(command.breachId)?.digest;
    return toldAlready(known, context, 'breach/id-taken', command.breachId) ? [] : tell('TrustBreached', command);
  },
  RecordTrustRepair(state: Activity, command: commands.RecordTrustRepair): Drafts {
    const breach = state.breaches.get(command.breachId);
    if (breach?.state === 'closed') return [];
    if (!breach) throw notOpen('breach/not-open', 'breachId', 'breach', command.breachId, false);
    return tell('TrustRepaired', command);
  },

  SignalIntegrity(state: Activity, command: commands.SignalIntegrity, { digest }: Context): Drafts {
    const positive = { HONOURED_TERMS: true, SHARED_OPENLY: true, PAID_EARLY: true } as Record<string, true>;
    if ((positive[command.kind] ?? false) !== command.positive) {
      const detail = `${command.kind} is ${command.positive ? 'no good' : 'a good'} sign; say so in positive`;
      throw new Refusal('integrity/contradiction', detail, {
        errors: [{ pointer: '/positive', code: 'contradiction', detail }],
      });
    }
    return command.occurredAt !== undefined && state.told.has(digest) ? [] : tell('IntegritySignalled', command);
  },
  RecordSurveyAnswer(state: Activity, command: commands.RecordSurveyAnswer, { digest }: Context): Drafts {
    return command.occurredAt !== undefined && state.told.has(digest) ? [] : tell('SurveyAnswered', command);
  },
};

function openCommitment(state: Activity, id: string) {
  const commitment = state.commitments.get(id);
  if (commitment?.state === 'open') return commitment;
  throw notOpen('commitment/not-open', 'commitmentId', 'commitment', id, commitment !== undefined);
}
