import { readFileSync } from 'node:fs';
import { type ClientRequest, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect as tcpConnect } from 'node:net';
import { connect as tlsConnect, type ConnectionOptions } from 'node:tls';

/** What a connection string says that a look without the client needs. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly ca: string | undefined;
  readonly auth: string | undefined;
}

/** Reads the first host of a connection string. */
export function addressOf(url: string): Address {
  const [, auth, hosts = '', query = ''] = /^[^:]+:\/\/(?:(.+)@)?([^/?]*)\/?\??(.*)$/.exec(url) ?? [];
  const [, host = '127.0.0.1', port = '2113'] = /^([^:,]+)(?::(\d+))?/.exec(hosts) ?? [];
  const said = new Map(
    query.split('&').map((pair) => {
      const [key = '', value = ''] = pair.split('=');
      return [key.toLowerCase(), decodeURIComponent(value)] as const;
    }),
  );
  const user = auth?.split(':').map(decodeURIComponent).join(':');
  return { host, port: Number(port), tls: said.get('tls') !== 'false', ca: said.get('tlscafile'), auth: user };
}

const waitMs = 2_000;

/** Why a server cannot be used, as a sentence that says what to do; not sure where it may only be starting. */
export interface Finding {
  readonly says: string;
  readonly sure: boolean;
}

const sure = (says: string): Finding => ({ says, sure: true });

/** Looks at a server from outside; undefined where nothing is found wrong. */
export async function diagnose(address: Address): Promise<Finding | undefined> {
  const where = `${address.host}:${address.port}`;
  const tcp = await reached(address);
  if (tcp !== undefined)
    return {
      says: `Nothing answers at ${where} (${tcp}); start the event store, or correct the address in TAPROOT_STORE`,
      sure: false,
    };
  if (address.tls) return tlsFault(address, where);
  const about = await info(address, '/info');
  if (about !== undefined) return isServer(about) ? undefined : sure(notOne(where));
  if ((await handshake({ ...options(address), rejectUnauthorized: false })) !== undefined) return undefined;
  return sure(
    `The server at ${where} speaks TLS; take tls=false out of TAPROOT_STORE, and name its authority with tlsCAFile=`,
  );
}

const isServer = (about: unknown): boolean => typeof about === 'object' && about !== null && 'esVersion' in about;

const notOne = (where: string): string =>
  `The server at ${where} is no EventStoreDB or KurrentDB; correct the address in TAPROOT_STORE`;

/** What the server says of itself over HTTP; undefined where it does not. */
export function info(address: Address, path: string): Promise<unknown> {
  const { host, port, tls, auth } = address;
  return new Promise((settle) => {
    const given = { host, port, path, timeout: waitMs, agent: false as const, ...(auth && tls ? { auth } : {}) };
    const asked: ClientRequest = tls ? httpsRequest({ ...given, ...options(address) }) : httpRequest(given);
    asked.on('response', (reply) => {
      let text = '';
      reply.on('data', (piece) => {
        text += piece;
      });
      reply.on('error', () => settle(undefined));
      reply.on('end', () => settle(parsed(text)));
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => settle(undefined));
    asked.on('close', () => settle(undefined));
    asked.end();
  });
}

async function tlsFault(address: Address, where: string): Promise<Finding | undefined> {
  const code = await handshake(options(address));
  if (code === undefined) {
    const about = await info(address, '/info');
    return about === undefined || isServer(about) ? undefined : sure(notOne(where));
  }
  if (code === 'CERT_HAS_EXPIRED') return sure(`The certificate of ${where} has expired; renew it on the server`);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return sure(`The certificate of ${where} is for another name; use the name it is for in TAPROOT_STORE`);
  if (/SELF_SIGNED|UNABLE_TO|CERT_/.test(code))
    return sure(
      `The certificate of ${where} is not signed by an authority this node knows (${code}); name it with tlsCAFile= in TAPROOT_STORE`,
    );
  if (!/WRONG_VERSION|EPROTO|ECONNRESET|PACKET_LENGTH|closed/.test(code)) return undefined;
  const says = `The server at ${where} does not speak TLS; add tls=false to TAPROOT_STORE, or give the server a certificate`;
  return { says, sure: !/ECONNRESET|closed/.test(code) };
}

function options({ host, port, ca }: Address): ConnectionOptions {
  const servername = /^[\d.]+$|:/.test(host) ? {} : { servername: host };
  return { host, port, ...servername, ...(ca === undefined ? {} : { ca: readFileSync(ca) }) };
}

/** Code of what went wrong with a handshake; undefined where nothing did. */
function handshake(given: ConnectionOptions): Promise<string | undefined> {
  return new Promise((settle) => {
    const socket = tlsConnect({ ...given, timeout: waitMs }, () => {
      settle(undefined);
      socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
    socket.on('timeout', () => socket.destroy(new Error('timeout')));
    socket.on('close', () => settle('closed'));
  });
}

function reached({ host, port }: Address): Promise<string | undefined> {
  return new Promise((settle) => {
    const socket = tcpConnect({ host, port, timeout: waitMs }, () => {
      settle(undefined);
      socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
    socket.on('timeout', () => {
      settle('no answer');
      socket.destroy();
    });
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
