import { describe, expect, it } from '@jest/globals';
import { memberCommands } from '../../../src/domain/member/member.commands.js';
import { member } from '../../../src/domain/member/member.decider.js';
import { member as topic } from '../../../src/domain/member/member.topic.js';
import { digestOf } from '../../../src/kernel/identity.js';
import { acme, globex, manager } from '../../support/cast/ids.js';
import { memberCast } from '../../support/cast/member.js';
import { samplesFit } from '../../support/samples.js';
import { type Past, specFor } from '../../support/spec.js';

const given = specFor(member, memberCommands);
const { commands: command, events: event } = memberCast as {
  commands: Record<string, object>;
  events: Record<string, object>;
};

const added: Past = {
  type: 'MemberAdded',
  data: event.MemberAdded!,
  time: '2025-01-01T00:00:00.000Z',
  digest: digestOf(command.AddMember),
};
const body = (assignmentId: string, accountId: string, ftePct: number, from: string, until?: string) => ({
  memberId: manager,
  assignmentId,
  accountId,
  role: 'EXPERT',
  ftePct,
  from,
  ...(until ? { until } : {}),
});
const assigned = (assignmentId: string, ftePct: number, from: string, until?: string): Past => ({
  type: 'MemberAssigned',
  data: {
    assignmentId,
    accountId: acme,
    role: 'EXPERT',
    ftePct,
    from,
    ...(until ? { until } : {}),
    function: 'SALES',
    seniority: 2,
  },
  digest: digestOf(body(assignmentId, acme, ftePct, from, until)),
});
const released = (assignmentId: string, on: string): Past => ({
  type: 'MemberReleased',
  data: { assignmentId, on },
  digest: digestOf({ memberId: manager, assignmentId, on }),
});

samplesFit(topic, memberCast);

describe('adding and changing a member (F2)', () => {
  it('is recorded once', () => {
    given()
      .when('AddMember', command.AddMember!)
      .then({ type: 'MemberAdded', data: event.MemberAdded! as never });
    given(added).when('AddMember', command.AddMember!).thenNothing();
  });
  it('is refused where another person has the id', () =>
    given(added)
      .when('AddMember', { ...command.AddMember, seniority: 1 })
      .thenRefused('member/id-taken'));
  it('says nothing where nothing is otherwise', () => {
    given(added).when('ChangeMember', { memberId: manager, seniority: 3, function: 'KEY_ACCOUNT' }).thenNothing();
    given(added)
      .when('ChangeMember', { memberId: manager, seniority: 4 })
      .then({ data: { seniority: 4 } });
  });
  it('is refused where nothing is given, or for a person nobody added', () => {
    given(added).when('ChangeMember', { memberId: manager }).thenRefused('command/invalid');
    given().when('ChangeMember', { memberId: manager, seniority: 1 }).thenRefused('member/unknown');
  });
});

describe('assigning a member (D10)', () => {
  it('copies function and seniority as they were then, and enters the account’s history', () => {
    const promoted: Past = { type: 'MemberChanged', data: { seniority: 4 }, time: '2026-03-01T00:00:00.000Z' };
    const before = given(added, promoted).when('AssignMember', { ...command.AssignMember, occurredAt: '2026-01-01' });
    before.then({
      type: 'MemberAssigned',
      accountid: acme,
      data: { ...event.MemberAssigned, function: 'KEY_ACCOUNT', seniority: 3 } as never,
    });
    given(added, promoted)
      .when('AssignMember', command.AssignMember!)
      .then({ data: { seniority: 4 } as never });
  });
  it('says nothing new the second time, and is refused where the id means another one', () => {
    const first = assigned('a', 60, '2026-01-01T00:00:00.000Z');
    given(added, first)
      .when('AssignMember', body('a', acme, 60, '2026-01-01T00:00:00.000Z'))
      .thenNothing();
    given(added, first)
      .when('AssignMember', body('a', acme, 10, '2026-01-01'))
      .thenRefused('assignment/id-taken');
  });
  it('60 + 50 overlapping is refused with the interval and the sum', () => {
    const refusal = given(added, assigned('a', 60, '2026-01-01T00:00:00.000Z', '2026-07-01T00:00:00.000Z'))
      .when('AssignMember', body('b', globex, 50, '2026-05-01', '2026-12-31'))
      .thenRefusal();
    expect(refusal).toMatchObject({
      code: 'member/over-allocated',
      category: 'conflict',
      values: { from: '2026-05-01', until: '2026-07-01', sum: 110 },
    });
    expect(refusal.message).toContain('110 %');
    expect(refusal.errors).toMatchObject([{ pointer: '/ftePct' }]);
  });
  it('60 + 40 fills a person, and 60 then 50 end to end do not overlap', () => {
    given(added, assigned('a', 60, '2026-01-01T00:00:00.000Z'))
      .when('AssignMember', body('b', globex, 40, '2026-05-01'))
      .then({ type: 'MemberAssigned' });
    given(added, assigned('a', 60, '2026-01-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z'))
      .when('AssignMember', body('b', globex, 50, '2026-05-01'))
      .then({ type: 'MemberAssigned' });
  });
  it('goes by when time is given, not by when that was told: a fact told late meets what comes later', () => {
    given(added, assigned('a', 60, '2026-03-01T00:00:00.000Z'))
      .when('AssignMember', body('b', globex, 50, '2025-01-01'))
      .thenRefused('member/over-allocated');
    given(added, assigned('a', 60, '2026-03-01T00:00:00.000Z'))
      .when('AssignMember', body('b', globex, 50, '2025-01-01', '2026-02-28'))
      .then({ type: 'MemberAssigned' });
  });
  it('reckons a release from its day on', () => {
    const past = [added, assigned('a', 60, '2026-01-01T00:00:00.000Z'), released('a', '2026-04-01T00:00:00.000Z')];
    given(...past)
      .when('AssignMember', body('b', globex, 50, '2026-04-01'))
      .then({ type: 'MemberAssigned' });
    given(...past)
      .when('AssignMember', body('b', globex, 50, '2026-03-31'))
      .thenRefused('member/over-allocated');
  });
  it('is refused where it would end before it begins, or for a person nobody added', () => {
    given(added)
      .when('AssignMember', body('a', acme, 50, '2026-05-01', '2026-04-01'))
      .thenRefused('period/invalid');
    given()
      .when('AssignMember', body('a', acme, 50, '2026-05-01'))
      .thenRefused('member/unknown');
  });
});

describe('releasing a member (F2)', () => {
  const past = [added, assigned('a', 60, '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z')];
  const release = { memberId: manager, assignmentId: 'a', on: '2026-05-01' };

  it('happened on that day, in the history of the account it was for', () => {
    given(...past)
      .when('ReleaseMember', release)
      .then({
        type: 'MemberReleased',
        accountid: acme,
        time: Date.parse('2026-05-01T00:00:00.000Z'),
        data: { assignmentId: 'a', on: '2026-05-01T00:00:00.000Z' },
      });
  });
  it('told ahead, is told now', () => {
    given(...past)
      .when('ReleaseMember', { ...release, on: '2026-09-01' })
      .then({ time: Date.parse('2026-06-30T12:00:00.000Z') });
  });
  it('says nothing new the second time, and is refused with another day', () => {
    const done = released('a', '2026-05-01T00:00:00.000Z');
    given(...past, done)
      .when('ReleaseMember', release)
      .thenNothing();
    given(...past, done)
      .when('ReleaseMember', { ...release, on: '2026-04-01' })
      .thenRefused('assignment/released');
  });
  it('is refused outside the assignment, and where there is none', () => {
    given(...past)
      .when('ReleaseMember', { ...release, on: '2025-12-31' })
      .thenRefused('time/order');
    given(...past)
      .when('ReleaseMember', { ...release, on: '2027-02-01' })
      .thenRefused('time/order');
    given(added).when('ReleaseMember', release).thenRefused('assignment/unknown');
  });
});

describe('trust in the key-account manager (F3)', () => {
  const confirmed: Past = { type: 'KamConfirmed', data: event.KamConfirmed!, time: '2026-02-01T00:00:00.000Z' };
  it('is confirmed by each side on its own, in the account’s history', () => {
    given(added)
      .when('ConfirmKam', command.ConfirmKam!)
      .then({ type: 'KamConfirmed', accountid: acme, data: event.KamConfirmed! as never });
    given(added, confirmed).when('ConfirmKam', command.ConfirmKam!).thenNothing();
    given(added, confirmed)
      .when('ConfirmKam', { ...command.ConfirmKam, by: 'TEAM' })
      .then({ type: 'KamConfirmed' });
    given(added, confirmed)
      .when('ConfirmKam', { ...command.ConfirmKam, accountId: globex })
      .then({ type: 'KamConfirmed', accountid: globex });
  });
  it('is withdrawn, also by who never confirmed, and not twice', () => {
    const withdrawn: Past = {
      type: 'KamConfidenceWithdrawn',
      data: event.KamConfidenceWithdrawn!,
      time: '2026-02-01T00:00:00.000Z',
    };
    given(added)
      .when('WithdrawKamConfidence', command.WithdrawKamConfidence!)
      .then({ type: 'KamConfidenceWithdrawn', accountid: acme });
    given(added, withdrawn).when('WithdrawKamConfidence', command.WithdrawKamConfidence!).thenNothing();
  });
  it('is of a person we know', () => {
    given().when('ConfirmKam', command.ConfirmKam!).thenRefused('member/unknown');
    given().when('WithdrawKamConfidence', command.WithdrawKamConfidence!).thenRefused('member/unknown');
  });
});
