import type { AccountEvent } from '../src/domain/account/account.events.js';
import { accountEvents } from '../src/domain/account/account.events.js';
import { activityEvents } from '../src/domain/activity/activity.events.js';
import type { BooksEvent } from '../src/domain/books/books.events.js';
import { booksEvents } from '../src/domain/books/books.events.js';
import { contactEvents } from '../src/domain/contact/contact.events.js';
import { memberEvents } from '../src/domain/member/member.events.js';
import type { ProgrammeEvent } from '../src/domain/programme/programme.events.js';
import { programmeEvents } from '../src/domain/programme/programme.events.js';
import { structureEvents } from '../src/domain/structure/structure.events.js';
import type { Event } from '../src/kernel/event.js';
import type { Policy } from '../src/kernel/policy.js';
import type { Projection, Subject } from '../src/kernel/projection.js';
import { handlers } from './stages/handlers.js';
import { rows } from './stages/rows.js';
import { initial, type StagesState, tell } from './stages/state.js';
import { type StagesView, stagesView } from './stages/view.js';

type Events = AccountEvent | BooksEvent | ProgrammeEvent;
type Handler = (state: StagesState, event: Event<string, object>, rules: Policy, subject: Subject) => void;

/** Every event that can be cited as evidence: all of an account's History. */
const citable = [
  accountEvents,
  activityEvents,
  booksEvents,
  contactEvents,
  memberEvents,
  programmeEvents,
  structureEvents,
].flatMap((events) => Object.keys(events));

const table = handlers as Readonly<Record<string, Handler | undefined>>;

/** Takes note that the event is told, then of what it says. */
function noted(type: string): Handler {
  const says = table[type];
  if (!says) return (state, { id, time }) => tell(state, id, time);
  return (state, event, rules, subject) => {
    tell(state, event.id, event.time);
    says(state, event, rules, subject);
  };
}

/** Where the relationship stands: stages declared, the stage that evidence proves, and how far the two are apart. */
export const stages: Projection<StagesState, StagesView, Events> = {
  name: 'stages',
  version: 1,
  of: 'account',
  question: { en: 'Where does the relationship stand, and can we prove it?', zh: '关系处于什么阶段,有何证据?' },
  initial,
  policy: ['fx'],
  on: Object.fromEntries(citable.map((type) => [type, noted(type)])) as Projection<
    StagesState,
    StagesView,
    Events
  >['on'],
  parameters: { without: 'id of a contact or member: the derived stage without this person' },
  names: { without: 'person' },
  uses: ['contacts', 'trust'],
  view: stagesView,
  rows,
};
