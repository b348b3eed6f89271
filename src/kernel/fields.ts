import { ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import type { DateReading } from './instant.js';

/** A class without constructor arguments: an event's or a command's shape. */
export type Class<T extends object = object> = new () => T;

/** JSON Schema of one field, as shown in the catalogue and in OpenAPI. */
export type Schema = Readonly<Record<string, unknown>>;

/** What the house knows of one field beyond its TypeScript type. */
export interface Field {
  readonly name: string;
  readonly schema: Schema;
  readonly list: boolean;
  optional: boolean;
  nullable: boolean;
  /** Personal text is sealed; null where the field is public, with the reason in `publicBecause`. */
  readonly personal: boolean;
  readonly publicBecause?: string;
  /** How a bare date in this field is read. */
  readonly reading?: DateReading;
  /** Class of a nested object or of each item. */
  readonly part?: () => Class;
  /** Whether a value that is there fits, without its parts. */
  readonly fits: (value: unknown) => boolean;
}

const declared = new WeakMap<object, Map<string, Field>>();

/** The fields a class declares, its parents' first. */
export function fieldsOf(type: Class): readonly Field[] {
  const found = fieldCache.get(type);
  if (found) return found;
  const fields = new Map<string, Field>();
  const chain: object[] = [];
  for (
    let proto: object | null = type.prototype;
    proto && proto !== Object.prototype;
    proto = Object.getPrototypeOf(proto)
  )
    chain.unshift(proto);
  for (const proto of chain) for (const field of declared.get(proto)?.values() ?? []) fields.set(field.name, field);
  const list = [...fields.values()];
  fieldCache.set(type, list);
  return list;
}
const fieldCache = new WeakMap<Class, readonly Field[]>();

type Facts = Omit<Field, 'name' | 'optional' | 'nullable'>;
type MoreFacts = Partial<Omit<Facts, 'fits'>>;

function declare(prototype: object, name: string, facts: Facts): void {
  const fields = declared.get(prototype) ?? new Map<string, Field>();
  const marks = pending(prototype, name);
  fields.set(name, { name, optional: marks.optional, nullable: marks.nullable, ...facts });
  declared.set(prototype, fields);
}

const marked = new WeakMap<object, Map<string, { optional: boolean; nullable: boolean }>>();

function pending(prototype: object, name: string): { optional: boolean; nullable: boolean } {
  const marks = marked.get(prototype) ?? new Map<string, { optional: boolean; nullable: boolean }>();
  marked.set(prototype, marks);
  const mark = marks.get(name) ?? { optional: false, nullable: false };
  marks.set(name, mark);
  return mark;
}

/** What a check says of a value: null where it fits, else what it must be (completing "must be …"). */
export type Check = (value: unknown) => string | null;

/** Whether the field holds one value or a list of them (1,000 at most unless said). */
export interface Many {
  readonly list?: boolean;
  readonly min?: number;
  readonly max?: number;
}

/** A field decorator made from one check: class-validator runs it, the registry keeps its schema. */
export function field(
  kind: string,
  schema: Schema,
  check: Check,
  many: Many = {},
  facts: MoreFacts = {},
): PropertyDecorator {
  const list = many.list === true;
  const whole = list ? listCheck(check, many) : check;
  return (prototype, key) => {
    const name = String(key);
    const shape = list ? { type: 'array', items: schema, minItems: many.min ?? 0, maxItems: many.max ?? 1000 } : schema;
    const fits = (value: unknown): boolean => whole(value) === null;
    declare(prototype, name, { schema: shape, list, personal: false, fits, ...facts });
    ValidateBy({
      name: kind,
      validator: {
        validate: fits,
        defaultMessage: (args) => `${name} must be ${whole(args?.value) ?? 'valid'}`,
      },
    })(prototype, key);
  };
}

function listCheck(check: Check, { min = 0, max = 1000 }: Many): Check {
  return (value) => {
    if (!Array.isArray(value)) return 'a list';
    if (value.length < min || value.length > max) return `a list of ${min} to ${max} items`;
    for (const item of value) {
      const said = check(item);
      if (said !== null) return `a list in which each item is ${said}`;
    }
    return null;
  };
}

/** The field may be left out; null is not the same as left out and is refused. */
export function Optional(): PropertyDecorator {
  return (prototype, key) => {
    pending(prototype, String(key)).optional = true;
    const field = declared.get(prototype)?.get(String(key));
    if (field) field.optional = true;
    ValidateIf((object: Record<string | symbol, unknown>) => object[key] !== undefined)(prototype, key);
  };
}

/** The field may be null, which says something: "under nobody". */
export function Nullable(): PropertyDecorator {
  return (prototype, key) => {
    pending(prototype, String(key)).nullable = true;
    const field = declared.get(prototype)?.get(String(key));
    if (field) field.nullable = true;
    ValidateIf((object: Record<string | symbol, unknown>) => object[key] !== null)(prototype, key);
  };
}

/** The field is an object of its own class, or a list of such. */
export function IsPart(part: () => Class, many: Many = {}): PropertyDecorator {
  const list = many.list === true;
  const check: Check = (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? null : 'an object';
  return (prototype, key) => {
    field('isPart', { type: 'object' }, check, many, { part })(prototype, key);
    ValidateNested({ each: list, message: `${String(key)} must fit its class` })(prototype, key);
  };
}

/** The field is a map from names to one kind of value, as ratings by competitor. */
export function IsMapOf(schema: Schema, check: Check): PropertyDecorator {
  return field('isMap', { type: 'object', additionalProperties: schema }, (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'an object';
    const entries = Object.entries(value);
    if (entries.length > 100) return 'an object of at most 100 entries';
    for (const [key, item] of entries) {
      if (key.length === 0 || key.length > 200) return 'an object whose names have 1 to 200 characters';
      const said = check(item);
      if (said !== null) return `an object in which each value is ${said}`;
    }
    return null;
  });
}
