import { describe, expect, it } from '@jest/globals';
import { correction } from '../../../src/domain/correction.topic.js';
import { log } from '../../../src/domain/log/log.topic.js';
import { subject } from '../../../src/domain/subject/subject.topic.js';
import { personalPaths } from '../../../src/kernel/command.js';
import { utcCalendar } from '../../../src/kernel/instant.js';
import { read } from '../../../src/kernel/read.js';
import { correctionCast } from '../../support/cast/correction.js';
import { logCast } from '../../support/cast/log.js';
import { subjectCast } from '../../support/cast/subject.js';
import { samplesFit } from '../../support/samples.js';

samplesFit(subject, subjectCast);
samplesFit(log, logCast);
samplesFit(correction, correctionCast);

describe('what the service tells by itself', () => {
  it('is permanent', () => {
    for (const topic of [subject, log])
      expect(Object.entries(topic.events).filter(([, type]) => !type.permanent)).toEqual([]);
  });
  it('nobody commands', () => {
    for (const topic of [subject, log]) expect(topic.commands).toEqual({});
  });
});

describe('corrections', () => {
  it('give a reason, which is personal', () => {
    for (const type of Object.values(correction.events)) expect(personalPaths(type)).toEqual(['reason']);
    const { reason: _reason, ...without } = correctionCast.commands.RetractEvent as { reason: string };
    expect(() => read(correction.commands.RetractEvent!, without, utcCalendar)).toThrow(/reason is missing/);
  });
  it('may be corrected in their turn: they are not permanent', () => {
    expect(Object.values(correction.events).some((type) => type.permanent)).toBe(false);
  });
});
