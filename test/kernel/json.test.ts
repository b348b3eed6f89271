import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseStrict } from '../../src/kernel/json.js';
import { Refusal } from '../../src/kernel/refusal.js';

function refused(text: string): Refusal {
  try {
    parseStrict(text);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error(`${text} was read`);
}

describe('reading JSON from outside', () => {
  it.each([
    ['{"a":1,"a":2}', 'duplicateKey', '/a'],
    ['{"a":{"b":[{"c":1,"c":1}]}}', 'duplicateKey', '/a/b/0/c'],
    ['{"a":1,"\\u0061":2}', 'duplicateKey', '/a'],
    ['{"a":-0}', 'negativeZero', '/a'],
    ['{"a":9007199254740992}', 'number', '/a'],
    ['{"a":1e400}', 'number', '/a'],
    ['{"a":"\\ud800"}', 'surrogate', '/a'],
    ['{"\\udc00":1}', 'surrogate', '/\udc00'],
    ['{"__proto__":{"admin":true}}', 'key', '/__proto__'],
    ['{"a":{"constructor":1}}', 'key', '/a/constructor'],
    [`${'['.repeat(30)}${']'.repeat(30)}`, 'tooDeep', '/0'.repeat(20)],
    [`{"a":"${'x'.repeat(8001)}"}`, 'tooLong', '/a'],
    [`{"a":[${'1,'.repeat(1000)}1]}`, 'tooLong', '/a'],
    ['{"a":', 'json', ''],
    ['', 'json', ''],
    ["{'a':1}", 'json', ''],
  ])('refuses %.40s as %s at %s', (text, code, pointer) => {
    const refusal = refused(text);
    expect(refusal.code).toBe('request/malformed');
    expect(refusal.errors[0]).toMatchObject({ code, pointer });
  });

  it('reads what JSON.parse reads wherever nothing is wrong', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        let strict: unknown;
        try {
          strict = parseStrict(text);
        } catch (error) {
          expect(
            (error as Refusal).errors.every((one) =>
              ['negativeZero', 'number', 'surrogate', 'key', 'tooLong', 'tooDeep'].includes(one.code),
            ),
          ).toBe(true);
          return;
        }
        expect(strict).toEqual(JSON.parse(text));
      }),
    );
  });

  it('finds a duplicate wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((s) => s.isWellFormed() && s !== '__proto__' && s !== 'constructor'),
          fc.integer(),
          { minKeys: 1, maxKeys: 6 },
        ),
        (object) => {
          const [key] = Object.keys(object);
          const text = `${JSON.stringify(object).slice(0, -1)},${JSON.stringify(key)}:0}`;
          expect(refused(text).errors[0]?.code).toBe('duplicateKey');
        },
      ),
    );
  });
});
