import { citing, type Context, type Draft, exists, toldAlready } from '../../kernel/decider.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Activity, Support } from './activity.state.js';
import type { ActivityEvent } from './activity.events.js';
import type * as commands from './activity.commands.js';
import { notOpen, tell } from './tell.js';

type Drafts = Draft<ActivityEvent>[];
const account = exists<{ accountId: string }>('account');

/** What decisions about pursuits and support need to see. */
export const pursuitsNeeds = {
  OpenPursuit: [account],
  AdvancePursuit: [account],
  WinPursuit: [account, exists<commands.WinPursuit>('member', ({ wonBy }) => citing(wonBy, 'wonBy'))],
  LosePursuit: [account],
  RequestSupport: [account],
  PledgeSupport: [account],
  DeliverSupport: [account],
  FailSupport: [account],
  DeclineSupport: [account],
};

/** Decisions about pursuits, and the help of our own firm. */
export const pursuits = {
  OpenPursuit(state: Activity, command: commands.OpenPursuit, context: Context): Drafts {
    const { pursuitId } = command;
    const known = state.pursuits.get(pursuitId)?.digest;
    return toldAlready(known, context, 'pursuit/id-taken', pursuitId) ? [] : tell('PursuitOpened', command);
  },
  AdvancePursuit(state: Activity, command: commands.AdvancePursuit): Drafts {
    const pursuit = openPursuit(state, command.pursuitId);
    return pursuit.stage === command.stage ? [] : tell('PursuitAdvanced', command);
  },
  WinPursuit(state: Activity, command: commands.WinPursuit): Drafts {
    if (state.pursuits.get(command.pursuitId)?.closedBy === 'PursuitWon') return [];
    openPursuit(state, command.pursuitId);
    return tell('PursuitWon', command);
  },
  LosePursuit(state: Activity, command: commands.LosePursuit): Drafts {
    if (state.pursuits.get(command.pursuitId)?.closedBy === 'PursuitLost') return [];
    openPursuit(state, command.pursuitId);
    return tell('PursuitLost', command);
  },

  RequestSupport(state: Activity, command: commands.RequestSupport, context: Context): Drafts {
    const { requestId } = command;
    const known = state.support.get(requestId)?.digest;
    return toldAlready(known, context, 'support/id-taken', requestId) ? [] : tell('SupportRequested', command);
  },
  PledgeSupport(state: Activity, command: commands.PledgeSupport, context: Context): Drafts {
    const { requestId } = command;
    const asked = state.support.get(requestId);
    if (toldAlready(asked?.pledge, context, 'support/id-taken', requestId)) return [];
    if (asked && asked.state !== 'requested')
      throw notOpen('support/not-open', 'requestId', 'request', requestId, true);
    const unit = command.unit ?? asked?.unit;
    const processId = command.processId ?? asked?.processId;
    if (!unit) {
      const detail = `Nobody asked for ${requestId}: say which unit pledges`;
      throw new Refusal('support/unit-missing', detail, { errors: [{ pointer: '/unit', code: 'missing', detail }] });
    }
    return tell('SupportPledged', command, { unit, ...(processId ? { processId } : {}) });
  },
  DeliverSupport(state: Activity, command: commands.DeliverSupport): Drafts {
    const support = pledged(state, command.requestId, 'delivered');
    return support ? tell('SupportDelivered', command, copied(support)) : [];
  },
  FailSupport(state: Activity, command: commands.FailSupport): Drafts {
    const support = pledged(state, command.requestId, 'failed');
    return support ? tell('SupportFailed', command, { unit: support.unit }) : [];
  },
  DeclineSupport(state: Activity, command: commands.DeclineSupport): Drafts {
    const support = pledged(state, command.requestId, 'declined');
    return support ? tell('SupportDeclined', command, { unit: support.unit }) : [];
  },
};

function openPursuit(state: Activity, id: string) {
  const pursuit = state.pursuits.get(id);
  if (pursuit?.state === 'open') return pursuit;
  throw notOpen('pursuit/not-open', 'pursuitId', 'pursuit', id, pursuit !== undefined);
}

/** The help that can still end in that way; undefined where it has; a request may only be declined. */
function pledged(state: Activity, id: string, how: 'delivered' | 'failed' | 'declined'): Support | undefined {
  const support = state.support.get(id);
  if (support?.state === how) return undefined;
  if (support?.state === 'pledged' || (how === 'declined' && support?.state === 'requested')) return support;
  const closed = support !== undefined && support.state !== 'requested';
  throw notOpen('support/not-open', 'requestId', 'pledge', id, closed);
}

const copied = ({ unit, processId }: Support): object => ({ unit, ...(processId ? { processId } : {}) });
