import type { Seniority, UnitFunction } from '../domain/vocabulary.js';
import { personId, type Telling } from './telling.js';

interface Person {
  readonly name: string;
  readonly function: UnitFunction;
  readonly seniority: Seniority;
  readonly qualifications: string[];
}

const person = (name: string, unit: UnitFunction, seniority: Seniority, ...qualifications: string[]): Person => ({
  name,
  function: unit,
  seniority,
  qualifications,
});

/** People of our fictitious firm, by a short name. */
const people = {
  falk: person('Ingrid Falk', 'KEY_ACCOUNT', 2, 'mechanical engineer', 'negotiation'),
  arrieta: person('Tomás Arrieta', 'KEY_ACCOUNT', 2, 'packaging technology'),
  wen: person('文莉 Wen Li', 'KEY_ACCOUNT', 3, 'drives', 'finance for engineers'),
  dvorak: person('Petra Dvorak', 'KEY_ACCOUNT', 2, 'contract law'),
  ekberg: person('Jonas Ekberg', 'KEY_ACCOUNT', 2, 'machine tools'),
  rossi: person('Livia Rossi', 'KEY_ACCOUNT', 2, 'food machines'),
  oduya: person('Samuel Oduya', 'SALES', 3, 'sales management'),
  brink: person('Hanne Brink', 'SALES', 1, 'territory north'),
  sharp: person('Casper Sharp', 'SALES', 1, 'new business'),
  moreau: person('Élise Moreau', 'SALES', 2, 'southern Europe'),
  tanaka: person('Kenji Tanaka', 'ENGINEERING', 2, 'gear geometry'),
  okafor: person('Adaeze Okafor', 'ENGINEERING', 1, 'linear drives'),
  lund: person('Mats Lund', 'QUALITY', 2, 'auditor'),
  haas: person('Greta Haas', 'LOGISTICS', 2, 'supply chain'),
  novak: person('Milan Novak', 'SERVICE', 1, 'field service'),
  pereira: person('Rui Pereira', 'FINANCE', 2, 'credit'),
  chandra: person('Anil Chandra', 'IT', 2, 'EDI'),
  weiss: person('Clara Weiss', 'RESEARCH', 3, 'tribology'),
  stein: person('Ruth Stein', 'MANAGEMENT', 4, 'managing director'),
  vogel: person('Karl Vogel', 'MANAGEMENT', 3, 'operations'),
} satisfies Record<string, Person>;

export type Member = keyof typeof people;

/** The id of a person of ours. */
export const memberId = (member: Member): string => personId('member', member);

/** A person of ours as an interaction names them. */
export const ourSide = (member: Member) => ({ memberId: memberId(member), function: people[member].function });

/** Our people begin, and two of them change. */
export function introduceMembers(telling: Telling): void {
  for (const [short, one] of Object.entries(people)) {
    const at = late[short as Member] ?? '2021-12-01T07:00:00Z';
    telling.tell('people', 'AddMember', at, { memberId: memberId(short as Member), ...one }, { hours: 0, by: 'hr' });
  }
  // Ingrid Falk is promoted: her word weighs more from then on.
  telling.tell(
    'people',
    'ChangeMember',
    '2024-07-01',
    { memberId: memberId('falk'), seniority: 3, qualifications: ['mechanical engineer', 'negotiation', 'coaching'] },
    { by: 'hr' },
  );
}

/** Those who came after the first day. */
const late: Partial<Record<Member, string>> = {
  rossi: '2024-02-01T07:00:00Z',
  okafor: '2022-09-01T07:00:00Z',
  sharp: '2022-02-14T07:00:00Z',
};
