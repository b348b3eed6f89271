import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonical } from '../../src/kernel/canonical.js';
import type { Entry, Event } from '../../src/kernel/event.js';
import { effective, eventOf } from '../../src/kernel/history.js';
import { changed, told } from '../../src/kernel/told.js';

const folder = new URL('../domain/golden/', import.meta.url);
const golden = readdirSync(folder).flatMap((file) =>
  readFileSync(new URL(file, folder), 'utf8')
    .split('\n')
    .filter((line) => line !== ''),
);

/** Names of everything an event may say. */
const names = [
  ...new Set(golden.flatMap((line) => Object.keys(JSON.parse(line) as Entry))),
  'known',
  'position',
] as readonly (keyof Event)[];

/** The same entry read the quick way. */
function quickly(text: string): Event<string, object> {
  const { type, time, known, position, accountid } = eventOf(text, 7);
  return told(text, { type, time, known, position, accountid });
}

const said = (event: Event<string, object>) => Object.fromEntries(names.map((name) => [name, event[name]]));

/** Texts that look like the ends of the data and the beginning of the envelope. */
const tricky = fc.oneof(
  fc.string(),
  fc.constantFrom('"data":{', ',"id":"', '\\",\\"id\\":\\"', '},"id":"0', '"', '\\', '\u2028'),
);

describe('an event read for a fold', () => {
  it.each(golden.map((line) => [(JSON.parse(line) as Entry).type, line]))(
    '%s says what its bytes say',
    (_type, line) => {
      expect(said(quickly(line))).toEqual(said(eventOf(line, 7)));
    },
  );

  it('says the same whatever its texts contain', () =>
    fc.assert(
      fc.property(tricky, tricky, tricky, tricky, fc.jsonValue(), (authid, sourcekey, commandid, text, value) => {
        const entry = JSON.parse(golden[0]!) as Entry;
        const data = { text, id: text, data: { id: sourcekey, data: authid }, value };
        const line = canonical({ ...entry, authid, sourcekey, commandid, data });
        expect(said(quickly(line))).toEqual(said(eventOf(line, 7)));
      }),
    ));

  it('keeps its envelope where a correction or a newer shape changes its data', () => {
    const event = quickly(golden[0]!);
    const other = changed(event, { data: { other: 1 } });
    expect(said(other)).toEqual({ ...said(event), data: { other: 1 } });
    const twice = changed(other, { time: 5, correctedBy: [9] });
    expect(said(twice)).toEqual({ ...said(event), data: { other: 1 }, time: 5 });
    expect(twice.correctedBy).toEqual([9]);
    expect(other).not.toBe(event);
    expect(effective([event], () => ({ lifted: true }))[0]).toMatchObject({ id: event.id, data: { lifted: true } });
    expect(event.data).toEqual((JSON.parse(golden[0]!) as Entry).data);
  });
});
