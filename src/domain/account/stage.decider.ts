import { citedEvents, citing, type Context, exists, said, stateOf } from '../../kernel/decider.js';
import { type FieldError, Refusal } from '../../kernel/refusal.js';
import { isMergedInto, type Structure } from '../structure/structure.state.js';
import type * as commands from './account.commands.js';
import type { Account } from './account.state.js';
import { gatesOf, leftBefore, moveOf } from './stage.moves.js';
import { type Drafts, inForce, registered, tell, toldOnce } from './tell.js';

/** What decisions about stages need to see. */
export const stagesNeeds = {
  RecordStageEvidence: [
    citedEvents<commands.RecordStageEvidence>(({ sourceEventIds }) => citing(sourceEventIds, 'sourceEventIds')),
    stateOf<commands.RecordStageEvidence>('structure', ({ sourceEventIds }) =>
      sourceEventIds.length > 0 ? ['structure'] : [],
    ),
  ],
  DeclareStage: [
    exists<commands.DeclareStage>('member', ({ override }) =>
      override ? [{ id: override.approver, pointer: '/override/approver' }] : [],
    ),
  ],
};

/** Decisions about stages and what proves them. */
export const stages = {
  RecordStageEvidence(state: Account, command: commands.RecordStageEvidence, context: Context): Drafts {
    registered(state, command);
    if (toldOnce(state, command, context)) return [];
    checkSources(command, context);
    return tell('StageEvidenceRecorded', command);
  },
  DeclareStage(state: Account, command: commands.DeclareStage, context: Context): Drafts {
    registered(state, command);
    const { stage, evidenceIds, override } = command;
    const { occurredAt } = context;
    if (state.stages.at(occurredAt)?.stage === stage) return [];
    checkEvidence(state, evidenceIds);
    if (!override) {
      const forward = checkNeighbours(state, stage, context) === 'forward';
      if (forward) checkProof(state, command);
    }
    return tell('StageDeclared', command);
  },
  SetTargetStage(state: Account, command: commands.SetTargetStage, context: Context): Drafts {
    registered(state, command);
    return inForce(state, 'targetStage', context) ? [] : tell('TargetStageSet', command);
  },
};

/** Evidence stands on events that are recorded, not retracted, and of this account or one merged into it. */
function checkSources({ accountId, item, sourceEventIds }: commands.RecordStageEvidence, context: Context): void {
  const { found, occurredAt } = context;
  const ofThis = (id: string | undefined): boolean => {
    if (id === undefined || id === accountId) return id === accountId;
    return isMergedInto(found.state<Structure | undefined>('structure', 'structure'), id, accountId, occurredAt);
  };
  const bad = sourceEventIds.flatMap((id, i): FieldError[] => {
    const event = found.event(id);
    const why = !event ? 'is not recorded' : event.retracted ? 'is retracted' : 'is of another account';
    if (event && !event.retracted && ofThis(event.accountid)) return [];
    return [{ pointer: `/sourceEventIds/${i}`, code: 'unknown', detail: `event ${id} ${why}` }];
  });
  if (bad.length === 0) return;
  const detail = bad.map((one) => one.detail).join('; ');
  throw new Refusal('stage/evidence-unknown', `Evidence of ${item} must cite events of ${accountId}: ${detail}`, {
    errors: bad,
    values: { item },
  });
}

/** What a declaration cites is recorded evidence of this account that still counts. */
function checkEvidence(state: Account, evidenceIds: readonly string[]): void {
  const bad = citing(evidenceIds, 'evidenceIds').filter(({ id }) => !state.evidence.has(id));
  if (bad.length === 0) return;
  const ids = bad.map(({ id }) => id);
  throw new Refusal('stage/evidence-unknown', `No recorded evidence of this account: ${ids.join(', ')}`, {
    errors: bad.map(({ id, pointer }) => ({
      pointer,
      code: 'unknown',
      detail: `${id} is no evidence recorded on this account, or it is retracted; record evidence first`,
    })),
    values: { ids },
  });
}

/** The declaration must be a move that the stages before and after it allow; tells whether it is a step forward. */
function checkNeighbours(state: Account, stage: commands.DeclareStage['stage'], { occurredAt }: Context): string {
  const before = state.stages.turnAt(occurredAt);
  const after = state.stages.after(occurredAt);
  const left = leftBefore(state.stages, occurredAt);
  const move = moveOf(before?.value.stage, stage, left);
  if (move === null) {
    const why = before
      ? `From ${before.value.stage}, declared at ${said(before.from)}, ${stage} is no allowed move`
      : `A first declaration is EXPLORATORY or BASIC, not ${stage}`;
    throw transition(after ? 'stage/out-of-order' : 'stage/transition', why, {
      from: before?.value.stage ?? null,
      to: stage,
    });
  }
  if (!after || after.value.overridden) return move;
  if (moveOf(stage, after.value.stage, left) !== null) return move;
  const why = `${stage} does not fit before ${after.value.stage}, declared at ${said(after.from)}`;
  throw transition('stage/out-of-order', why, { from: stage, to: after.value.stage });
}

const transition = (code: 'stage/transition' | 'stage/out-of-order', why: string, values: object): Refusal =>
  new Refusal(code, `${why}; give override with reason and approver to set the rule aside`, {
    errors: [{ pointer: '/stage', code: 'transition', detail: why }],
    values: { ...values },
  });

/** A step forward cites evidence newer than the last declaration, and one at level for each gate of the stage. */
function checkProof(state: Account, { stage, evidenceIds }: commands.DeclareStage): void {
  const cited = evidenceIds.map((id) => state.evidence.get(id)!);
  const missing: FieldError[] = [];
  const lack = (code: string, detail: string) => missing.push({ pointer: '/evidenceIds', code, detail });
  if (!cited.some(({ revision }) => revision > state.declaredAt))
    lack('newer', 'cite at least one evidence recorded after the last declaration');
  for (const { item, level } of gatesOf(stage))
    if (!cited.some((one) => one.item === item && one.level >= level))
      lack(item, `cite evidence of ${item} at level ${level === 4 ? '4' : `${level} or more`}`);
  if (missing.length === 0) return;
  const detail = missing.map((one) => one.detail).join('; ');
  throw new Refusal('stage/evidence-missing', `A step forward to ${stage} must be proven: ${detail}`, {
    errors: missing,
    values: { stage, missing: missing.map(({ code }) => code) },
  });
}
