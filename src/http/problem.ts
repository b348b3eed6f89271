import type { Category } from '../kernel/refusal.js';
import { Refusal } from '../kernel/refusal.js';

/** RFC 9457, with our stable code and every bad field. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Whose move it is, as HTTP says it. */
export const statusOf: Readonly<Record<Category, number>> = {
  malformed: 400,
  incorrect: 422,
  missing: 404,
  conflict: 409,
  stale: 412,
  forbidden: 403,
  unauthorized: 401,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
  fault: 500,
};

const titles: Readonly<Record<Category, string>> = {
  malformed: 'The request does not fit its form',
  incorrect: 'A rule refuses this',
  missing: 'There is no such thing',
  conflict: 'This conflicts with what is recorded',
  stale: 'The stream has moved on',
  forbidden: 'This principal may not do this',
  unauthorized: 'Who are you?',
  'too-large': 'This is too large',
  'too-many': 'Too many requests',
  unavailable: 'Not possible at the moment',
  fault: 'Something is wrong on our side',
};

/** Refusals that HTTP has a status of its own for. */
const ownStatus: Readonly<Record<string, number>> = { 'request/content-type': 415, 'request/timeout': 408 };

/** The problem document of a refusal. A wrong content type is 415, though it is a malformed request like others, a body that does not come 408. */
export function problemOf(refusal: Refusal): Problem {
  const { code, category, message, errors, values } = refusal;
  return {
    type: `urn:taproot:${code.replace('/', ':')}`,
    title: titles[category],
    status: ownStatus[code] ?? statusOf[category],
    detail: message,
    code,
    errors,
    ...(Object.keys(values).length > 0 ? { values } : {}),
  };
}

/** Anything thrown as a refusal: our own as they are, the framework's by their status; undefined for a bug. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const { statusCode, status, code, message, getStatus } = error as {
    statusCode?: number;
    status?: number;
    code?: string;
    message?: string;
    getStatus?: () => number;
  };
  const http =
    statusCode ?? (typeof getStatus === 'function' ? (error as { getStatus: () => number }).getStatus() : status);
  if (http === 413 || code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Refusal(
      'request/too-large',
      'The body is larger than 65536 bytes; send many commands as NDJSON to POST /v1/commands',
    );
  if (http === 414) return new Refusal('request/too-large', 'A part of the address is longer than 300 characters');
  if (http === 415)
    return new Refusal('request/content-type', 'Send application/json, or application/x-ndjson to POST /v1/commands');
  if (http === 404) return new Refusal('request/unknown-route', 'There is no such route; GET /openapi.json lists them');
  if (http === 405)
    return new Refusal('request/unknown-route', 'This route does not take that method; GET /openapi.json lists them');
  if (http !== undefined && http >= 400 && http < 500)
    return new Refusal('request/malformed', message ?? 'The request could not be read');
  if (http === 503) return new Refusal('log/unavailable', 'The service is stopping; try again in a moment');
  return undefined;
}
