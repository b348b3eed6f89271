import { describe, expect, it } from '@jest/globals';
import { activityCommands } from '../../../src/domain/activity/activity.commands.js';
import { activity } from '../../../src/domain/activity/activity.decider.js';
import { digestOf } from '../../../src/kernel/identity.js';
import { activityCast } from '../../support/cast/activity.js';
import { acme } from '../../support/cast/ids.js';
import { type Past, specFor } from '../../support/spec.js';

const given = specFor(activity, activityCommands);
const { commands, events } = activityCast;
const told = (type: string, command: string): Past => ({
  type,
  data: events[type]!,
  digest: digestOf(commands[command]),
});

const logged = told('InteractionLogged', 'LogInteraction');
const insight = told('InsightRecorded', 'RecordInsight');
const driver = told('ValueDriverRecorded', 'RecordValueDriver');
const need = told('NeedRecorded', 'RecordNeed');

describe('insights and what we make of them (C7, G1, G2)', () => {
  it('an insight comes from interactions of this account', () => {
    const refusal = given().when('RecordInsight', commands.RecordInsight!).thenRefusal();
    expect(refusal).toMatchObject({ code: 'interaction/unknown', errors: [{ pointer: '/fromInteractionIds/0' }] });
    given(logged).when('RecordInsight', commands.RecordInsight!).then({ type: 'InsightRecorded', accountid: acme });
  });
  it('an insight is told once', () => {
    given(logged, insight).when('RecordInsight', commands.RecordInsight!).thenNothing();
    given(logged, insight)
      .when('RecordInsight', { ...commands.RecordInsight, topic: 'spares' })
      .thenRefused('insight/id-taken');
    expect(given(insight, insight).holds()).toThrow('downtime would mean two things');
  });
  it('a value activity cites insights and needs that are recorded, or none', () => {
    const body = commands.UndertakeValueActivity!;
    given(need).when('UndertakeValueActivity', body).thenRefused('insight/unknown');
    given(insight).when('UndertakeValueActivity', body).thenRefused('need/unknown');
    given(insight, need).when('UndertakeValueActivity', body).then({ type: 'ValueActivityUndertaken' });
    given()
      .when('UndertakeValueActivity', { ...body, insightIds: [], needIds: [] })
      .then({ type: 'ValueActivityUndertaken' });
    const done = told('ValueActivityUndertaken', 'UndertakeValueActivity');
    given(insight, need, done).when('UndertakeValueActivity', body).thenNothing();
    given(insight, need, done)
      .when('UndertakeValueActivity', { ...body, needIds: [] })
      .thenRefused('activity/id-taken');
  });
  it('an adaptation cites insights that are recorded', () => {
    given().when('AdaptActivity', commands.AdaptActivity!).thenRefused('insight/unknown');
    given(insight).when('AdaptActivity', commands.AdaptActivity!).then({ type: 'ActivityAdapted' });
    const body = { ...commands.AdaptActivity, occurredAt: '2026-03-20' };
    given(insight, { ...told('ActivityAdapted', 'AdaptActivity'), digest: digestOf(body) })
      .when('AdaptActivity', body)
      .thenNothing();
  });
});

describe('needs and what they value (D5)', () => {
  it('a need cites a value driver that is recorded', () => {
    given().when('RecordNeed', commands.RecordNeed!).thenRefused('driver/unknown');
    given(driver).when('RecordNeed', commands.RecordNeed!).then({ type: 'NeedRecorded' });
    given(driver, need).when('RecordNeed', commands.RecordNeed!).thenNothing();
    given(driver, need)
      .when('RecordNeed', { ...commands.RecordNeed, priority: 1 })
      .thenRefused('need/id-taken');
  });
  it('a need is met or lapses, once', () => {
    given().when('RecordNeedMet', commands.RecordNeedMet!).thenRefused('need/not-active');
    given(need).when('RecordNeedMet', commands.RecordNeedMet!).then({ type: 'NeedMet' });
    given(need, told('NeedMet', 'RecordNeedMet')).when('RecordNeedMet', commands.RecordNeedMet!).thenNothing();
    given(need, told('NeedMet', 'RecordNeedMet')).when('LapseNeed', commands.LapseNeed!).thenRefused('need/not-active');
    given(need).when('LapseNeed', commands.LapseNeed!).then({ type: 'NeedLapsed' });
  });
  it('a value driver may be recorded without a need, and lapses once', () => {
    given().when('RecordValueDriver', commands.RecordValueDriver!).then({ type: 'ValueDriverRecorded' });
    given(driver)
      .when('RecordValueDriver', { ...commands.RecordValueDriver, weight: 1 })
      .thenRefused('driver/id-taken');
    given().when('LapseValueDriver', commands.LapseValueDriver!).thenRefused('driver/not-active');
    given(driver).when('LapseValueDriver', commands.LapseValueDriver!).then({ type: 'ValueDriverLapsed' });
    given(driver, told('ValueDriverLapsed', 'LapseValueDriver'))
      .when('LapseValueDriver', commands.LapseValueDriver!)
      .thenNothing();
  });
});
