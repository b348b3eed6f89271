import { idsOf } from '../dist/src/kernel/identity.js';
import { origin, principal } from './support.js';

const eventId = idsOf(origin);
const day = 86_400_000;
const first = Date.parse('2018-01-01T00:00:00Z');
const spanDays = 2_900;
const functions = ['PURCHASING', 'ENGINEERING', 'QUALITY', 'LOGISTICS', 'FINANCE', 'MANAGEMENT'];
const kinds = ['MESSAGE', 'CALL', 'MEETING', 'VISIT', 'CALL', 'PRESENTATION'];
const costs = ['LOGISTICS', 'SERVICE', 'ORDER_HANDLING', 'TRAVEL', 'MEETINGS'];
const evidence = ['informationSharing', 'jointPlanning', 'exitBarrier'];
const eur = (minor) => ({ minor, currency: 'EUR' });
const uuid = (kind, n) => `${kind}0000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

/** A person of theirs, of six to an account; and one of ours, of eight. */
const contactId = (account, i) => uuid('c', account * 6 + (i % 6));
const memberId = (i) => uuid('a', i % 8);

/** Each command of an account's year in the order in which it comes: what it is called, and its body for the n-th. */
const year = [
  ['PlaceOrder', (n) => ({ orderId: `O${n}`, amount: eur(90_000 + (n % 7_919)) })],
  ['IssueInvoice', (n) => ({ invoiceId: `I${n}`, gross: eur(90_000 + (n % 7_919)), cogs: eur(54_000 + (n % 5_003)) })],
  ['LogInteraction', (n, account) => interaction(n, account)],
  ['RecordPayment', (n) => ({ paymentId: `P${n}`, invoiceId: `I${n - 2}`, amount: eur(90_000 + ((n - 2) % 7_919)) })],
  ['LogInteraction', (n, account) => interaction(n, account)],
  ['IssueInvoice', (n) => ({ invoiceId: `I${n}`, gross: eur(20_000 + (n % 997)), cogs: eur(11_000 + (n % 503)) })],
  ['LogInteraction', (n, account) => ({ ...interaction(n, account), summary: `They will open line ${n} in spring` })],
  [
    'MakeCommitment',
    (n, _, at) => ({ commitmentId: `W${n}`, by: 'US', ownerId: memberId(n), what: 'A quote', due: iso(at + 20 * day) }),
  ],
  ['RecordCost', (n) => ({ costId: `C${n}`, category: costs[n % 5], amount: eur(1_000 + (n % 977)) })],
  ['LogInteraction', (n, account) => interaction(n, account)],
  ['PlaceOrder', (n) => ({ orderId: `O${n}`, amount: eur(40_000 + (n % 997)) })],
  ['IssueInvoice', (n) => ({ invoiceId: `I${n}`, gross: eur(40_000 + (n % 997)), cogs: eur(24_000 + (n % 503)) })],
  ['KeepCommitment', (n) => ({ commitmentId: `W${n - 5}` })],
  ['LogInteraction', (n, account) => ({ ...interaction(n, account), summary: `Terms of ${n} are agreed` })],
  ['RecordPayment', (n) => ({ paymentId: `P${n}`, invoiceId: `I${n - 3}`, amount: eur(40_000 + ((n - 3) % 997)) })],
  ['LogInteraction', (n, account) => interaction(n, account)],
  ['IssueInvoice', (n) => ({ invoiceId: `I${n}`, gross: eur(15_000 + (n % 997)), cogs: eur(9_000 + (n % 503)) })],
  ['RecordCost', (n) => ({ costId: `C${n}`, category: costs[n % 5], amount: eur(2_000 + (n % 977)) })],
  ['LogInteraction', (n, account) => interaction(n, account)],
  [null, (n, account) => seldom(n, account)],
];

const interaction = (n, account) => ({
  interactionId: `V${n}`,
  kind: kinds[n % 6],
  initiator: n % 3 ? 'US' : 'THEM',
  ours: [{ memberId: memberId(n), function: 'KEY_ACCOUNT' }],
  theirs: [{ contactId: contactId(account, n), function: functions[n % 6], seniority: 1 + (n % 3) }],
  durationMin: 15 + (n % 60),
});

/** What happens once in twenty events, in turn. */
function seldom(n, account) {
  const bodies = [
    ['AssessContact', { contactId: contactId(account, n), attitude: (Math.floor(n / 160) % 5) - 2, influence: n % 5 }],
    [
      'RecordInsight',
      { insightId: `K${n}`, topic: 'capacity', fromInteractionIds: [`V${n - 1}`], text: 'They are short of space' },
    ],
    [
      'RecordStageEvidence',
      {
        item: evidence[n % 3],
        level: 2,
        sourceEventIds: [eventId('admin', 'LogInteraction', `c${account}-${n - 1}`, 0)],
      },
    ],
    ['RecordSurveyAnswer', { respondentId: contactId(account, n), recommend: 5 + (n % 6) }],
    ['RecordNeed', { needId: `N${n}`, order: 'PROCESS', priority: 1 + (n % 5) }],
    ['EstimateShareOfWallet', { category: 'drives', share: 0.3 + (n % 40) / 100, source: 'buyer', confidence: 0.7 }],
    ['GrantRebate', { rebateId: `R${n}`, amount: eur(500 + (n % 97)) }],
    [
      'EstimatePotential',
      {
        availableSales3y: eur(90_000_000 + n),
        growthPct: 3,
        expectedRetention: 0.85,
        margin: eur(2_000_000 + n),
        source: 'analyst',
      },
    ],
  ];
  return bodies[Math.floor(n / 20) % bodies.length];
}

const iso = (at) => new Date(at).toISOString();

/** The n-th of so many events of an account, as a command. */
export function dealing(account, n, of) {
  const at = first + Math.floor((n / of) * spanDays * day);
  const [name, body] = year[n % year.length];
  const [named, told] = name === null ? body(n, account) : [name, body(n, account, at)];
  const address = named === 'AssessContact' ? {} : { accountId: `A${account}` };
  return { name: named, commandId: `c${account}-${n}`, body: { ...address, ...told, occurredAt: iso(at) } };
}

/** Eight years of so many accounts (numbered from `from`) with so many events each, as they happen beside each other. */
export function* history(accounts, each, from = 0) {
  for (let n = 0; n < each; n++) for (let i = 0; i < accounts; i++) yield dealing(from + i, n, each);
}

/** Only what moves money, or only contact. */
export function* only(kind, accounts, each) {
  const wanted = kind === 'money' ? [1, 5, 8, 11, 16, 17] : [2, 4, 9, 15, 18];
  for (let n = 0; n < each; n++)
    for (let i = 0; i < accounts; i++) {
      const at = first + Math.floor((n / each) * spanDays * day);
      const [name, body] = year[wanted[n % wanted.length]];
      yield {
        name,
        commandId: `${kind}${i}-${n}`,
        body: { accountId: `A${i}`, ...body(n, i, at), occurredAt: iso(at) },
      };
    }
}

/** The people of ours, and so many accounts with theirs. */
export function* cast(accounts, from = 0) {
  const occurredAt = '2017-01-01';
  if (from === 0)
    for (let i = 0; i < 8; i++) {
      const body = {
        memberId: memberId(i),
        name: `Member ${i}`,
        function: 'KEY_ACCOUNT',
        seniority: 2,
        qualifications: [],
      };
      yield { name: 'AddMember', commandId: `member-${i}`, body: { ...body, occurredAt } };
    }
  for (let account = from; account < from + accounts; account++) {
    const accountId = `A${account}`;
    const body = { accountId, name: `Account ${account}`, customerType: 'DEALER', currency: 'EUR', occurredAt };
    yield { name: 'RegisterAccount', commandId: `account-${account}`, body };
    for (let i = 0; i < 6; i++) {
      const person = { contactId: contactId(account, i), accountId, name: `Person ${i}`, function: functions[i] };
      yield {
        name: 'AddContact',
        commandId: `contact-${account}-${i}`,
        body: { ...person, seniority: 1 + (i % 3), occurredAt },
      };
    }
    const role = { contactId: contactId(account, 0), role: 'DECIDER', occurredAt: '2017-01-02' };
    yield { name: 'AssignContactRole', commandId: `role-${account}`, body: role };
  }
}

/** Commands carried out in order, thousands on their way to the disk at a time. Returns how many. */
export async function tell(taproot, commands) {
  let waiting = [];
  let count = 0;
  for (const command of commands) {
    const staged = await taproot.execute.stage({ ...command, actor: principal });
    if (staged.receipt.events.length === 0) throw new Error(`${command.name} ${command.commandId} told nothing`);
    waiting.push(staged.durable);
    count++;
    if (waiting.length < 4_000) continue;
    await Promise.all(waiting);
    waiting = [];
  }
  await Promise.all(waiting);
  return count;
}
