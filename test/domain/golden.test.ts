import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { faultsOf } from '../../src/app/corrections.js';
import { annotations, topics } from '../../src/domain/catalogue.js';
import { upcast } from '../../src/domain/upcasters.js';
import { canonical } from '../../src/kernel/canonical.js';
import type { Entry } from '../../src/kernel/event.js';
import { eventOf } from '../../src/kernel/history.js';
import { parseStrict } from '../../src/kernel/json.js';
import { casts } from '../support/cast/all.js';
import { goldenBytes } from '../support/golden.js';

/**
 * Entries as they were stored by each version of each event, one a line: added to, never edited. A changed line means that logs
 * written before can no longer be proven; a new event or a higher schema version brings a line of its own.
 */
const golden = (topic: string): string[] =>
  readFileSync(new URL(`./golden/${topic}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .slice(0, -1);

const entryOf = (line: string): Entry => JSON.parse(line) as Entry;
const versionOf = ({ type, schemaversion }: Pick<Entry, 'type' | 'schemaversion'>): string =>
  `${type} v${schemaversion}`;

describe.each([...topics, annotations].map((topic) => [topic.name, topic] as const))(
  'golden bytes of %s',
  (name, topic) => {
    const lines = golden(name);
    const current = Object.entries(topic.events).map(([type, { schemaversion = 1 }]) => ({ type, schemaversion }));

    it('are there for the current shape of every event, once', () => {
      const versions = lines.map((line) => versionOf(entryOf(line)));
      expect(versions).toEqual([...new Set(versions)]);
      expect(current.map(versionOf).filter((version) => !versions.includes(version))).toEqual([]);
      expect(lines.map((line) => entryOf(line).type).filter((type) => !(type in topic.events))).toEqual([]);
    });

    it.each(current)('$type v$schemaversion is stored as it always was', (one) => {
      const stored = lines.find((line) => versionOf(entryOf(line)) === versionOf(one));
      expect(goldenBytes(topic, casts[name]!, one.type)).toBe(stored);
    });

    it.each(lines.map((line) => [versionOf(entryOf(line)), line]))(
      '%s is canonical, and reads as its class',
      (_version, line) => {
        expect(canonical(parseStrict(line))).toBe(line);
        const event = eventOf(line, 1);
        const data = upcast(event);
        expect(faultsOf({ ...event, data })).toEqual([]);
      },
    );
  },
);
