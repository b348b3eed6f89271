import { describe, expect, it } from '@jest/globals';
import { activityCommands } from '../../../src/domain/activity/activity.commands.js';
import { activity } from '../../../src/domain/activity/activity.decider.js';
import { digestOf } from '../../../src/kernel/identity.js';
import { activityCast } from '../../support/cast/activity.js';
import { acme, manager } from '../../support/cast/ids.js';
import { type Past, specFor } from '../../support/spec.js';

const given = specFor(activity, activityCommands);
const { commands, events } = activityCast;
const told = (type: string, command: string): Past => ({
  type,
  data: events[type]!,
  digest: digestOf(commands[command]),
});

describe('pursuits (D4, E4, H3, H6)', () => {
  const opened = told('PursuitOpened', 'OpenPursuit');
  const won = told('PursuitWon', 'WinPursuit');
  const lost = told('PursuitLost', 'LosePursuit');
  it('are opened once', () => {
    given().when('OpenPursuit', commands.OpenPursuit!).then({ type: 'PursuitOpened', accountid: acme });
    given(opened).when('OpenPursuit', commands.OpenPursuit!).thenNothing();
    given(opened)
      .when('OpenPursuit', { ...commands.OpenPursuit, purpose: 'WIN_BACK' })
      .thenRefused('pursuit/id-taken');
    expect(given(opened, opened).holds()).toThrow('line-2 would mean two things');
  });
  it('go through stages while they are open', () => {
    given().when('AdvancePursuit', commands.AdvancePursuit!).thenRefused('pursuit/not-open');
    given(opened).when('AdvancePursuit', commands.AdvancePursuit!).then({ type: 'PursuitAdvanced' });
    given(opened, told('PursuitAdvanced', 'AdvancePursuit'))
      .when('AdvancePursuit', commands.AdvancePursuit!)
      .thenNothing();
    given(opened, lost).when('AdvancePursuit', commands.AdvancePursuit!).thenRefused('pursuit/not-open');
  });
  it('are won or lost, once', () => {
    given(opened).when('WinPursuit', commands.WinPursuit!).then({ type: 'PursuitWon' });
    given(opened, won).when('WinPursuit', commands.WinPursuit!).thenNothing();
    given(opened, won).when('LosePursuit', commands.LosePursuit!).thenRefused('pursuit/not-open');
    given(opened).when('LosePursuit', commands.LosePursuit!).then({ type: 'PursuitLost' });
    given(opened, lost).when('LosePursuit', commands.LosePursuit!).thenNothing();
    given().when('WinPursuit', commands.WinPursuit!).thenRefused('pursuit/not-open');
  });
  it('are won by members who exist', () => {
    const needs = activity.needs!.WinPursuit as unknown as { noun: string; of: (c: object) => unknown }[];
    expect(needs[1]?.noun).toBe('member');
    expect(needs[1]?.of(commands.WinPursuit!)).toEqual([{ id: manager, pointer: '/wonBy/0' }]);
  });
});

describe('help of other units (C3, C4, D12, F5)', () => {
  const asked = told('SupportRequested', 'RequestSupport');
  const pledged = told('SupportPledged', 'PledgeSupport');
  const bare = { accountId: acme, requestId: 'bench', due: '2026-05-15' };
  it('is asked for once', () => {
    given().when('RequestSupport', commands.RequestSupport!).then({ type: 'SupportRequested' });
    given(asked).when('RequestSupport', commands.RequestSupport!).thenNothing();
    given(asked)
      .when('RequestSupport', { ...commands.RequestSupport, unit: 'QUALITY' })
      .thenRefused('support/id-taken');
  });
  it('is promised by the unit that was asked, in the process it was asked for', () => {
    given(asked)
      .when('PledgeSupport', bare)
      .then({
        type: 'SupportPledged',
        data: { requestId: 'bench', unit: 'ENGINEERING', processId: 'npi-7', due: '2026-05-16T00:00:00.000Z' } as never,
      });
  });
  it('may be promised unasked, by a unit that is named', () => {
    given()
      .when('PledgeSupport', { ...bare, unit: 'QUALITY' })
      .then({ data: { unit: 'QUALITY' } as never });
    given().when('PledgeSupport', bare).thenRefused('support/unit-missing');
  });
  it('is promised once', () => {
    given(asked, pledged).when('PledgeSupport', commands.PledgeSupport!).thenNothing();
    given(asked, pledged).when('PledgeSupport', bare).thenRefused('support/id-taken');
    expect(given(asked, pledged).holds()).not.toThrow();
    expect(given(asked, pledged, pledged).holds()).toThrow('bench would mean two things');
  });
  it('comes, or does not come, after it was promised', () => {
    given(asked).when('DeliverSupport', commands.DeliverSupport!).thenRefused('support/not-open');
    given(asked).when('FailSupport', commands.FailSupport!).thenRefused('support/not-open');
    given(asked, pledged)
      .when('DeliverSupport', commands.DeliverSupport!)
      .then({
        type: 'SupportDelivered',
        data: { requestId: 'bench', unit: 'ENGINEERING', processId: 'npi-7' } as never,
      });
    given(asked, pledged)
      .when('FailSupport', commands.FailSupport!)
      .then({ type: 'SupportFailed', data: { unit: 'ENGINEERING' } as never });
    const delivered = told('SupportDelivered', 'DeliverSupport');
    given(asked, pledged, delivered).when('DeliverSupport', commands.DeliverSupport!).thenNothing();
    given(asked, pledged, delivered).when('FailSupport', commands.FailSupport!).thenRefused('support/not-open');
    given(asked, pledged, told('SupportFailed', 'FailSupport'))
      .when('FailSupport', commands.FailSupport!)
      .thenNothing();
  });
  it('may be declined, promised or not, once', () => {
    const declined = told('SupportDeclined', 'DeclineSupport');
    given().when('DeclineSupport', commands.DeclineSupport!).thenRefused('support/not-open');
    given(asked).when('DeclineSupport', commands.DeclineSupport!).then({ type: 'SupportDeclined' });
    given(asked, pledged).when('DeclineSupport', commands.DeclineSupport!).then({ type: 'SupportDeclined' });
    given(asked, declined).when('DeclineSupport', commands.DeclineSupport!).thenNothing();
    given(asked, declined).when('PledgeSupport', bare).thenRefused('support/not-open');
  });
});
