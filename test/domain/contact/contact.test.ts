import { describe, expect, it } from '@jest/globals';
import { contactCommands } from '../../../src/domain/contact/contact.commands.js';
import { contact } from '../../../src/domain/contact/contact.decider.js';
import { contact as topic } from '../../../src/domain/contact/contact.topic.js';
import { digestOf } from '../../../src/kernel/identity.js';
import { contactCast } from '../../support/cast/contact.js';
import { acme, ada, bert, globex } from '../../support/cast/ids.js';
import { samplesFit } from '../../support/samples.js';
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

samplesFit(topic, contactCast);

describe('adding a contact (C5)', () => {
  it('enters the history of their account', () => {
    given()
      .when('AddContact', command.AddContact!)
      .then({ type: 'ContactAdded', accountid: acme, data: event.ContactAdded! as never });
  });
  it('says nothing new the second time', () => given(added).when('AddContact', command.AddContact!).thenNothing());
  it('is refused where another person has the id', () => {
    given(added)
      .when('AddContact', { ...command.AddContact, accountId: globex })
      .thenRefused('contact/id-taken');
  });
  it('needs the account to be known', () => {
    expect(contact.needs?.AddContact).toMatchObject([{ kind: 'exists', noun: 'account' }]);
  });
});

describe('changing what is known of a contact', () => {
  it('keeps only what was said', () => {
    given(added)
      .when('ChangeContactDetails', { contactId: ada, seniority: 3 })
      .then({ accountid: acme, data: { seniority: 3 } });
  });
  it('says nothing where nothing is otherwise', () => {
    given(added).when('ChangeContactDetails', { contactId: ada, function: 'PURCHASING', seniority: 2 }).thenNothing();
  });
  it('records a text even where it may be the same, because it cannot be compared', () => {
    expect(given(added).when('ChangeContactDetails', { contactId: ada, phone: '+33 1' }).events()).toHaveLength(1);
  });
  it('is refused where nothing is given', () =>
    given(added).when('ChangeContactDetails', { contactId: ada }).thenRefused('command/invalid'));
  it('is refused for a person nobody added', () =>
    given().when('ChangeContactDetails', { contactId: ada, phone: '1' }).thenRefused('contact/unknown'));
});

describe('roles in how their firm decides (F1)', () => {
  const assigned = past('ContactRoleAssigned', { role: 'BUYER' }, '2025-03-01T00:00:00.000Z', buyer);
  const ended = past('ContactRoleEnded', { role: 'BUYER' }, '2025-05-01T00:00:00.000Z', buyer);

  it('are assigned and ended', () => {
    given(added)
      .when('AssignContactRole', buyer)
      .then({ type: 'ContactRoleAssigned', accountid: acme, data: { role: 'BUYER' } });
    given(added, assigned)
      .when('EndContactRole', buyer)
      .then({ type: 'ContactRoleEnded', accountid: acme, data: { role: 'BUYER' } });
  });
  it('say nothing new the second time', () => {
    given(added, assigned).when('AssignContactRole', buyer).thenNothing();
    given(added, assigned, ended).when('EndContactRole', buyer).thenNothing();
  });
  it('are not assigned to who holds them', () => {
    const refusal = given(added, assigned)
      .when('AssignContactRole', { ...buyer, occurredAt: '2025-04-01' })
      .thenRefusal();
    expect(refusal).toMatchObject({ code: 'contact/role-held', values: { role: 'BUYER', since: '2025-03-01' } });
  });
  it('are not taken from who does not hold them', () => {
    given(added).when('EndContactRole', buyer).thenRefused('contact/role-not-held');
    given(added, assigned)
      .when('EndContactRole', { ...buyer, occurredAt: '2025-02-01' })
      .thenRefused('contact/role-not-held');
  });
  it('go by when they were held, not by when that was told', () => {
    given(added, assigned, ended)
      .when('EndContactRole', { ...buyer, occurredAt: '2025-04-01' })
      .then({ type: 'ContactRoleEnded' });
    given(added, assigned)
      .when('AssignContactRole', { ...buyer, occurredAt: '2025-02-01' })
      .then({ type: 'ContactRoleAssigned' });
  });
  it('end when the person leaves', () => {
    const left = past('ContactLeft', {}, '2025-06-01T00:00:00.000Z');
    const joined = past(
      'ContactJoined',
      { accountId: globex, function: 'SALES', seniority: 1, roles: [] },
      '2025-06-01T00:00:00.000Z',
    );
    given(added, assigned, left, joined)
      .when('EndContactRole', { ...buyer, occurredAt: '2025-07-01' })
      .thenRefused('contact/role-not-held');
  });
});

describe('judging a contact (C5)', () => {
  const assessed = past('ContactAssessed', { attitude: 2, influence: 4 }, '2025-03-01T00:00:00.000Z');
  it('is recorded, and not again while nothing changes', () => {
    given(added)
      .when('AssessContact', command.AssessContact!)
      .then({ type: 'ContactAssessed', accountid: acme, data: { attitude: 2, influence: 4 } });
    given(added, assessed).when('AssessContact', command.AssessContact!).thenNothing();
    given(added, assessed)
      .when('AssessContact', { ...command.AssessContact, attitude: -1 })
      .then({ data: { attitude: -1, influence: 4 } });
  });
});

describe('a reporting line', () => {
  const line = past('ContactReportsTo', { contactId: bert }, '2025-03-01T00:00:00.000Z');
  it('names the superior, once', () => {
    given(added)
      .when('SetReportingLine', command.SetReportingLine!)
      .then({ type: 'ContactReportsTo', accountid: acme, data: { contactId: bert } });
    given(added, line).when('SetReportingLine', command.SetReportingLine!).thenNothing();
  });
  it('never leads to oneself', () =>
    given(added).when('SetReportingLine', { contactId: ada, reportsTo: ada }).thenRefused('contact/reports-to-self'));
});

describe('every command on a contact', () => {
  it('repeated at once, changes nothing', () => {
    for (const [name, body] of Object.entries(command)) {
      const before =
        name === 'AddContact'
          ? []
          : name === 'EndContactRole'
            ? [added, past('ContactRoleAssigned', { role: 'BUYER' }, '2025-03-01T00:00:00.000Z')]
            : [added];
      const events = given(...before)
        .when(name as keyof typeof contactCommands, body)
        .events();
      const told = events.map(({ type, data }) => past(type, data, '2026-06-30T12:00:00.000Z', body));
      expect(events.length).toBeGreaterThan(0);
      given(...before, ...told)
        .when(name as keyof typeof contactCommands, body)
        .thenNothing();
    }
  });
});
describe('what holds after a correction', () => {
  it('an id means one person', () => {
    expect(given(added, added).holds()).toThrow(/two additions/);
    expect(given(added).holds()).not.toThrow();
  });
});
