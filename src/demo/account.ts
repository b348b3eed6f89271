import type { Expense } from '../domain/activity/interaction.events.js';
import type { CustomerType } from '../domain/account/identity.events.js';
import type { DmuRole, InteractionKind, Seniority, UnitFunction } from '../domain/vocabulary.js';
import type { Money } from '../kernel/money.js';
import { lastDay, plus, roll } from './days.js';
import { type Member, ourSide } from './members.js';
import { type AccountCommandName, type Body, type How, personId, type Telling } from './telling.js';

/** A customer of the demo, as far as its trade and its file go. Amounts are in thousands of its currency. */
export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly type: CustomerType;
  readonly industry: string;
  readonly region: string;
  readonly currency?: string;
  readonly oemFitShare?: number;
  /** Month of the first regular order; none for those who never ordered. */
  readonly since?: string;
  /** Last month of trade; none for those who go on. */
  readonly until?: string;
  /** Gross a month at the beginning, its growth a year, and what is left of it after the goods' cost. */
  readonly monthly: number;
  readonly growth: number;
  readonly margin: number;
  /** Logistics, as a share of gross. */
  readonly serve: number;
  /** Days late that they pay, usually; negative: early. */
  readonly late: number;
  /** Months between invoices. */
  readonly every: 1 | 3;
  /** Whether we register each order. */
  readonly orders?: true;
  readonly seller: Member;
}

/** A person of theirs. */
export interface Contact {
  readonly contactId: string;
  readonly function: UnitFunction;
  readonly seniority: Seniority;
}

/** An interaction that was told, for whatever cites it. */
export interface Met {
  readonly interactionId: string;
  readonly eventId: string;
  readonly day: string;
  /** Told so late that nothing could cite it soon after. */
  readonly late: boolean;
}

/** What else an interaction may say. */
export interface Meeting {
  readonly minutes?: number;
  readonly travel?: number;
  readonly expenses?: Expense[];
  readonly pursuitId?: string;
  readonly orderId?: string;
  readonly intentId?: string;
  readonly activityTypeId?: string;
  readonly routeId?: string;
  readonly topics?: string[];
  readonly summary?: string;
  readonly initiator?: 'US' | 'THEM' | 'JOINT';
}

const minutesOf: Record<InteractionKind, number> = {
  MESSAGE: 10,
  ENTERTAINMENT: 150,
  CALL: 25,
  PRESENTATION: 75,
  MEETING: 90,
  VISIT: 100,
  WORKSHOP: 240,
  JOINT_REVIEW: 180,
  EXECUTIVE_REVIEW: 120,
  EXECUTIVE_ONE_TO_ONE: 60,
  CAMPAIGN: 5,
};
const atTheirs = new Set<InteractionKind>(['VISIT', 'WORKSHOP', 'JOINT_REVIEW', 'EXECUTIVE_REVIEW', 'PRESENTATION']);

/** One account being told of. */
export class Account {
  readonly contacts: Contact[] = [];
  readonly met: Met[] = [];
  /** What they want to become, from when we served it. */
  private intent: { readonly intentId: string; readonly from: string } | undefined;

  constructor(
    readonly telling: Telling,
    readonly customer: Customer,
  ) {}

  get id(): string {
    return this.customer.id;
  }

  /** An amount of the account's currency, from whole units of it. */
  money(units: number): Money {
    return { minor: Math.round(units * 100), currency: this.customer.currency ?? 'EUR' };
  }

  /** Tells a command of this account. */
  tell<N extends AccountCommandName>(name: N, at: string, body: Omit<Body<N>, 'accountId'>, how: How = {}): string {
    return this.telling.tell(this.id, name, at, { ...body, accountId: this.id } as unknown as Body<N>, how);
  }

  /** A person of theirs becomes known, with a part in how they decide and how we judge them. */
  knows(
    at: string,
    unit: UnitFunction,
    seniority: Seniority,
    role?: DmuRole,
    judged?: readonly [attitude: number, influence: number],
  ): Contact {
    const contactId = personId('contact', `${this.id}/${this.contacts.length + 1}`);
    const one: Contact = { contactId, function: unit, seniority };
    const name = nameFor(`${this.id}/${this.contacts.length + 1}`);
    const tell = this.telling.tell.bind(this.telling);
    tell(this.id, 'AddContact', at, { contactId, accountId: this.id, name, function: unit, seniority }, { hours: 1 });
    if (role) tell(this.id, 'AssignContactRole', at, { contactId, role }, { hours: 1 });
    if (judged)
      tell(this.id, 'AssessContact', at, { contactId, attitude: judged[0], influence: judged[1] }, { hours: 1 });
    this.contacts.push(one);
    return one;
  }

  /** They say what they want to become; most of what we do from then on serves it, and says so. */
  intends(at: string, statement: string): void {
    this.tell('StateCustomerIntent', at, { intentId: 'aim', statement, source: 'board of theirs' });
    this.intent = { intentId: 'aim', from: plus(at, 4) };
  }

  /** The intent that something done on a day serves: three of four times there is one. */
  serving(day: string): { readonly intentId?: string } {
    if (!this.intent || day < this.intent.from || roll(`${this.id}${day}s`, 4) === 0) return {};
    return { intentId: this.intent.intentId };
  }

  /** Ours met theirs. Told hours or days later, as people do. */
  meet(
    at: string,
    kind: InteractionKind,
    ours: readonly Member[],
    theirs: readonly Contact[],
    more: Meeting = {},
    how: How = {},
  ): Met {
    const interactionId = `I-${String(this.met.length + 1).padStart(4, '0')}`;
    const { minutes, travel, initiator, ...rest } = more;
    const begun = initiator ?? (['US', 'US', 'THEM', 'JOINT'] as const)[roll(`${this.id}${at}${kind}`, 4)]!;
    const eventId = this.tell(
      'LogInteraction',
      at,
      {
        interactionId,
        kind,
        initiator: kind === 'CAMPAIGN' ? 'US' : begun,
        ours: ours.map(ourSide),
        theirs: theirs.map((one) => ({ ...one })),
        durationMin: minutes ?? minutesOf[kind],
        ...((travel ?? (atTheirs.has(kind) ? 90 : 0)) > 0 ? { travelMin: travel ?? 90 } : {}),
        ...(kind === 'MESSAGE' ? { twoWay: true } : {}),
        ...this.serving(at.slice(0, 10)),
        ...rest,
      },
      { hours: 5 + roll(`${this.id}${at}`, 60), by: ours[0] ?? 'marketing', ...how },
    );
    const one = { interactionId, eventId, day: at.slice(0, 10), late: how.known !== undefined };
    this.met.push(one);
    return one;
  }

  /** The last interactions that were surely told by a day, for evidence to cite. */
  metBefore(day: string, count = 3): readonly Met[] {
    return this.met.filter((one) => !one.late && plus(one.day, 5) < day).slice(-count);
  }
}

/** The last month in which an account trades. */
export const lastMonth = ({ until }: Customer): string => until ?? plus(lastDay, -20).slice(0, 7);

const given =
  'Anna Bela Carlo Dora Emil Frida Gino Hilde Igor Jutta Kai Lena Milo Nora Olaf Paula Quirin Rosa Sten Tilda'.split(
    ' ',
  );
const family =
  'Abelin Borsk Cantero Dahlke Eschen Farnborg Gellert Hovden Ilmar Jessel Korhal Lindqvar Mertens Norrik Ostheim Pravda Quell Rinaldo Sorvik Tarnow'.split(
    ' ',
  );

/** An invented name; the same for the same key. */
const nameFor = (key: string): string =>
  `${given[roll(`g${key}`, given.length)]} ${family[roll(`f${key}`, family.length)]}`;
