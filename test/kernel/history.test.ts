import { describe, expect, it } from '@jest/globals';
import type { Event } from '../../src/kernel/event.js';
import { effective, effectiveStream, eventOf, type Upcast } from '../../src/kernel/history.js';
import { event } from '../support/folding.js';

type One = Event<string, object>;
const invoice = (day: string, data: object) => event('InvoiceIssued', day, data);
const correct = (target: One, set: object, more: object = {}) =>
  event('EventCorrected', '2026-06-01', { corrects: target.id, set, reason: 'r', ...more });
const retract = (target: One, more: object = {}) =>
  event('EventRetracted', '2026-06-01', { retracts: target.id, reason: 'r', ...more });
const dataOf = (events: readonly One[], target: One) => effective(events).find(({ id }) => id === target.id)?.data;

describe('corrections (bytes §6)', () => {
  it('a History never shows a correction or a retraction', () => {
    const a = invoice('2026-01-01', { gross: 1 });
    const types = effective([a, correct(a, { gross: 2 }), retract(invoice('2026-01-02', {}))]).map(({ type }) => type);
    expect(types).toEqual(['InvoiceIssued']);
  });

  it('set changes fields, unset takes them away, all others stay', () => {
    const a = invoice('2026-01-01', { gross: 1, cogs: 2, orderId: 'O' });
    expect(dataOf([a, correct(a, { gross: 9 }, { unset: ['orderId'] })], a)).toEqual({ gross: 9, cogs: 2 });
    expect(a.data).toEqual({ gross: 1, cogs: 2, orderId: 'O' });
  });

  it('the latest position wins, field by field, in whatever order they are read', () => {
    const a = invoice('2026-01-01', { gross: 1, cogs: 1, items: 1 });
    const one = correct(a, { gross: 2, cogs: 2 });
    const two = correct(a, { gross: 3 });
    for (const order of [
      [a, one, two],
      [two, one, a],
    ])
      expect(dataOf(order, a)).toEqual({ gross: 3, cogs: 2, items: 1 });
    const three = correct(a, {}, { unset: ['cogs'] });
    expect(dataOf([a, one, two, three], a)).toEqual({ gross: 3, items: 1 });
    const four = correct(a, { cogs: 8 });
    expect(dataOf([a, one, two, three, four], a)).toEqual({ gross: 3, cogs: 8, items: 1 });
  });

  it('time moves the event, and the order follows', () => {
    const [a, b] = [invoice('2026-01-01', { n: 'a' }), invoice('2026-02-01', { n: 'b' })];
    const late = correct(a, {}, { time: '2026-03-01T00:00:00.000Z' });
    const moved = effective([a, b, late]);
    expect(moved.map(({ data }) => (data as { n: string }).n)).toEqual(['b', 'a']);
    expect(moved[1]!.time).toBe(Date.parse('2026-03-01'));
    const back = correct(a, {}, { time: '2026-01-15T00:00:00.000Z' });
    expect(effective([a, b, late, back])[0]).toMatchObject({ id: a.id, time: Date.parse('2026-01-15') });
  });

  it('of an unknown target does nothing', () => {
    const [a, unknown] = [invoice('2026-01-01', { gross: 1 }), invoice('2026-01-02', {})];
    expect(effective([a, correct(unknown, { gross: 5 }), retract(unknown)])).toEqual([a]);
  });

  it('says which corrections live in the event, and none where none does', () => {
    const a = invoice('2026-01-01', { gross: 1 });
    const [one, two] = [correct(a, { gross: 2 }), correct(a, { gross: 3 })];
    expect(effective([a, one, two])[0]!.correctedBy).toEqual([one.position, two.position]);
    expect(effective([a, one, two, retract(two)])[0]!.correctedBy).toEqual([one.position]);
    expect(effective([a, one, retract(one)])[0]).not.toHaveProperty('correctedBy');
  });
});

describe('retractions (bytes §6)', () => {
  const a = invoice('2026-01-01', { gross: 1 });

  it('of an original: it is gone, with all its corrections', () => {
    expect(effective([a, correct(a, { gross: 2 }), retract(a)])).toEqual([]);
  });

  it('of a correction: the earlier version returns', () => {
    const [one, two] = [correct(a, { gross: 2 }), correct(a, { gross: 3 })];
    expect(dataOf([a, one, two, retract(two)], a)).toEqual({ gross: 2 });
    expect(dataOf([a, one, two, retract(one)], a)).toEqual({ gross: 3 });
    expect(dataOf([a, one, retract(one)], a)).toEqual({ gross: 1 });
  });

  it('of a retraction: the event returns; and of that one: it is gone again', () => {
    const gone = retract(a);
    const back = retract(gone);
    const again = retract(back);
    expect(dataOf([a, gone, back], a)).toEqual({ gross: 1 });
    expect(effective([a, gone, back, again])).toEqual([]);
    expect(dataOf([a, gone, back, again, retract(again)], a)).toEqual({ gross: 1 });
  });

  it('one that still stands takes the event away though another was taken back', () => {
    const [first, second] = [retract(a), retract(a)];
    expect(effective([a, first, second, retract(first)])).toEqual([]);
    expect(effective([a, first, second, retract(second), retract(first)])).toHaveLength(1);
  });

  it('what an event that returns was corrected to is there again', () => {
    const gone = retract(a);
    expect(dataOf([a, correct(a, { gross: 2 }), gone, retract(gone)], a)).toEqual({ gross: 2 });
  });

  it('a correction of a correction does nothing: corrects names an original', () => {
    const one = correct(a, { gross: 2 });
    expect(dataOf([a, one, correct(one, { set: { gross: 7 } })], a)).toEqual({ gross: 2 });
  });
});

describe('sealed fields of a corrected event (bytes §6)', () => {
  const box = (name: string) => ({ keys: [name], box: `box-${name}` });
  const a = invoice('2026-01-01', { gross: 1, sealed: box('first') });

  it('untouched ones stay in the original box; each box knows its own entry and what later ones took from it', () => {
    const boxed = event('EventCorrected', '2026-06-01', {
      corrects: a.id,
      set: { note: 'changed' },
      sealed: box('second'),
      reason: 'r',
    });
    const [found] = effective([a, boxed]);
    expect(found!.boxes).toMatchObject([
      { entry: { id: a.id, type: 'InvoiceIssued' }, sealed: box('first'), replaced: ['note'] },
      { entry: { id: boxed.id, type: 'EventCorrected' }, sealed: box('second'), replaced: [] },
    ]);
    expect((found!.data as { sealed: object }).sealed).toEqual(box('first'));
    expect(effective([a, boxed, retract(boxed)])[0]!.boxes).toBeUndefined();
  });

  it('a correction without sealed fields adds no box', () => {
    expect(effective([a, correct(a, { gross: 2 })])[0]!.boxes).toMatchObject([{ replaced: ['gross'] }]);
  });
});

describe('order, and older shapes', () => {
  it('of a History is (time, position); of a stream, position', () => {
    const late = invoice('2026-03-01', { n: 1 });
    const early = invoice('2026-01-01', { n: 2 });
    const same = invoice('2026-03-01', { n: 3 });
    const numbers = (events: readonly One[]) => events.map(({ data }) => (data as { n: number }).n);
    expect(numbers(effective([same, early, late]))).toEqual([2, 1, 3]);
    expect(numbers(effectiveStream([same, late, early]))).toEqual([1, 2, 3]);
  });

  it('resolve first, upcast afterwards: a correction is written in the stored shape', () => {
    const lift: Upcast = ({ schemaversion, data }) => {
      const { amount, ...rest } = data as { amount: number };
      return schemaversion === 1 ? { ...rest, gross: amount * 100 } : rest;
    };
    const a = invoice('2026-01-01', { amount: 1 });
    expect(effective([a, correct(a, { amount: 7 })], lift)[0]!.data).toEqual({ gross: 700 });
    expect(effectiveStream([a], lift)[0]!.data).toEqual({ gross: 100 });
  });

  it("bytes are read with the source's claim of when it knew, else with the time of recording", () => {
    const entry = { time: '2020-01-01T00:00:00.000Z', recordedtime: '2026-01-01T00:00:00.000Z', data: {} };
    expect(eventOf(JSON.stringify(entry), 7)).toMatchObject({ position: 7, known: Date.parse('2026-01-01') });
    const imported = { ...entry, knowntime: '2021-01-01T00:00:00.000Z' };
    expect(eventOf(JSON.stringify(imported), 7)).toMatchObject({
      time: Date.parse('2020-01-01'),
      known: Date.parse('2021-01-01'),
    });
  });
});
