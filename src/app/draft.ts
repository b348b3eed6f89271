import { sumDecimals } from '../kernel/money.js';
import type { Policy, PolicyPart, Scoring } from '../kernel/policy.js';
import { bad, partReadings } from './draft-parts.js';

/**
 * A draft of our own rules for a what-if: parts of the policy by name, each held to the same rules as what is published. Settings,
 * scoring, caps and horizons may be given in part.
 */
export function draftOf(body: unknown): Partial<Policy> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw bad('', 'A draft is an object of parts of the policy, such as {"settings": {"wacc": 0.08}}');
  const draft: Record<string, unknown> = {};
  for (const [part, value] of Object.entries(body)) {
    if (!Object.hasOwn(partReadings, part))
      throw bad(`/${part}`, `${part} is no part of the policy; the parts are ${Object.keys(partReadings).join(', ')}`);
    draft[part] = partReadings[part as PolicyPart](value, `/${part}`);
  }
  checkWeights((draft as Partial<Policy>).scoring);
  return draft as Partial<Policy>;
}

function checkWeights(scoring: Partial<Scoring> | undefined): void {
  const list = scoring?.attractiveness ?? [];
  if (list.length === 0) return;
  const names = list.map(({ factor }) => factor);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw bad('/scoring/attractiveness', `${twice} is weighed twice`);
  const sum = sumDecimals(list.map(({ weight }) => weight));
  if (sum !== 100) throw bad('/scoring/attractiveness', `The weights of attractiveness must add to 100, not ${sum}`);
}
