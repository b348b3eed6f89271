import { type Class, type Field, fieldsOf } from '../kernel/fields.js';

/** JSON Schema of a class, from the decorators that validate it: what is shown is what is checked. */
export function schemaOf(type: Class): Record<string, unknown> {
  const fields = fieldsOf(type);
  const required = fields.filter((field) => !field.optional).map((field) => field.name);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, propertyOf(field)])),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

function propertyOf(field: Field): Record<string, unknown> {
  const part = field.part && schemaOf(field.part());
  const base = part ? (field.list ? { ...field.schema, items: part } : part) : { ...field.schema };
  const notes = [
    ...(field.personal ? ['personal: sealed under the keys of the persons concerned'] : []),
    ...(field.reading === 'bound' ? ['a bare date is included to its end'] : []),
    ...(field.reading === 'start' ? ['a bare date is the start of that day'] : []),
  ];
  const described = notes.length > 0 ? { ...base, description: notes.join('; ') } : base;
  return field.nullable && typeof described.type === 'string'
    ? { ...described, type: [described.type, 'null'] }
    : described;
}
