import { projectionNamed } from '../../projections/registry.js';
import { defaultPolicy } from '../kernel/policy.js';
import type { AnyProjection, Report } from '../kernel/projection.js';

/** Any moment: of what was never told, every answer has the same shape. */
const moment = { asOf: Date.UTC(2026, 0, 1), knownAt: Date.UTC(2026, 0, 1) };

/** JSON Schema of a view's `data`, read off the answer about a subject of which nothing is told: what is null there may be anything later. */
export const viewSchema = (projection: AnyProjection): object => shapeOf(emptyView(projection));

/** JSON Schema of a report's `data`, read off the answer over no accounts. */
export const reportSchema = (report: Report): object =>
  shapeOf(
    report.report([], { ...moment, from: null, to: null, currency: null, parameters: {} }, defaultPolicy, {
      others: {},
      before: null,
    }),
  );

function emptyView(projection: AnyProjection): object {
  const others = (projection.uses ?? []).flatMap((name) => projectionNamed(name) ?? []);
  const used = Object.fromEntries(others.map((other) => [other.name, emptyView(other)]));
  const states = Object.fromEntries(others.map((other) => [other.name, other.initial()]));
  const seen = { ...moment, subject: { of: projection.of, id: 'none', currency: null } };
  return projection.view(projection.initial(), seen, defaultPolicy, { ...used, states, parameters: {} }) as object;
}

function shapeOf(value: unknown): object {
  if (value === null || value === undefined) return { description: 'null where it does not exist' };
  if (Array.isArray(value)) return { type: 'array' };
  if (typeof value !== 'object') return { type: [typeof value, 'null'] };
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)])),
  };
}
