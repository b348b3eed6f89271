import { describe, expect, it } from '@jest/globals';
import type { Topic } from '../../src/domain/topic.js';
import { utcCalendar } from '../../src/kernel/instant.js';
import { faults, read } from '../../src/kernel/read.js';

/** A topic's samples, by the names of its commands and events. */
export interface Cast {
  readonly commands: Readonly<Record<string, object>>;
  readonly events: Readonly<Record<string, object>>;
}

/** The laws that every topic's samples obey: one for each name, each fitting its class, none adding a field that would be lost. */
export function samplesFit(topic: Topic, cast: Cast): void {
  describe(`samples of ${topic.name}`, () => {
    it('are there for every command and every event', () => {
      expect(Object.keys(cast.commands).sort()).toEqual(Object.keys(topic.commands).sort());
      expect(Object.keys(cast.events).sort()).toEqual(Object.keys(topic.events).sort());
    });
    it.each(Object.keys(topic.events))('%s fits its class', (name) => {
      expect(faults(topic.events[name]!, cast.events[name]!)).toEqual([]);
    });
    if (Object.keys(topic.commands).length === 0) return;
    it.each(Object.keys(topic.commands))('%s is read', (name) => {
      const command = read(topic.commands[name]!, cast.commands[name]!, utcCalendar);
      expect(Object.keys(command).sort()).toEqual(Object.keys(cast.commands[name]!).sort());
    });
  });
}
