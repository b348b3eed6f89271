import type { Entry, Event } from './event.js';
import type { Instant } from './instant.js';

/** What the envelope says besides what folds look at in every event. */
const rest = [
  'specversion',
  'source',
  'schemaversion',
  'subject',
  'streamrevision',
  'recordedtime',
  'knowntime',
  'authtype',
  'authid',
  'sourcesystem',
  'sourcekey',
  'sourceactor',
  'commandid',
  'commanddigest',
  'correlationid',
  'causationid',
] as const satisfies readonly (keyof Entry)[];

// with the brace that `data` begins and ends with: what is looked for begins with what is seldom met
const dataKey = ',"data":{';
const idKey = '},"id":"';
const idLength = 36;

/** An event read off an entry's bytes for folds: its data at once, the rest of the envelope only where somebody looks at it. */
class Told {
  readonly id: string;
  readonly data: object;

  constructor(
    private readonly text: string,
    readonly type: string,
    readonly time: Instant,
    readonly known: Instant,
    readonly position: number,
    readonly accountid: string | undefined,
  ) {
    // in canonical form `id` comes straight after `data`, and neither key can stand inside a string, whose quotes are escaped
    const from = text.indexOf(dataKey) + dataKey.length - 1;
    let to = text.indexOf(idKey, from) + 1;
    let data = parsed(text, from, to);
    if (data === undefined) {
      // the `id` of something within the data; after the envelope's nothing is an object, so that the last one is the envelope's
      to = text.lastIndexOf(idKey) + 1;
      data = JSON.parse(text.slice(from, to)) as object;
    }
    this.data = data;
    const id = to + idKey.length - 1;
    this.id = text.slice(id, id + idLength);
  }

  /** The whole envelope, once it is asked for. */
  get entry(): Entry {
    const entry = JSON.parse(this.text) as Entry;
    Object.defineProperty(this, 'entry', { value: entry });
    return entry;
  }
}

/** The value between two places; undefined where it is cut off in the middle, which no JSON text survives. */
function parsed(text: string, from: number, to: number): object | undefined {
  try {
    return JSON.parse(text.slice(from, to)) as object;
  } catch {
    return undefined;
  }
}

for (const name of rest)
  Object.defineProperty(Told.prototype, name, {
    get(this: Told) {
      return this.entry[name];
    },
  });

/** What the index says of an entry. */
export type Indexed = Pick<Event, 'type' | 'time' | 'known' | 'position'> & { readonly accountid: string | undefined };

/** The event of an entry in canonical form. */
export function told(text: string, { type, time, known, position, accountid }: Indexed): Event<string, object> {
  return new Told(text, type, time, known, position, accountid) as unknown as Event<string, object>;
}

/** The event with some of its parts replaced; what is not replaced is still read off the first. */
export function changed(event: Event<string, object>, parts: Partial<Event<string, object>>): Event<string, object> {
  return event instanceof Told ? Object.assign(Object.create(event), parts) : { ...event, ...parts };
}
