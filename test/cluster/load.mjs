import { setTimeout as pause } from 'node:timers/promises';

/** Accounts that the load is spread over: few, so that both services write to the same streams. */
const accounts = 20;

/** A command that is not acknowledged for so long counts as refused, in ms. */
const patienceMs = 120_000;

/** Writers that send commands to two services by turns, and send each again, to the other one, until it is acknowledged. */
export class Load {
  /** Commands by id: the ids of their events, as the first acknowledgement said. */
  acknowledged = new Map();
  refused = [];
  repeated = 0;
  retries = 0;
  longest = { ms: 0, during: '' };
  during = 'a quiet time';
  lastMs = 0;
  lastAnswer = 'none';
  running = true;

  constructor(services, token, writers) {
    this.services = services;
    this.headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    this.writers = writers;
  }

  async prepare() {
    for (let a = 0; a < accounts; a++)
      await this.acknowledge(`account-${a}`, 'RegisterAccount', {
        accountId: `A${a}`,
        name: `Account ${a}`,
        customerType: 'DEALER',
        currency: 'EUR',
        occurredAt: '2024-01-01',
      });
  }

  start() {
    this.lastMs = Date.now();
    this.ended = Promise.all(Array.from({ length: this.writers }, (_, w) => this.write(w)));
  }

  async stop() {
    this.running = false;
    await this.ended;
  }

  /** Settles when a command that was sent from now on is acknowledged; answers with the time since the last one before, in ms. */
  async resumed(seconds = 120) {
    const from = Date.now();
    const before = this.lastMs;
    while (this.firstAfter === undefined || this.firstAfter.sent < from) {
      if (Date.now() - from > seconds * 1_000)
        throw new Error(`nothing was acknowledged for ${seconds} s; last answer: ${this.lastAnswer}`);
      await pause(20);
    }
    return this.firstAfter.at - Math.min(before, from);
  }

  async write(w) {
    for (let i = 0; this.running; i++) {
      const no = i * this.writers + w;
      const accountId = `A${no % accounts}`;
      const occurredAt = new Date(Date.UTC(2024, 1, 1) + no * 1_000).toISOString();
      if (no % 10 === 9)
        await this.acknowledge(`n${no}`, 'RecordInsight', {
          accountId,
          insightId: `N${no}`,
          topic: 'CULTURE',
          fromInteractionIds: [],
          text: `Note ${no}`,
          occurredAt,
        });
      else
        await this.acknowledge(`i${no}`, 'IssueInvoice', {
          accountId,
          invoiceId: `I${no}`,
          gross: { minor: 1_000 + (no % 997), currency: 'EUR' },
          occurredAt,
        });
    }
  }

  /** Sends a command, again and again, to one service and the other, until it is acknowledged. */
  async acknowledge(commandId, name, body) {
    const begun = Date.now();
    for (let tried = 0; ; tried++) {
      const service =
        this.services[(commandId.length + Number(commandId.replace(/\D/g, '')) + tried) % this.services.length];
      const sent = Date.now();
      const answer = await this.send(service, name, { commandId, ...body });
      if (answer?.status === 200 || answer?.status === 201) return this.took(commandId, answer.receipt, sent);
      const again = !answer || answer.status >= 500 || answer.text.includes('stream/revision-conflict');
      if (!again || Date.now() - begun > patienceMs) {
        this.refused.push(`${commandId}: ${answer ? `${answer.status} ${answer.text}` : 'no answer'}`);
        return;
      }
      this.retries++;
      this.lastAnswer = answer ? `${answer.status} ${answer.text}` : 'none';
      await pause(100);
    }
  }

  took(commandId, receipt, sent) {
    const at = Date.now();
    const gap = at - this.lastMs;
    if (this.lastMs > 0 && gap > this.longest.ms) this.longest = { ms: gap, during: this.during };
    this.lastMs = at;
    this.firstAfter = { sent, at };
    if (receipt.repeated) this.repeated++;
    this.acknowledged.set(
      commandId,
      receipt.events.map((event) => event.id),
    );
  }

  async send(service, name, body) {
    try {
      const reply = await fetch(`${service.url}/v1/commands/${name}`, {
        method: 'POST',
        headers: this.headers,
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(30_000),
      });
      const text = await reply.text();
      return { status: reply.status, text, receipt: reply.ok ? JSON.parse(text) : undefined };
    } catch {
      return undefined;
    }
  }
}
