import { describe, expect, it } from '@jest/globals';
import type { Event, Sealed } from '../../src/kernel/event.js';
import { effective } from '../../src/kernel/history.js';
import { dataKey } from '../../src/vault/data-key.js';
import { openEvent, split } from '../../src/vault/personal.js';
import { seal } from '../../src/vault/seal.js';
import type { DataKey, KeyOf, KeyState } from '../../src/vault/vault.js';

const paths = ['summary', 'place', 'theirs[].note'];
const ada = dataKey('kAda', 'contact.ada', Buffer.alloc(32, 1));
const firm = dataKey('kFirm', 'account.ACME', Buffer.alloc(32, 2));
const live: KeyOf = (keyId) => ({ state: 'live', key: [ada, firm].find((key) => key.keyId === keyId)! });
const without =
  (gone: string, state: KeyState): KeyOf =>
  (keyId) =>
    keyId === gone ? state : live(keyId);
const adaErased = without('kAda', { state: 'erased', keyId: 'kAda' });
const firmErased = without('kFirm', { state: 'erased', keyId: 'kFirm' });
const erasedAda = { erased: true, keyId: 'kAda' };
const erasedFirm = { erased: true, keyId: 'kFirm' };

function entry(
  position: number,
  type: string,
  open: object,
  personal: object | undefined,
  key: DataKey,
): Event<string, object> {
  const time = Date.parse('2026-03-01T00:00:00.000Z') + position;
  const attributes = {
    id: `e${position}`,
    schemaversion: 1,
    source: 'taproot.example/log',
    subject: 'activity-ACME',
    type,
  };
  const sealed: { sealed?: Sealed } = personal ? { sealed: seal({ attributes, personal, keys: [key] }) } : {};
  const at = new Date(time).toISOString();
  const rest = {
    specversion: '1.0',
    streamrevision: position - 1,
    recordedtime: at,
    authtype: 'user',
    authid: 'u1',
  } as const;
  return { ...rest, ...attributes, time, known: time, position, data: { ...open, ...sealed } };
}

function logged(data: object): Event<string, object> {
  const { open, personal } = split(paths, data);
  return entry(1, 'InteractionLogged', open, personal, ada);
}

/** A correction as it is stored: open fields in `set`, personal ones in the box with the reason. */
function correction(
  position: number,
  set: object,
  { unset, key = ada }: { unset?: string[]; key?: DataKey } = {},
): Event<string, object> {
  const { open, personal } = split(paths, set);
  const told = { corrects: 'e1', ...(Object.keys(open).length > 0 ? { set: open } : {}), ...(unset ? { unset } : {}) };
  return entry(position, 'EventCorrected', told, { reason: 'misheard', ...(personal ? { set: personal } : {}) }, key);
}

const read = (events: Event<string, object>[], keyOf: KeyOf = live) =>
  openEvent(effective(events)[0]!, keyOf, paths).data;
const original = {
  interactionId: 'i1',
  durationMin: 30,
  summary: 'calm',
  place: 'Oslo',
  theirs: [{ contactId: 'a', note: 'firm' }, { contactId: 'b' }],
};

describe('opening an event', () => {
  it('gives it back as it was told, without its box', () => expect(read([logged(original)])).toEqual(original));

  it('leaves an event without personal fields as it is', () => {
    const event = logged({ interactionId: 'i1' });
    expect(openEvent(event, live, paths)).toBe(event);
  });

  it('shows placeholders where the key was destroyed or is away', () => {
    const shown = (what: object) => ({
      ...original,
      summary: what,
      place: what,
      theirs: [
        { contactId: 'a', note: what },
        { contactId: 'b', note: what },
      ],
    });
    expect(read([logged(original)], adaErased)).toEqual(shown(erasedAda));
    expect(read([logged(original)], without('kAda', { state: 'away' }))).toEqual(shown({ sealed: true }));
  });

  it('is the same when opened twice', () => {
    const once = openEvent(effective([logged(original), correction(2, { summary: 'tense' })])[0]!, live, paths);
    expect(openEvent(once, adaErased, paths)).toEqual(once);
  });
});

describe('opening a corrected event', () => {
  it('reads the corrected text, and the untouched text from the original box', () => {
    expect(read([logged(original), correction(2, { summary: 'tense' })])).toEqual({ ...original, summary: 'tense' });
  });

  it('lets the later of two corrections win', () => {
    const events = [
      logged(original),
      correction(2, { summary: 'tense', place: 'Bergen' }),
      correction(3, { summary: 'warm' }),
    ];
    expect(read(events)).toEqual({ ...original, summary: 'warm', place: 'Bergen' });
  });

  it('drops text that was unset, and text of a list that was told anew', () => {
    const events = [
      logged(original),
      correction(2, { theirs: [{ contactId: 'c', note: 'new' }] }, { unset: ['summary'] }),
    ];
    expect(read(events)).toEqual({
      interactionId: 'i1',
      durationMin: 30,
      place: 'Oslo',
      theirs: [{ contactId: 'c', note: 'new' }],
    });
  });

  it('drops the notes of a list that was told anew without any', () => {
    expect(read([logged(original), correction(2, { theirs: [{ contactId: 'c' }] })])).toEqual({
      ...original,
      theirs: [{ contactId: 'c' }],
    });
  });

  it('brings text back that was unset and told again', () => {
    const events = [logged(original), correction(2, {}, { unset: ['summary'] }), correction(3, { summary: 'warm' })];
    expect(read(events)).toEqual({ ...original, summary: 'warm' });
  });

  it('opens each box with the attributes of its own entry', () => {
    const [event] = effective([logged(original), correction(2, { summary: 'tense' })]);
    const swapped = {
      ...event!,
      boxes: event!.boxes!.map((box, i) => ({ ...box, entry: event!.boxes![1 - i]!.entry })),
    };
    expect(() => openEvent(swapped, live, paths)).toThrow('do not open');
  });

  it('keeps corrected text whose key lives when that of the original was destroyed', () => {
    const events = [
      logged(original),
      correction(2, { summary: 'tense', theirs: [{ contactId: 'b', note: 'new' }] }, { key: firm }),
    ];
    expect(read(events, adaErased)).toEqual({
      ...original,
      summary: 'tense',
      place: erasedAda,
      theirs: [{ contactId: 'b', note: 'new' }],
    });
  });

  it('shows no text as true that an unreadable correction may have changed', () => {
    const events = [logged(original), correction(2, { summary: 'tense' }, { key: firm })];
    expect(read(events, firmErased)).toEqual({ ...original, summary: erasedFirm, place: erasedFirm });
  });

  it('knows from the open part what an unreadable correction did change', () => {
    const events = [
      logged(original),
      correction(2, { theirs: [{ contactId: 'c', note: 'new' }] }, { key: firm, unset: ['place'] }),
    ];
    expect(read(events, firmErased)).toEqual({
      interactionId: 'i1',
      durationMin: 30,
      summary: erasedFirm,
      theirs: [{ contactId: 'c', note: erasedFirm }],
    });
  });

  it('reads what was told after an unreadable correction', () => {
    const events = [
      logged(original),
      correction(2, { summary: 'tense' }, { key: firm }),
      correction(3, { summary: 'warm', place: 'Bergen' }),
    ];
    expect(read(events, firmErased)).toEqual({ ...original, summary: 'warm', place: 'Bergen' });
  });

  it('reads the correction itself, with its reason and what it set', () => {
    const told = correction(2, { summary: 'tense', durationMin: 45 });
    expect(openEvent(told, live, ['reason']).data).toEqual({
      corrects: 'e1',
      reason: 'misheard',
      set: { durationMin: 45, summary: 'tense' },
    });
    expect(openEvent(told, adaErased, ['reason']).data).toEqual({
      corrects: 'e1',
      reason: erasedAda,
      set: { durationMin: 45 },
    });
  });
});
