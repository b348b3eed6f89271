import type { Topic } from '../../src/domain/topic.js';
import { personalPaths } from '../../src/kernel/command.js';
import type { Entry } from '../../src/kernel/event.js';
import { digestOf, idsOf } from '../../src/kernel/identity.js';
import { stamp } from '../../src/store/stamp.js';
import { split } from '../../src/vault/personal.js';
import { acme, ada, manager } from './cast/ids.js';
import type { Cast } from './samples.js';

const origin = 'golden.example/kam';
const ids = idsOf(origin);
const recorded = Date.parse('2026-03-02T10:30:00.123Z');

/** Stands where the writer puts what it sealed: the key's id and a box. */
const sealed = { keys: ['b1946ac9-2f6d-4a1e-9c0b-0f5d5c1f7a11'], box: 'q83vEjRWeJCrze8_-w' };

/** A stream of each topic. */
const streams: Readonly<Record<string, string>> = {
  account: `account-${acme}`,
  activity: `activity-${acme}`,
  books: `books-${acme}`,
  contact: `contact-${ada}`,
  member: `member-${manager}`,
  programme: 'programme',
  structure: 'structure',
  subject: `subject-contact.${ada}`,
  batch: 'batch-aw-1',
  log: 'log',
  correction: `activity-${acme}`,
};

/** Whose History the event enters, as the deciders stamp it. */
function accountOf(topic: string, data: { accountId?: string; from?: string }): string | undefined {
  if (data.accountId !== undefined) return data.accountId;
  if (topic === 'structure') return data.from;
  return ['account', 'activity', 'books', 'contact', 'correction'].includes(topic) ? acme : undefined;
}

/** Who told it and where it comes from: a person, the service itself, or, for money, an import from another system. */
function envelopeOf(topic: string, type: string, digest: string) {
  if (topic === 'subject' || topic === 'log') return { authtype: 'system', authid: topic } as const;
  const command = { commandid: `tell-${type}`, commanddigest: digest };
  if (topic !== 'books') return { authtype: 'user', authid: 'u-7', ...command } as const;
  const source = { sourcesystem: 'erp', sourcekey: `row/${type}`, sourceactor: 'clerk-3' };
  return {
    authtype: 'import',
    authid: 'import',
    ...command,
    ...source,
    knowntime: '2026-03-01T00:00:00.000Z',
    correlationid: 'aw-1',
  } as const;
}

/** The sample of an event as the writer stores it: its bytes depend on nothing but the sample. */
export function goldenBytes(topic: Topic, cast: Cast, type: string): string {
  const data = cast.events[type]!;
  const kind = topic.events[type]!;
  const { open, personal } = split(personalPaths(kind), data);
  const accountid = accountOf(topic.name, data);
  const event = {
    id: ids('golden', type, 0),
    type,
    schemaversion: kind.schemaversion ?? 1,
    ...(accountid === undefined ? {} : { accountid }),
    time: Date.parse('2026-03-01T09:00:00.000Z'),
    ...envelopeOf(topic.name, type, digestOf(open)),
    data: { ...open, ...(personal ? { sealed } : {}) } as Entry['data'],
  };
  const revision = Object.keys(topic.events).indexOf(type);
  return stamp(event, origin, streams[topic.name]!, revision, recorded).text;
}
