import { describe, expect, it } from '@jest/globals';
import { batchCommands } from '../../../src/domain/batch/batch.commands.js';
import { batch } from '../../../src/domain/batch/batch.decider.js';
import { batch as topic } from '../../../src/domain/batch/batch.topic.js';
import { digestOf } from '../../../src/kernel/identity.js';
import { batchCast } from '../../support/cast/batch.js';
import { samplesFit } from '../../support/samples.js';
import { type Past, specFor } from '../../support/spec.js';

const given = specFor(batch, batchCommands);
const { commands: command, events: event } = batchCast as {
  commands: Record<string, object>;
  events: Record<string, object>;
};
const started: Past = { type: 'ImportStarted', data: event.ImportStarted!, digest: digestOf(command.StartImport) };
const completed: Past = {
  type: 'ImportCompleted',
  data: event.ImportCompleted!,
  digest: digestOf(command.CompleteImport),
};
const reverted: Past = { type: 'ImportReverted', data: event.ImportReverted!, digest: digestOf(command.RevertImport) };

samplesFit(topic, batchCast);

describe('an import (R13)', () => {
  it('begins, ends and is taken back', () => {
    given()
      .when('StartImport', command.StartImport!)
      .then({ type: 'ImportStarted', data: event.ImportStarted! as never });
    given(started)
      .when('CompleteImport', command.CompleteImport!)
      .then({ type: 'ImportCompleted', data: event.ImportCompleted! as never });
    given(started, completed)
      .when('RevertImport', command.RevertImport!)
      .then({ type: 'ImportReverted', data: event.ImportReverted! as never });
    given(started).when('RevertImport', command.RevertImport!).then({ type: 'ImportReverted' });
  });
  it('says nothing new the second time', () => {
    given(started).when('StartImport', command.StartImport!).thenNothing();
    given(started, completed).when('CompleteImport', command.CompleteImport!).thenNothing();
    given(started, completed, reverted).when('RevertImport', command.RevertImport!).thenNothing();
  });
  it('may begin again once it was taken back', () => {
    given(started, completed, reverted).when('StartImport', command.StartImport!).then({ type: 'ImportStarted' });
  });
  it('is refused under an id that another one has', () =>
    given(started)
      .when('StartImport', { ...command.StartImport, mapping: 'other.ts' })
      .thenRefused('batch/id-taken'));
  it('ends and is taken back only where it began', () => {
    given().when('CompleteImport', command.CompleteImport!).thenRefused('batch/unknown');
    given().when('RevertImport', command.RevertImport!).thenRefused('batch/unknown');
  });
  it('does not end twice with other counts, nor after it was taken back', () => {
    given(started, completed)
      .when('CompleteImport', { ...command.CompleteImport, rejected: 8 })
      .thenRefused('batch/completed');
    given(started, reverted).when('CompleteImport', command.CompleteImport!).thenRefused('batch/reverted');
  });
  it('is permanent: none of it is ever corrected', () => {
    expect(Object.values(topic.events).map(({ permanent }) => permanent)).toEqual([true, true, true]);
  });
});
