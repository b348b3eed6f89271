import { describe, expect, it } from '@jest/globals';
import { contactCommands } from '../../../src/domain/contact/contact.commands.js';
import { contact } from '../../../src/domain/contact/contact.decider.js';
import { digestOf } from '../../../src/kernel/identity.js';
import { contactCast } from '../../support/cast/contact.js';
import { acme, ada, globex } from '../../support/cast/ids.js';
import { type Past, specFor } from '../../support/spec.js';

const given = specFor(contact, contactCommands);
const { commands: command, events: event } = contactCast as {
  commands: Record<string, object>;
  events: Record<string, object>;
};

const added: Past = {
  type: 'ContactAdded',
  data: event.ContactAdded!,
  time: '2025-01-15T00:00:00.000Z',
  digest: digestOf(command.AddContact),
};
const past = (type: string, data: object, time: string, body?: object): Past => ({
  type,
  data,
  time,
  ...(body ? { digest: digestOf(body) } : {}),
});
const buyer = { contactId: ada, role: 'BUYER' };

describe('moving a contact', () => {
  const assigned = past('ContactRoleAssigned', { role: 'BUYER' }, '2025-02-01T00:00:00.000Z', buyer);
  const assessed = past('ContactAssessed', { attitude: 1, influence: 3 }, '2025-02-01T00:00:00.000Z');
  const left = past('ContactLeft', {}, '2025-06-01T00:00:00.000Z');

  it('ends one history and begins the other complete, with all that was not said as it was', () => {
    const data = {
      accountId: globex,
      function: 'PURCHASING',
      seniority: 2,
      roles: ['BUYER'],
      attitude: 1,
      influence: 3,
    };
    const events = given(added, assigned, assessed)
      .when('MoveContact', { contactId: ada, toAccountId: globex, reason: 'New plant' })
      .events();
    expect(events).toEqual([
      { type: 'ContactLeft', accountid: acme, data: { reason: 'New plant', toAccountId: globex } },
      { type: 'ContactJoined', accountid: globex, data },
    ]);
  });
  it('takes what is said of the new place', () => {
    given(added, assigned, assessed)
      .when('MoveContact', { contactId: ada, toAccountId: globex, seniority: 4, roles: [], influence: 5 })
      .then(
        { type: 'ContactLeft' },
        { data: { accountId: globex, function: 'PURCHASING', seniority: 4, roles: [], attitude: 1, influence: 5 } },
      );
  });
  it('leaves attitude and influence out where nobody judged them', () => {
    const events = given(added).when('MoveContact', { contactId: ada, toAccountId: globex }).events();
    expect(events[1]?.data).toEqual({ accountId: globex, function: 'PURCHASING', seniority: 2, roles: [] });
  });
  it('without a new account only says that they left', () => {
    expect(given(added).when('MoveContact', { contactId: ada }).events()).toEqual([
      { type: 'ContactLeft', accountid: acme, data: {} },
    ]);
  });
  it('says nothing new the second time', () => {
    const joined = past(
      'ContactJoined',
      { accountId: globex, function: 'PURCHASING', seniority: 2, roles: ['BUYER'] },
      '2025-06-01T00:00:00.000Z',
    );
    given(added, left, joined).when('MoveContact', { contactId: ada, toAccountId: globex }).thenNothing();
    given(added, left).when('MoveContact', { contactId: ada }).thenNothing();
  });
  it('brings one who had left to a new account, with the roles held last, and nobody leaves twice', () => {
    const events = given(added, assigned, left).when('MoveContact', { contactId: ada, toAccountId: globex }).events();
    expect(events).toMatchObject([{ type: 'ContactJoined', accountid: globex, data: { roles: ['BUYER'] } }]);
  });
  it('stamps what comes after with the new account', () => {
    const joined = past(
      'ContactJoined',
      { accountId: globex, function: 'PURCHASING', seniority: 2, roles: [] },
      '2025-06-01T00:00:00.000Z',
    );
    given(added, left, joined).when('AssignContactRole', buyer).then({ accountid: globex });
  });
  it('takes the new account under the name that ContactJoined gives it', () => {
    const events = given(added).when('MoveContact', { contactId: ada, accountId: globex }).events();
    expect(events).toMatchObject([{ type: 'ContactLeft' }, { type: 'ContactJoined', data: { accountId: globex } }]);
    given(added)
      .when('MoveContact', { contactId: ada, accountId: globex, toAccountId: globex })
      .then({ type: 'ContactLeft' }, { type: 'ContactJoined', accountid: globex });
    given(added)
      .when('MoveContact', { contactId: ada, accountId: acme, toAccountId: globex })
      .thenRefused('command/invalid');
  });
  it('is refused to where they are with other words than how things stand', () => {
    given(added)
      .when('MoveContact', { contactId: ada, toAccountId: acme, seniority: 4 })
      .thenRefused('command/invalid');
  });
  it('is refused before their last coming or going', () => {
    given(added)
      .when('MoveContact', { contactId: ada, toAccountId: globex, occurredAt: '2024-12-01' })
      .thenRefused('time/order');
  });
  it('is refused for a person nobody added', () =>
    given().when('MoveContact', { contactId: ada }).thenRefused('contact/unknown'));
  it('needs the new account to be known, where there is one', () => {
    const needs = { ...contact.needs }.MoveContact as unknown as { of: (command: object) => object }[];
    const need = needs[0]!;
    expect(need.of({ contactId: ada, toAccountId: globex })).toEqual([{ id: globex, pointer: '/toAccountId' }]);
    expect(need.of({ contactId: ada })).toEqual([]);
    expect(needs[1]!.of({ contactId: ada, accountId: globex })).toEqual([{ id: globex, pointer: '/accountId' }]);
  });
});

describe('a contact who left', () => {
  const left = past('ContactLeft', {}, '2025-06-01T00:00:00.000Z');
  it('takes no new facts', () => given(added, left).when('AssignContactRole', buyer).thenRefused('contact/gone'));
  it('takes facts told late of the time before, in the account they were with', () => {
    given(added, left)
      .when('AssignContactRole', { ...buyer, occurredAt: '2025-03-01' })
      .then({ accountid: acme });
  });
  it('loses a role told late of the time before when they leave, and takes it along', () => {
    const late = past('ContactRoleAssigned', { role: 'BUYER' }, '2025-03-01T00:00:00.000Z');
    given(added, left, late)
      .when('MoveContact', { contactId: ada, toAccountId: globex })
      .then({ data: { roles: ['BUYER'] } as never });
    const joined = past(
      'ContactJoined',
      { accountId: globex, function: 'SALES', seniority: 1, roles: [] },
      '2025-07-01T00:00:00.000Z',
    );
    given(added, left, late, joined).when('EndContactRole', buyer).thenRefused('contact/role-not-held');
  });
});
