import type { EventStoreDBClient } from '@eventstore/db-client';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';

/** A channel of gRPC, as far as it is needed here. */
interface Channel {
  readonly internalChannel?: { options?: object };
  getConnectivityState(connect: boolean): number;
  watchConnectivityState(state: number, untilMs: number, changed: (error?: Error) => void): void;
  close(): void;
}

/** The client's own way to a connection: it finds a node, and finds another one after an error. */
interface Inside {
  createChannel(): Promise<Channel>;
  getGRPCClient(service: unknown, name: string): Promise<object>;
  handleError(stubs: object, error: Error): Promise<void>;
}

/** Bytes that the server may send ahead of what has been read; of 64 KiB, the protocol's own, each costs it a round of its own. */
const ahead = 1 << 20;

/** How long a node of several may take to say its first word, and for how long such a node is looked for, in ms. */
const [wordMs, lookingMs] = [1_500, 15_000];

/** Longest time between two connections that are left because they are silent, in ms: a single frozen node keeps each of them open. */
const leaveMs = 600_000;

/** States of a channel, as gRPC numbers them. */
const [ready, failed] = [2, 3];

/** What makes the client look for a node again, as after a connection that broke. */
const unavailable = () => Object.assign(new Error('no answer in time'), { code: 14 });

/** Whether an address names a cluster: the client asks its nodes who leads. */
export const namesSeveral = (url: string): boolean => /^\w+\+discover:|^[^?]*,/.test(url);

/** The address with a second for each node that is asked who leads, unless it says otherwise: the client asks one after the other, a frozen one too. */
export function impatient(url: string): string {
  if (!namesSeveral(url) || /[?&]gossiptimeout=/i.test(url)) return url;
  return `${url}${url.includes('?') ? '&' : '?'}gossipTimeout=1`;
}

/**
 * Which node a client is connected to. Of several nodes only one that answers is taken: the others go on naming a frozen leader
 * for some seconds, and whoever is connected to it then hears nothing. A connection that has fallen silent is left.
 */
export class Connection {
  private leaving = { fromMs: 0, waitMs: 0 };
  private readonly inside: Inside;

  constructor(
    client: EventStoreDBClient,
    private readonly patienceMs: number,
    readonly several: boolean,
  ) {
    this.inside = client as unknown as Inside;
    const made = this.inside.createChannel;
    this.inside.createChannel = async () => {
      const until = performance.now() + lookingMs;
      for (;;) {
        const channel = await made();
        Object.assign(channel.internalChannel?.options ?? {}, { 'grpc-node.flow_control_window': ahead });
        if (!several || performance.now() > until || (await answers(channel))) return channel;
        channel.close();
        await new Promise((settle) => setTimeout(settle, 100));
      }
    };
  }

  /** The server has answered. */
  answered(): void {
    this.leaving.waitMs = 0;
  }

  /** What was asked has not been answered: another connection is made for what comes next. Not sooner than after the time an answer may take; to a single node at growing intervals. */
  async leave(): Promise<void> {
    const { fromMs, waitMs } = this.leaving;
    const now = performance.now();
    if ((this.several || waitMs > 0) && now < fromMs) return;
    const next = this.several ? this.patienceMs : Math.min(waitMs * 2 || this.patienceMs, leaveMs);
    this.leaving = { fromMs: now + next, waitMs: next };
    const stubs = await this.inside.getGRPCClient(streamsService.StreamsClient, 'leave').catch(() => undefined);
    if (stubs) await this.inside.handleError(stubs, unavailable());
  }
}

/** Whether the node at the other end takes part in the protocol: a frozen one accepts connections and says nothing. */
function answers(channel: Channel): Promise<boolean> {
  const until = Date.now() + wordMs;
  return new Promise((settle) => {
    const look = (): void => {
      const state = channel.getConnectivityState(true);
      if (state === ready || state === failed) settle(state === ready);
      else channel.watchConnectivityState(state, until, (error) => (error ? settle(false) : look()));
    };
    look();
  });
}
