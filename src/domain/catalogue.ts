import type { EventClass } from '../kernel/event.js';
import type { Class } from '../kernel/fields.js';
import { account } from './account/account.topic.js';
import { activity } from './activity/activity.topic.js';
import { batch } from './batch/batch.topic.js';
import { books } from './books/books.topic.js';
import { contact } from './contact/contact.topic.js';
import { correction } from './correction.topic.js';
import { log } from './log/log.topic.js';
import { member } from './member/member.topic.js';
import { programme } from './programme/programme.topic.js';
import { structure } from './structure/structure.topic.js';
import { subject } from './subject/subject.topic.js';
import type { Topic } from './topic.js';

/** Every stream category with its events, commands and rules. */
export const topics: readonly Topic[] = [
  account,
  activity,
  books,
  contact,
  member,
  programme,
  structure,
  subject,
  batch,
  log,
];

/** Corrections and retractions: said of events of every topic, in their streams. */
export const annotations: Topic = correction;

/** A command or an event by its name: its class, and the topic it belongs to. */
export interface Named<T extends Class = Class> {
  readonly name: string;
  readonly type: T;
  readonly topic: Topic;
}

const all = [...topics, annotations];
const commands = new Map<string, Named>(
  all.flatMap((topic) => Object.entries(topic.commands).map(([name, type]) => [name, { name, type, topic }] as const)),
);
const events = new Map<string, Named<EventClass>>(
  all.flatMap((topic) => Object.entries(topic.events).map(([name, type]) => [name, { name, type, topic }] as const)),
);
const byName = new Map(all.map((topic) => [topic.name, topic]));

/** The command of that name; undefined where there is none. */
export const commandNamed = (name: string): Named | undefined => commands.get(name);

/** The event of that stored name; undefined where there is none. */
export const eventNamed = (name: string): Named<EventClass> | undefined => events.get(name);

/** Names of all commands, corrections included. */
export const commandNames = (): readonly string[] => [...commands.keys()];

/** The topic of that name. An unknown name is a bug: names come from streams that this log wrote. */
export function topicNamed(name: string): Topic {
  const topic = byName.get(name);
  if (!topic) throw new Error(`there is no topic ${name}`);
  return topic;
}
