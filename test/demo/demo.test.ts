import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Taproot } from '../../src/app/taproot.js';
import { loadDemo } from '../../src/demo/demo.js';
import { commandNames } from '../../src/domain/catalogue.js';
import { corrected, retracted } from '../../src/kernel/event.js';
import { eventOf } from '../../src/kernel/history.js';
import { commandOf, untold } from '../support/command-names.js';
import { freshDirectory, openIn } from '../support/service.js';

const clock = () => Date.parse('2026-11-24T08:00:00.000Z');

/** Commands that the demo does not give, each with its reason. */
const left: Readonly<Record<string, string>> = {
  RevertImport: 'it takes a whole import back, and the demo is one import',
};

/** An entry without what no two logs share: the seal's randomness, keys, and the blind index that a vault's secret makes. */
function shared(entry: string): unknown {
  const { data, sourcekey, subject, ...rest } = JSON.parse(entry) as Record<string, unknown>;
  const { sealed, ...open } = data as Record<string, unknown>;
  if (rest.type === 'SubjectKeyCreated') return { type: rest.type, subject };
  const person = /^(contact|member)-/.test(String(subject));
  return { ...rest, subject, data: open, sealed: sealed !== undefined, ...(person ? {} : { sourcekey }) };
}

describe('the demo portfolio', () => {
  const logs: Taproot[] = [];
  const directories = [freshDirectory(), freshDirectory()];
  const entriesOf = (taproot: Taproot) => taproot.ledger.reader.scan(0, 100_000).map(({ entry }) => entry);

  beforeAll(async () => {
    for (const directory of directories) {
      const taproot = await openIn(directory, clock);
      await loadDemo(taproot);
      logs.push(taproot);
    }
  }, 120_000);
  afterAll(async () => {
    for (const taproot of logs) await taproot.close();
  });

  it('is told without a refusal: five years of forty customers', () => {
    const events = entriesOf(logs[0]!).map((entry, i) => eventOf(entry, i + 1));
    expect(events.filter(({ type }) => type === 'AccountRegistered')).toHaveLength(40);
    expect(events.length).toBeGreaterThan(5_000);
    expect(events.length).toBeLessThan(11_000);
    const happened = events.filter(({ knowntime, type }) => knowntime && type !== corrected && type !== retracted);
    const times = happened.map(({ time }) => time);
    expect(new Date(Math.min(...times)).toISOString().slice(0, 10)).toBe('2021-12-01');
    expect(new Date(Math.max(...times)).toISOString() <= '2026-11-20T20:00:00.000Z').toBe(true);
  });

  it('has the same events with the same ids in the same order in every log of one name', () => {
    const [first, second] = logs.map((taproot) => entriesOf(taproot).map(shared));
    expect(second).toEqual(first);
  });

  it('says wherever a customer is named that it is fictitious', () => {
    const named = entriesOf(logs[0]!)
      .map((entry) => JSON.parse(entry) as { type: string; data: { name: string; externalIds: object[] } })
      .filter(({ type }) => type === 'AccountRegistered');
    for (const { data } of named) {
      expect(data.name).toMatch(/ \(fictitious\)$/);
      expect(data.externalIds).toEqual([expect.objectContaining({ system: 'fictitious' })]);
    }
  });

  it('was known when it became known: never before it happened, mostly within days, in the stories weeks and months later', () => {
    const lags = entriesOf(logs[0]!)
      .map((entry) => JSON.parse(entry) as { time: string; knowntime?: string; type: string })
      .filter(({ knowntime, type }) => knowntime && type !== corrected && type !== retracted)
      .map(({ time, knowntime }) => (Date.parse(knowntime!) - Date.parse(time)) / 86_400_000);
    expect(Math.min(...lags)).toBeGreaterThanOrEqual(0);
    expect(lags.filter((lag) => lag <= 3).length / lags.length).toBeGreaterThan(0.95);
    expect(lags.filter((lag) => lag > 30).length).toBeGreaterThanOrEqual(5);
  });

  it('gives every command of the catalogue at least once', () => {
    const told = new Set(entriesOf(logs[0]!).map((entry) => (JSON.parse(entry) as { type: string }).type));
    const given = new Set([...told].filter((type) => !untold.includes(type)).map(commandOf));
    expect(commandNames().filter((name) => !given.has(name))).toEqual(Object.keys(left));
  });

  it('uses no person and no account before it is told of', () => {
    const begun = new Set<string>();
    const early: string[] = [];
    for (const entry of entriesOf(logs[0]!)) {
      const { subject, type, data } = JSON.parse(entry) as {
        subject: string;
        type: string;
        data: { ours?: { memberId: string }[] };
      };
      if (type === 'AccountRegistered' || type === 'MemberAdded' || type === 'ContactAdded') begun.add(subject);
      const account = /^(?:activity|books)-(.+)$/.exec(subject)?.[1];
      if (account && !begun.has(`account-${account}`)) early.push(subject);
      for (const { memberId } of type === 'InteractionLogged' ? data.ours! : [])
        if (!begun.has(`member-${memberId}`)) early.push(memberId);
    }
    expect(early).toEqual([]);
  });
});
