import { citing, type Context, type Draft, exists, toldAlready } from '../../kernel/decider.js';
import type { Activity, Open } from './activity.state.js';
import type { ActivityEvent } from './activity.events.js';
import type * as commands from './activity.commands.js';
import { checkKnown, notOpen, tell } from './tell.js';

type Drafts = Draft<ActivityEvent>[];
const account = exists<{ accountId: string }>('account');

/** What decisions about learning need to see. */
export const learningNeeds = {
  RecordInsight: [account],
  UndertakeValueActivity: [account],
  RecordNeed: [account],
  RecordNeedMet: [account],
  LapseNeed: [account],
  RecordValueDriver: [account],
  LapseValueDriver: [account],
  AdaptActivity: [account],
};

/** Decisions about what we learn and what we make of it. */
export const learning = {
  RecordInsight(state: Activity, command: commands.RecordInsight, context: Context): Drafts {
    const { insightId, fromInteractionIds } = command;
    if (toldAlready(state.insights.get(insightId), context, 'insight/id-taken', insightId)) return [];
    const cited = citing(fromInteractionIds, 'fromInteractionIds');
    checkKnown(state.interactions, cited, 'interaction/unknown', 'interaction');
    return tell('InsightRecorded', command);
  },
  UndertakeValueActivity(state: Activity, command: commands.UndertakeValueActivity, context: Context): Drafts {
    const { valueActivityId, insightIds, needIds } = command;
    const known = state.valueActivities.get(valueActivityId);
    if (toldAlready(known, context, 'activity/id-taken', valueActivityId)) return [];
    checkKnown(state.insights, citing(insightIds, 'insightIds'), 'insight/unknown', 'insight');
    checkKnown(state.needs, citing(needIds, 'needIds'), 'need/unknown', 'need');
    return tell('ValueActivityUndertaken', command);
  },
  RecordNeed(state: Activity, command: commands.RecordNeed, context: Context): Drafts {
    const { needId, driverId } = command;
    if (toldAlready(state.needs.get(needId)?.digest, context, 'need/id-taken', needId)) return [];
    if (driverId) checkKnown(state.drivers, [{ id: driverId, pointer: '/driverId' }], 'driver/unknown', 'value driver');
    return tell('NeedRecorded', command);
  },
  RecordNeedMet(state: Activity, command: commands.RecordNeedMet): Drafts {
    return closing(state.needs, command.needId, 'NeedMet', 'need') ? tell('NeedMet', command) : [];
  },
  LapseNeed(state: Activity, command: commands.LapseNeed): Drafts {
    return closing(state.needs, command.needId, 'NeedLapsed', 'need') ? tell('NeedLapsed', command) : [];
  },
  RecordValueDriver(state: Activity, command: commands.RecordValueDriver, context: Context): Drafts {
    const { driverId } = command;
    const known = state.drivers.get(driverId)?.digest;
    return toldAlready(known, context, 'driver/id-taken', driverId) ? [] : tell('ValueDriverRecorded', command);
  },
  LapseValueDriver(state: Activity, command: commands.LapseValueDriver): Drafts {
    const open = closing(state.drivers, command.driverId, 'ValueDriverLapsed', 'driver');
    return open ? tell('ValueDriverLapsed', command) : [];
  },
  AdaptActivity(state: Activity, command: commands.AdaptActivity, { digest }: Context): Drafts {
    checkKnown(state.insights, citing(command.becauseOf, 'becauseOf'), 'insight/unknown', 'insight');
    return command.occurredAt !== undefined && state.told.has(digest) ? [] : tell('ActivityAdapted', command);
  },
};

/** Whether there is something to close; false where the same closed it already. */
function closing(all: Map<string, Open>, id: string, type: string, noun: 'need' | 'driver'): boolean {
  const open = all.get(id);
  if (open?.state === 'open') return true;
  if (open?.closedBy === type) return false;
  throw notOpen(`${noun}/not-active`, `${noun}Id`, noun === 'need' ? 'need' : 'value driver', id, open !== undefined);
}
