import { getMetadataStorage, type ValidationError, validateSync } from 'class-validator';
import { type Class, type Field, fieldsOf } from './fields.js';
import { type Calendar, iso, readWhen } from './instant.js';
import { type FieldError, Refusal } from './refusal.js';

/**
 * Reads a JSON body as an instance of its class: every bad or unknown field is named (400 `command/invalid`), bare dates become
 * instants in the firm's calendar as their field means them. `partial` checks only the fields that are there (a correction's `set`).
 */
export function read<T extends object>(type: Class<T>, body: unknown, calendar: Calendar, partial = false): T {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal('command/invalid', 'The body must be a JSON object', {
      errors: [{ pointer: '', code: 'isObject', detail: 'The body must be a JSON object' }],
    });
  }
  if (!partial && plainlyFits(type, body as Record<string, unknown>))
    return settle(type, body as Record<string, unknown>, calendar) as T;
  const instance = instantiate(type, body as Record<string, unknown>);
  const strange = strangers(type, instance, '');
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
    skipMissingProperties: partial,
    validationError: { target: false },
  });
  if (errors.length + strange.length > 0) {
    const fields = [...errors.flatMap((error) => flatten(error, '')), ...strange];
    throw new Refusal('command/invalid', summary(fields), { errors: fields });
  }
  return settle(type, instance as Record<string, unknown>, calendar) as T;
}

/** What is wrong with a value as an instance of the class; empty where it fits. */
export function faults(type: Class, value: object): readonly FieldError[] {
  const errors = validateSync(instantiate(type, value as Record<string, unknown>), {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
  });
  return errors.flatMap((error) => flatten(error, ''));
}

/**
 * Whether a body fits its class for certain: the same checks as class-validator runs, one after another, a tenth of its time. It
 * never takes what class-validator refuses; where it says no, class-validator has the last word and says why.
 */
export function plainlyFits(type: Class, body: Readonly<Record<string, unknown>>): boolean {
  const { fields, plain } = shapeOf(type);
  if (!plain) return false;
  for (const name of Object.keys(body)) if (!fields.has(name)) return false;
  for (const field of fields.values()) {
    const value = body[field.name];
    if ((value === undefined && field.optional) || (value === null && field.nullable)) continue;
    if (!field.fits(value)) return false;
    if (!field.part) continue;
    const part = field.part();
    for (const item of field.list ? (value as unknown[]) : [value])
      if (!plainlyFits(part, item as Record<string, unknown>)) return false;
  }
  return true;
}

interface Shape {
  readonly fields: ReadonlyMap<string, Field>;
  /** False for a class whose instances begin with fields of their own. */
  readonly plain: boolean;
}
const shapes = new WeakMap<Class, Shape>();

function shapeOf(type: Class): Shape {
  const known = shapes.get(type);
  if (known) return known;
  const fields = new Map(fieldsOf(type).map((field) => [field.name, field]));
  const shape = { fields, plain: Object.keys(new type()).length === 0 };
  shapes.set(type, shape);
  return shape;
}

/** Unknown properties that bear a name every object has (`constructor`): class-validator takes them for declared ones. */
function strangers(type: Class, value: object, above: string): FieldError[] {
  const fields = new Map(fieldsOf(type).map((field) => [field.name, field]));
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = fields.get(name);
    const pointer = `${above}/${name}`;
    if (!field)
      return name in Object.prototype
        ? [{ pointer, code: 'unknown', detail: `${name} is not a field of this; leave it out` }]
        : [];
    if (!field.part) return [];
    const part = field.part();
    const items: [unknown, string][] = Array.isArray(inner)
      ? inner.map((item, i) => [item, `${pointer}/${i}`])
      : [[inner, pointer]];
    return items.flatMap(([item, at]) => (isObject(item) ? strangers(part, item, at) : []));
  });
}

function instantiate(type: Class, body: Record<string, unknown>): object {
  const instance = Object.assign(new type(), body) as Record<string, unknown>;
  for (const field of fieldsOf(type)) {
    if (!field.part) continue;
    const value = instance[field.name];
    if (Array.isArray(value))
      instance[field.name] = value.map((item) => (isObject(item) ? instantiate(field.part!(), item) : item));
    else if (isObject(value)) instance[field.name] = instantiate(field.part(), value);
  }
  return instance;
}

/**
 * class-validator looks through all classes it knows at each validation, which takes longer than the checks themselves. Ours are
 * complete once they are declared, so what it finds for one is remembered.
 */
const storage = getMetadataStorage();
const lookUp = storage.getTargetValidationMetadatas.bind(storage);
const lookedUp = new WeakMap<object, ReturnType<typeof lookUp>>();
storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
  if (schema || always || strictGroups || groups?.length) return lookUp(target, schema, always, strictGroups, groups);
  const known = lookedUp.get(target) ?? lookUp(target, schema, always, strictGroups, groups);
  lookedUp.set(target, known);
  return known;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Plain data with every instant in its stored form. */
function settle(type: Class, instance: Record<string, unknown>, calendar: Calendar): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const field of fieldsOf(type)) {
    const value = instance[field.name];
    if (value !== undefined) plain[field.name] = settled(field, value, calendar);
  }
  return plain;
}

function settled(field: Field, value: unknown, calendar: Calendar): unknown {
  if (field.reading && typeof value === 'string') return iso(readWhen(value, field.reading, calendar) ?? Number.NaN);
  if (!field.part) return value;
  const part = field.part();
  if (Array.isArray(value)) return value.map((item) => settle(part, item as Record<string, unknown>, calendar));
  return isObject(value) ? settle(part, value, calendar) : value;
}

function flatten(error: ValidationError, above: string): FieldError[] {
  const pointer = `${above}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(error.constraints ?? {}).filter(([code]) => code !== 'nestedValidation');
  const fields = own.map(([code, detail]) => ({
    pointer,
    code: code === 'whitelistValidation' ? 'unknown' : code,
    detail:
      code === 'whitelistValidation'
        ? `${error.property} is not a field of this; leave it out`
        : missing(error, detail),
  }));
  return [...fields, ...(error.children ?? []).flatMap((child) => flatten(child, pointer))];
}

const missing = (error: ValidationError, detail: string): string =>
  error.value === undefined ? `${error.property} is missing: it ${detail.slice(error.property.length + 1)}` : detail;

/** One sentence over all bad fields: the first in full, the others by name. */
function summary(fields: readonly FieldError[]): string {
  const [first, ...others] = fields;
  const rest =
    others.length === 0 ? '' : `; also wrong: ${[...new Set(others.map((f) => f.pointer))].slice(0, 20).join(', ')}`;
  return `${first?.detail ?? 'The body does not fit its class'}${rest}`;
}
