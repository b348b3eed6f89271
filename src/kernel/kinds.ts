import { type Check, field, type Many } from './fields.js';
import { type DateReading, parseDate, parseInstant, periodOf, utcCalendar } from './instant.js';
import { exponentOf, type Money } from './money.js';

const idForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for an id of the caller's own making: 1 to 64 of letters, digits, dot, underscore, hyphen, beginning with a letter or digit. */
export const isId = (value: unknown): value is string => typeof value === 'string' && idForm.test(value);

/** True for a lower-case UUID. */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && uuidForm.test(value);

/** The caller's own id. */
export function IsId(many?: Many): PropertyDecorator {
  const say = "an id: 1 to 64 letters, digits, '.', '_' or '-', beginning with a letter or digit";
  return field('isId', { type: 'string', pattern: idForm.source }, (v) => (isId(v) ? null : say), many);
}

/** A random UUID: persons and events. */
export function IsUuid(many?: Many): PropertyDecorator {
  return field('isUuid', { type: 'string', format: 'uuid' }, (v) => (isUuid(v) ? null : 'a lower-case UUID'), many);
}

/** What text may be: how long, and the reason if it is public; all other text is personal and sealed. */
export interface TextFacts extends Many {
  readonly public?: string;
}

/** Text that says something: not blank, at most `max` UTF-16 units. Personal unless its class says why not. */
export function IsText(max: number, facts: TextFacts = {}): PropertyDecorator {
  const check: Check = (v) =>
    typeof v === 'string' && v.length <= max && v.trim() !== '' ? null : `text of 1 to ${max} characters, not blank`;
  const { public: why, ...many } = facts;
  return field('isText', { type: 'string', minLength: 1, maxLength: max }, check, many, {
    personal: why === undefined,
    ...(why === undefined ? {} : { publicBecause: why }),
  });
}

/** One of a closed vocabulary. */
export function IsOneOf(values: readonly string[], many?: Many): PropertyDecorator {
  const known = new Set<unknown>(values);
  return field(
    'isOneOf',
    { type: 'string', enum: values },
    (v) => (known.has(v) ? null : `one of ${values.join(', ')}`),
    many,
  );
}

/** A whole number in [min, max]. */
export function IsWhole(min = 0, max = Number.MAX_SAFE_INTEGER, many?: Many): PropertyDecorator {
  const check: Check = (v) =>
    Number.isSafeInteger(v) && (v as number) >= min && (v as number) <= max
      ? null
      : `a whole number from ${min} to ${max}`;
  return field('isWhole', { type: 'integer', minimum: min, maximum: max }, check, many);
}

/** True for an integer, or a decimal of at most six places below 10⁹: the numbers that survive every reader. */
export function isNumber(value: unknown): value is number {
  if (typeof value !== 'number' || !Number.isFinite(value) || Object.is(value, -0)) return false;
  if (Number.isInteger(value)) return Number.isSafeInteger(value);
  return Math.abs(value) < 1e9 && Math.round(value * 1e6) / 1e6 === value;
}

/** What a decimal in [min, max] must be. */
export const decimalCheck =
  (min: number, max: number): Check =>
  (v) =>
    isNumber(v) && v >= min && v <= max ? null : `a number from ${min} to ${max} with at most 6 decimal places`;

/** A decimal of at most six places in [min, max]. */
export function IsDecimal(min = -1e9, max = 1e9, many?: Many): PropertyDecorator {
  return field('isDecimal', { type: 'number', minimum: min, maximum: max }, decimalCheck(min, max), many);
}

/** True or false. */
export function IsFlag(): PropertyDecorator {
  return field('isFlag', { type: 'boolean' }, (v) => (typeof v === 'boolean' ? null : 'true or false'));
}

/** An instant (`2026-03-31T00:00:00Z`) or a bare date, read as this field's meaning says. Stored as an instant. */
export function IsWhen(reading: DateReading = 'start'): PropertyDecorator {
  const check: Check = (v) =>
    typeof v === 'string' && (parseInstant(v) ?? parseDate(v)) !== null
      ? null
      : 'an instant such as 2026-03-31T00:00:00.000Z or a date such as 2026-03-31 that exists';
  return field('isWhen', { type: 'string', format: 'date-time' }, check, {}, { reading });
}

/** A fiscal year or quarter: `2027`, `2027-Q1`. */
export function IsPeriod(): PropertyDecorator {
  const check: Check = (v) =>
    typeof v === 'string' && periodOf(v, utcCalendar) ? null : 'a period such as 2027 or 2027-Q1';
  return field('isPeriod', { type: 'string', pattern: '^\\d{4}(-Q[1-4])?$' }, check);
}

/** A currency of ISO 4217. */
export function IsCurrency(): PropertyDecorator {
  const check: Check = (v) =>
    typeof v === 'string' && exponentOf(v) !== undefined ? null : 'a currency code of ISO 4217, such as EUR';
  return field('isCurrency', { type: 'string', pattern: '^[A-Z]{3}$' }, check);
}

/** A positive decimal string of at most 12 digits: an FX rate. */
export function IsRate(): PropertyDecorator {
  const check: Check = (v) =>
    typeof v === 'string' && /^(0|[1-9]\d*)(\.\d+)?$/.test(v) && v.replace('.', '').length <= 12 && /[1-9]/.test(v)
      ? null
      : 'a positive decimal text of at most 12 digits, such as "1.0825"';
  return field('isRate', { type: 'string', pattern: '^(0|[1-9]\\d*)(\\.\\d+)?$' }, check);
}

/** What an amount must be; `min` in minor units. */
export const amountCheck =
  (min: number): Check =>
  (v) => {
    if (typeof v === 'object' && v !== null && !Array.isArray(v)) {
      const { minor, currency } = v as Partial<Money>;
      const fits = Number.isSafeInteger(minor) && (minor as number) >= min && typeof currency === 'string';
      if (fits && exponentOf(currency) !== undefined && Object.keys(v).length === 2) return null;
    }
    return `an amount such as {"minor": 123456, "currency": "EUR"}: a whole number of minor units${min > -Infinity ? ` of at least ${min}` : ''} and a currency of ISO 4217`;
  };

/** An amount of money: integer minor units and a currency; at least `min` minor units. */
export function IsAmount(min = Number.NEGATIVE_INFINITY): PropertyDecorator {
  const schema = {
    type: 'object',
    properties: {
      minor: { type: 'integer', ...(min > -Infinity ? { minimum: min } : {}) },
      currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    },
    required: ['minor', 'currency'],
    additionalProperties: false,
  };
  return field('isAmount', schema, amountCheck(min));
}
