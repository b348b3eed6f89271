import { sumDecimals } from '../kernel/money.js';
import { defaultPolicy, type Policy } from '../kernel/policy.js';
import { Refusal } from '../kernel/refusal.js';

const bad = (pointer: string, detail: string): Refusal =>
  new Refusal('policy/draft-invalid', detail, { errors: [{ pointer, code: 'draft', detail }] });

/** Parts given only in part are completed by what is in force. */
const merged: ReadonlySet<string> = new Set(['settings', 'scoring', 'caps', 'horizons']);

/** A draft of our own rules for a what-if: parts of the policy by name, each checked to be of the part's kind. */
export function draftOf(body: unknown): Partial<Policy> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw bad('', 'A draft is an object of parts of the policy, such as {"settings": {"wacc": 0.08}}');
  for (const [part, value] of Object.entries(body)) {
    if (!Object.hasOwn(defaultPolicy, part))
      throw bad(`/${part}`, `${part} is no part of the policy; the parts are ${Object.keys(defaultPolicy).join(', ')}`);
    const like = defaultPolicy[part as keyof Policy];
    if (Array.isArray(like) !== Array.isArray(value) || typeof value !== 'object' || (value === null && like !== null))
      throw bad(`/${part}`, `${part} must be ${Array.isArray(like) ? 'a list' : 'an object'}`);
    if (merged.has(part)) checkFields(part, value as object, like as object);
  }
  const draft = body as Partial<Policy>;
  const factors = draft.scoring?.attractiveness;
  if (factors !== undefined) checkWeights(factors);
  return draft;
}

function checkFields(part: string, value: object, like: object): void {
  for (const [name, inner] of Object.entries(value)) {
    if (!Object.hasOwn(like, name))
      throw bad(`/${part}/${name}`, `${name} is no field of ${part}; the fields are ${Object.keys(like).join(', ')}`);
    const sample = (like as Record<string, unknown>)[name];
    if (sample !== null && typeof inner !== typeof sample)
      throw bad(`/${part}/${name}`, `${name} must be a ${typeof sample}`);
  }
}

function checkWeights(factors: unknown): void {
  const list = Array.isArray(factors) ? (factors as { factor?: unknown; weight?: unknown }[]) : [];
  if (
    !list.every(
      ({ factor, weight }) =>
        typeof factor === 'string' && typeof weight === 'number' && Number.isFinite(weight) && weight >= 0,
    )
  ) {
    throw bad(
      '/scoring/attractiveness',
      'attractiveness must be a list of {factor, weight}, with weights of at least 0',
    );
  }
  const sum = sumDecimals(list.map(({ weight }) => weight as number));
  if (list.length > 0 && sum !== 100)
    throw bad('/scoring/attractiveness', `The weights of attractiveness must add to 100, not ${sum}`);
}
