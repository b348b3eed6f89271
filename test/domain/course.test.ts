import { describe, expect, it } from '@jest/globals';
import { Course } from '../../src/domain/course.js';

describe('the course of a value over time', () => {
  const course = new Course<string>();
  course.turn(10, 'first');
  course.turn(30, 'third');
  course.turn(20, 'told late');
  course.turn(20, 'told later still');

  it('goes by when a value holds, and of two from one instant by the later told', () => {
    expect([9, 10, 19, 20, 29, 30].map((at) => course.at(at))).toEqual([
      undefined,
      'first',
      'first',
      'told later still',
      'told later still',
      'third',
    ]);
  });
  it('knows what comes next, what came first and what holds in the end', () => {
    expect(course.after(20)).toEqual({ from: 30, value: 'third' });
    expect(course.after(30)).toBeUndefined();
    expect(course.atOrFirst(1)).toBe('first');
    expect(course.last()).toBe('third');
    expect(new Course().atOrFirst(1)).toBeUndefined();
  });
});
