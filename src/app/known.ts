import { isKnown } from '../kernel/knowing.js';
import type { Moment } from '../kernel/projection.js';
import { Refusal } from '../kernel/refusal.js';
import type { Reader } from '../ledger/reader.js';
import { knownText } from './answers.js';

/** Whose id is asked for: `person` is one of ours or of theirs. */
export type Whom = 'account' | 'contact' | 'member' | 'person';

/** Refuses an id that the log does not know, or did not know yet at the moment; `parameter` names where it was asked for. */
export function checkKnown(reader: Reader, whom: Whom, id: string, { knownAt }: Moment, parameter?: string): void {
  const streams = whom === 'person' ? ['contact', 'member'] : [whom];
  const first = streams.flatMap((of) => reader.stream(`${of}-${id}`, 0, 1));
  if (first.some((row) => isKnown(row, knownAt))) return;
  const code = whom === 'account' ? 'view/account-unknown' : 'view/person-unknown';
  const detail =
    first.length === 0
      ? `There is no ${whom} ${id}`
      : `There was no ${whom} ${id} yet, as known at ${knownText(knownAt)}`;
  const at = { pointer: `?${parameter}`, code: 'unknown', detail: `name a ${whom} that is known` };
  throw new Refusal(code, detail, parameter === undefined ? {} : { errors: [at] });
}

/** Refuses parameters that name somebody the log does not know: an answer about nobody would look like one that found nothing. */
export function checkNames(
  reader: Reader,
  names: Readonly<Record<string, Whom>> | undefined,
  parameters: Readonly<Record<string, string>>,
  moment: Moment,
): void {
  for (const [parameter, whom] of Object.entries(names ?? {}))
    for (const id of parameters[parameter]?.split(',') ?? []) checkKnown(reader, whom, id, moment, parameter);
}
