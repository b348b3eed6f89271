import { describe, expect, it } from '@jest/globals';
import { lineOf } from '../../projections/timeline/lines.js';
import { annotations, commandNamed, commandNames, eventNamed, topicNamed, topics } from '../../src/domain/catalogue.js';
import { personalPaths } from '../../src/kernel/command.js';
import { placeholders, split } from '../../src/vault/personal.js';
import { casts } from '../support/cast/all.js';
import { commandOf, untold } from '../support/command-names.js';
import { eventLike } from '../support/spec.js';

const all = [...topics, annotations];
const everyCommand = all.flatMap((topic) => Object.keys(topic.commands).map((name) => ({ name, topic })));
const everyEvent = all.flatMap((topic) => Object.keys(topic.events).map((name) => ({ name, topic })));
const chinese = /\p{Script=Han}/u;

describe('the catalogue', () => {
  it('has every name once', () => {
    for (const names of [everyCommand, everyEvent].map((list) => list.map(({ name }) => name))) {
      expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    }
    expect(commandNames()).toHaveLength(everyCommand.length);
  });
  it('finds commands, events and topics by name, and says where there are none', () => {
    for (const { name, topic } of everyCommand)
      expect(commandNamed(name)).toEqual({ name, type: topic.commands[name], topic });
    for (const { name, topic } of everyEvent)
      expect(eventNamed(name)).toEqual({ name, type: topic.events[name], topic });
    for (const topic of all) expect(topicNamed(topic.name)).toBe(topic);
    expect([commandNamed('constructor'), eventNamed('Nothing')]).toEqual([undefined, undefined]);
    expect(() => topicNamed('weather')).toThrow(/no topic weather/);
  });
  it('names each command after the event it tells', () => {
    for (const topic of all) {
      const told = Object.keys(topic.events).filter((name) => !untold.includes(name));
      expect([...new Set(told.map(commandOf))].sort()).toEqual(Object.keys(topic.commands).sort());
    }
  });
  it('decides every command, corrections by their target', () => {
    for (const topic of topics)
      expect(Object.keys(topic.decider.decide).sort()).toEqual(Object.keys(topic.commands).sort());
    for (const topic of topics) expect(topic.decider.name).toBe(topic.name);
  });
  it('has a sentence in both languages for every command and every event', () => {
    for (const { name, topic } of [...everyCommand, ...everyEvent]) {
      const says = topic.says[name];
      expect([name, says?.en.endsWith('.'), chinese.test(says?.zh ?? '')]).toEqual([name, true, true]);
    }
    for (const { says, commands, events } of all)
      expect(Object.keys(says).filter((name) => !(name in commands) && !(name in events))).toEqual([]);
  });
});

describe('a line of the timeline (R18)', () => {
  it.each(everyEvent.map(({ name, topic }) => [name, topic.name]))(
    'says in both languages what %s tells',
    (name, topic) => {
      const data = casts[topic]!.events[name]!;
      const line = lineOf(eventLike({ type: name, data }, 0));
      expect(line.en).toMatch(/^\S.{3,}\S$/su);
      expect(line.zh).toMatch(chinese);
      expect(`${line.en}${line.zh}`).not.toMatch(/undefined|\[object|NaN|null/);
    },
  );
  it.each(everyEvent.map(({ name, topic }) => [name, topic.name]))(
    'stands without what is personal in %s',
    (name, topic) => {
      const paths = personalPaths(eventNamed(name)!.type);
      const data = casts[topic]!.events[name]!;
      const { open } = split(paths, data);
      for (const gone of [
        placeholders(paths, open, { erased: true, keyId: 'k1' }),
        placeholders(paths, open, { sealed: true }),
        open,
      ]) {
        const line = lineOf(eventLike({ type: name, data: gone }, 0));
        expect(`${line.en}${line.zh}`).not.toMatch(/undefined|\[object|NaN|null/);
      }
    },
  );
  it('of an event that only a newer version knows is its name', () => {
    expect(lineOf(eventLike({ type: 'PlanetVisited', data: {} }, 0))).toEqual({
      en: 'PlanetVisited',
      zh: 'PlanetVisited',
    });
  });
});
