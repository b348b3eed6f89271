import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Stay, stageModel, stageSurvival } from '../../../projections/statistics/semimarkov.js';

const stages = ['BASIC', 'COOPERATIVE', 'INTERDEPENDENT', 'EXITED'];
const stay = (stage: string, days: number, next: string | null): Stay => ({ stage, days, next });
const many = (count: number, one: Stay) => new Array<Stay>(count).fill(one);
const year = 365;

const anyStay = fc.record({
  stage: fc.constantFrom('BASIC', 'COOPERATIVE', 'INTERDEPENDENT'),
  days: fc.integer({ min: 0, max: 2000 }),
  next: fc.option(fc.constantFrom(...stages)),
});

describe('moves between stages (§3.5.7)', () => {
  const stays = [
    ...many(6, stay('BASIC', 200, 'COOPERATIVE')),
    ...many(2, stay('BASIC', 300, 'EXITED')),
    ...many(3, stay('COOPERATIVE', 400, 'INTERDEPENDENT')),
    ...many(1, stay('COOPERATIVE', 500, 'BASIC')),
    stay('INTERDEPENDENT', 700, null),
  ];

  it('are (n + κπ) ÷ (n + κ), π being where all moves lead, oneself left out', () => {
    const { matrix, counts } = stageModel(stays, { stages, kappa: 4 })!;
    expect(counts[0]).toEqual([0, 6, 0, 2]);
    // Arrivals 1, 6, 3, 2; for BASIC π = 6/11, 3/11, 2/11.
    const basic = matrix[0]!;
    expect(basic[0]).toBe(0);
    expect(basic[1]).toBeCloseTo((6 + (4 * 6) / 11) / 12, 12);
    expect(basic[2]).toBeCloseTo((4 * 3) / 11 / 12, 12);
    expect(basic[3]).toBeCloseTo((2 + (4 * 2) / 11) / 12, 12);
  });

  it('fill a stage without moves from all the others, and never leave EXITED', () => {
    const { matrix } = stageModel(stays, { stages, kappa: 4 })!;
    expect(matrix[2]!.map((p) => Number(p.toFixed(4)))).toEqual([0.1111, 0.6667, 0, 0.2222]);
    expect(matrix[3]).toEqual([0, 0, 0, 1]);
  });

  it('take how long a stage lasts from Kaplan–Meier', () => {
    const { dwell } = stageModel(stays, { stages })!;
    expect(dwell[0]!.steps.map(({ time, survival }) => [time, survival])).toEqual([
      [200, 0.25],
      [300, 0],
    ]);
    expect(dwell[2]).toMatchObject({ ended: 0, n: 1, longest: 700 });
    expect(dwell[3]).toBeNull();
  });

  it('do not exist without a stay', () => {
    expect(stageModel([], { stages })).toBeNull();
    expect(stageModel([stay('ELSEWHERE', 10, 'BASIC')], { stages })).toBeNull();
  });

  it('add up to 1 in every line', () =>
    fc.assert(
      fc.property(fc.array(anyStay, { maxLength: 30 }), fc.integer({ min: 0, max: 5 }), (all, kappa) => {
        for (const line of stageModel(all, { stages, kappa })?.matrix ?? []) {
          if (line !== null) expect(line.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        }
      }),
    ));
});

describe('survival by stages (§3.12.16)', () => {
  it('falls when stays end in leaving: half leave after 200 days, the rest after 700', () => {
    const stays = [...many(10, stay('BASIC', 200, 'EXITED')), ...many(10, stay('BASIC', 700, 'EXITED'))];
    const model = stageModel(stays, { stages })!;
    expect(stageSurvival(model, { stage: 'BASIC', days: 0 }, [0, 100, year, 2 * year])).toEqual([1, 1, 0.5, 0]);
    expect(stageSurvival(model, { stage: 'BASIC', days: 300 }, [year])).toEqual([1]);
  });

  it('goes on from the very day that the stay has come to', () => {
    const model = stageModel([stay('BASIC', 226, 'EXITED'), stay('BASIC', 431, 'EXITED')], { stages })!;
    const left = (days: number) => stageSurvival(model, { stage: 'BASIC', days }, [year])[0];
    expect([left(65), left(66), left(69)]).toEqual([0.5, 0, 0]);
  });

  it('goes through the stages between', () => {
    const stays = [
      ...many(10, stay('BASIC', 100, 'COOPERATIVE')),
      ...many(5, stay('COOPERATIVE', 100, 'BASIC')),
      ...many(5, stay('COOPERATIVE', 100, 'EXITED')),
    ];
    const model = stageModel(stays, { stages, kappa: 0 })!;
    // Two stays of 100 days (rounded up to four months each), then half leave.
    expect(stageSurvival(model, { stage: 'BASIC', days: 0 }, [180, 300])).toEqual([1, 0.5]);
  });

  it('is 0 for who has left and unknown for a stage that is none, or where no move was ever seen', () => {
    const model = stageModel(many(3, stay('BASIC', 100, 'EXITED')), { stages })!;
    expect(stageSurvival(model, { stage: 'EXITED', days: 0 }, [year])).toEqual([0]);
    expect(stageSurvival(model, { stage: 'ELSEWHERE', days: 0 }, [year])).toEqual([null]);
    const still = stageModel(many(3, stay('BASIC', 100, null)), { stages })!;
    expect(stageSurvival(still, { stage: 'BASIC', days: 0 }, [year])).toEqual([null]);
  });

  it('never rises and stays in [0, 1]', () =>
    fc.assert(
      fc.property(fc.array(anyStay, { minLength: 1, maxLength: 20 }), fc.nat(1500), (all, days) => {
        const model = stageModel(all, { stages });
        if (model === null) return;
        let before = 1;
        for (const chance of stageSurvival(model, { stage: 'BASIC', days }, [0, 90, year, 3 * year])) {
          if (chance === null) continue;
          expect(chance).toBeLessThanOrEqual(before);
          expect(chance).toBeGreaterThanOrEqual(0);
          before = chance;
        }
      }),
      { numRuns: 40 },
    ));
});
