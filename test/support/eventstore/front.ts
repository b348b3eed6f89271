import { createServer as createHttp, type Server as HttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { FakeServer } from './server.js';
import { ServerLog } from './server-log.js';

/** What the server says of itself over HTTP. */
export const sound = { esVersion: '23.10.6', options: [{ name: 'UnsafeDisableFlushToDisk', value: 'False' }] };

/**
 * The address of a test server, which stays while the server behind it is stopped, frozen or cut off: plain HTTP goes to a small
 * answerer of `/info`, everything else to the gRPC server.
 */
export class Front {
  readonly server: FakeServer;
  private readonly sockets = new Set<Socket>();
  private readonly listener: Server;
  private readonly http: HttpServer;
  private backend = 0;
  private frozen = false;
  info: { esVersion: string; options: object[] } = sound;

  private constructor(log: ServerLog) {
    this.server = new FakeServer(log);
    this.listener = createServer((socket) => this.accept(socket));
    this.http = createHttp((request, reply) => {
      reply.setHeader('content-type', 'application/json');
      reply.setHeader('connection', 'close');
      reply.end(
        JSON.stringify(request.url === '/info/options' ? this.info.options : { esVersion: this.info.esVersion }),
      );
    });
  }

  static async start(log = new ServerLog()): Promise<Front> {
    const front = new Front(log);
    front.backend = await front.server.start();
    front.listener.listen(0, '127.0.0.1');
    await once(front.listener, 'listening');
    front.server.leaderPort = front.port;
    return front;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  get log(): ServerLog {
    return this.server.log;
  }

  get faults() {
    return this.server.faults;
  }

  /** Breaks every connection at once. */
  cut(): void {
    this.faults.note('connection', 'cut');
    for (const socket of this.sockets) socket.destroy();
  }

  /** Stops answering without closing anything, as a machine does that is suspended. */
  freeze(): void {
    this.faults.note('connection', 'frozen');
    this.frozen = true;
    for (const socket of this.sockets) socket.pause();
  }

  thaw(): void {
    this.frozen = false;
    for (const socket of this.sockets) socket.resume();
  }

  /** Kills the server; its log stays. */
  stop(): void {
    this.faults.note('connection', 'stopped');
    this.server.stop();
    this.backend = 0;
    for (const socket of this.sockets) socket.destroy();
  }

  async startAgain(): Promise<void> {
    this.backend = await this.server.start();
  }

  async close(): Promise<void> {
    this.server.stop();
    this.http.close();
    for (const socket of this.sockets) socket.destroy();
    this.listener.close();
  }

  private accept(socket: Socket): void {
    this.track(socket);
    if (this.backend === 0) return void socket.destroy();
    socket.once('data', (first) => {
      socket.pause();
      socket.unshift(first);
      if (/^(GET|POST|HEAD) /.test(first.toString('latin1', 0, 5))) {
        this.http.emit('connection', socket);
        return void socket.resume();
      }
      const behind = connect(this.backend, '127.0.0.1');
      this.track(behind);
      socket.pipe(behind).pipe(socket);
      socket.on('close', () => behind.destroy());
      behind.on('close', () => socket.destroy());
      if (this.frozen) for (const one of [socket, behind]) one.pause();
    });
  }

  private track(socket: Socket): void {
    this.sockets.add(socket.setNoDelay());
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(socket));
    if (this.frozen) socket.pause();
  }
}
