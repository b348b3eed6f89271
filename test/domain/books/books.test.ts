import { describe, expect, it } from '@jest/globals';
import { booksCommands } from '../../../src/domain/books/books.commands.js';
import { books } from '../../../src/domain/books/books.decider.js';
import { books as topic } from '../../../src/domain/books/books.topic.js';
import { digestOf } from '../../../src/kernel/identity.js';
import type { RefusalCode } from '../../../src/kernel/refusal.js';
import { booksCast } from '../../support/cast/books.js';
import { acme, sponsor } from '../../support/cast/ids.js';
import { samplesFit } from '../../support/samples.js';
import { type Past, specFor } from '../../support/spec.js';

samplesFit(topic, booksCast);

const { commands, events } = booksCast;
type Name = keyof typeof booksCommands;
const stated = { 'account-ACME': { intents: new Map([['open-lines', {}]]) } };
const given = specFor(books, booksCommands, { states: stated });
const told = (type: string, command: string): Past => ({
  type,
  data: events[type]!,
  digest: digestOf(commands[command]),
});
const eur = (minor: number) => ({ minor, currency: 'EUR' });
const invoiced = told('InvoiceIssued', 'IssueInvoice');

describe('every command on money', () => {
  it('needs the account to be known', () => {
    for (const name of Object.keys(booksCommands)) {
      const needs = books.needs![name as Name] as unknown as { noun?: string; of: (c: object) => unknown }[];
      expect([name, needs[0]?.noun, needs[0]?.of(commands[name]!)]).toEqual([
        name,
        'account',
        [{ id: acme, pointer: '/accountId' }],
      ]);
    }
  });
});

describe('ids of the books (E2)', () => {
  const rows: readonly [Name, string, RefusalCode, object][] = [
    ['PlaceOrder', 'OrderPlaced', 'order/id-taken', { amount: eur(1) }],
    ['IssueInvoice', 'InvoiceIssued', 'invoice/id-taken', { gross: eur(1) }],
    ['IssueCredit', 'CreditIssued', 'credit/id-taken', { amount: eur(1) }],
    ['GrantRebate', 'RebateGranted', 'rebate/id-taken', { amount: eur(1) }],
    ['RecordPayment', 'PaymentReceived', 'payment/id-taken', { amount: eur(1) }],
    ['RecordCost', 'CostIncurred', 'cost/id-taken', { minutes: 1 }],
    ['CommitInvestment', 'InvestmentCommitted', 'investment/id-taken', { horizonMonths: 12 }],
    ['ApproveSacrifice', 'SacrificeApproved', 'sacrifice/id-taken', { amount: eur(1) }],
  ];
  it.each(rows)('%s is told once; its id means one thing', (command, type, code, other) => {
    const before = told(type, command);
    const others = command === 'RecordPayment' ? [invoiced] : [];
    given(...others)
      .when(command, commands[command]!)
      .then({ type, accountid: acme, data: events[type] as never });
    given(...others, before)
      .when(command, commands[command]!)
      .thenNothing();
    given(...others, before)
      .when(command, { ...commands[command], ...other })
      .thenRefused(code);
    expect(given(before).holds()).not.toThrow();
    expect(given(before, before).holds()).toThrow('would mean two things');
  });
});

describe('orders (D4, E2)', () => {
  const placed = told('OrderPlaced', 'PlaceOrder');
  it('are regular unless they are trials', () => {
    given()
      .when('PlaceOrder', { accountId: acme, orderId: 'SO-2', amount: eur(100) })
      .then({ data: { regular: true } as never });
    given()
      .when('PlaceOrder', commands.PlaceOrder!)
      .then({ data: { regular: false } as never });
  });
  it('are cancelled once, after they were placed', () => {
    given().when('CancelOrder', commands.CancelOrder!).thenRefused('order/unknown');
    given(placed).when('CancelOrder', commands.CancelOrder!).then({ type: 'OrderCancelled' });
    given(placed, told('OrderCancelled', 'CancelOrder')).when('CancelOrder', commands.CancelOrder!).thenNothing();
  });
});

describe('invoices and payments (A4, E2)', () => {
  it('an invoice may cite an order that nobody told', () => {
    given()
      .when('IssueInvoice', commands.IssueInvoice!)
      .then({ type: 'InvoiceIssued', data: events.InvoiceIssued as never });
  });
  it('a payment pays an invoice that was issued', () => {
    given().when('RecordPayment', commands.RecordPayment!).thenRefused('invoice/unknown');
    given(invoiced).when('RecordPayment', commands.RecordPayment!).then({ type: 'PaymentReceived' });
  });
});

describe('costs (D11, E1, E3, E8)', () => {
  const cost = { accountId: acme, costId: 'CO-2', category: 'TRAVEL' };
  it('are an amount, or an activity with minutes or quantity', () => {
    given()
      .when('RecordCost', { ...cost, amount: eur(500) })
      .then({ type: 'CostIncurred' });
    given()
      .when('RecordCost', { ...cost, activity: 'order', quantity: 3 })
      .then({ type: 'CostIncurred' });
    for (const bad of [{}, { activity: 'order' }, { minutes: 5 }, { amount: eur(500), minutes: 5 }])
      given()
        .when('RecordCost', { ...cost, ...bad })
        .thenRefused('cost/incomplete');
  });
  it('cite an intent that the customer stated', () => {
    given()
      .when('RecordCost', { ...cost, amount: eur(500), intentId: 'open-lines' })
      .then({ type: 'CostIncurred' });
    given()
      .when('RecordCost', { ...cost, amount: eur(500), intentId: 'other' })
      .thenRefused('intent/unknown');
    const [, need] = books.needs!.RecordCost as unknown as { of: (c: object) => unknown }[];
    expect([need?.of(commands.RecordCost!), need?.of(cost)]).toEqual([[acme], []]);
  });
});

describe('investments (B1, B3, F6)', () => {
  const committed = told('InvestmentCommitted', 'CommitInvestment');
  const stopped = told('InvestmentStopped', 'StopInvestment');
  it('are released and stopped after they were committed', () => {
    given().when('ReleaseInvestment', commands.ReleaseInvestment!).thenRefused('investment/not-open');
    given().when('StopInvestment', commands.StopInvestment!).thenRefused('investment/not-open');
    given(committed).when('ReleaseInvestment', commands.ReleaseInvestment!).then({ type: 'InvestmentReleased' });
    given(committed).when('StopInvestment', commands.StopInvestment!).then({ type: 'InvestmentStopped' });
  });
  it('by hand are released once of the same time; two rows of a source may be alike', () => {
    const body = { ...commands.ReleaseInvestment, occurredAt: '2026-03-01' };
    const released = { ...told('InvestmentReleased', 'ReleaseInvestment'), digest: digestOf(body) };
    given(committed, released).when('ReleaseInvestment', body).thenNothing();
    given(committed, released)
      .when('ReleaseInvestment', { ...body, occurredAt: '2026-04-01' })
      .then({ type: 'InvestmentReleased' });
    const imported = { sourceSystem: 'erp', sourceKey: 'row-2' };
    specFor(books, booksCommands, { imported })(committed, released)
      .when('ReleaseInvestment', body)
      .then({ type: 'InvestmentReleased' });
  });
  it('release no more once they are stopped', () => {
    given(committed, stopped).when('ReleaseInvestment', commands.ReleaseInvestment!).thenRefused('investment/not-open');
    given(committed, stopped).when('StopInvestment', commands.StopInvestment!).thenNothing();
  });
});

describe('sacrifices (B2)', () => {
  const approved = told('SacrificeApproved', 'ApproveSacrifice');
  it('expect something in words or as an amount, and nothing else', () => {
    const expecting = (expectedReturn: unknown) =>
      given().when('ApproveSacrifice', { ...commands.ApproveSacrifice, expectedReturn });
    expecting(eur(900_000)).then({ type: 'SacrificeApproved' });
    for (const bad of ['', 5, { minor: 1 }, null]) expecting(bad).thenRefused('command/invalid');
  });
  it('end after they begin, approved by a member who exists', () => {
    given()
      .when('ApproveSacrifice', { ...commands.ApproveSacrifice, to: '2025-12-30' })
      .thenRefused('time/order');
    const needs = books.needs!.ApproveSacrifice as unknown as { noun: string; of: (c: object) => unknown }[];
    expect([needs[1]?.noun, needs[1]?.of(commands.ApproveSacrifice!)]).toEqual([
      'member',
      [{ id: sponsor, pointer: '/approver' }],
    ]);
  });
  it('are reviewed after they were approved, each review once', () => {
    given().when('ReviewSacrifice', commands.ReviewSacrifice!).thenRefused('sacrifice/unknown');
    given(approved).when('ReviewSacrifice', commands.ReviewSacrifice!).then({ type: 'SacrificeReviewed' });
    given(approved, told('SacrificeReviewed', 'ReviewSacrifice'))
      .when('ReviewSacrifice', commands.ReviewSacrifice!)
      .thenNothing();
  });
});
