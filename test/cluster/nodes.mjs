import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { get } from 'node:http';
import { get as getSecurely } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url));

/** The three nodes of a cluster, and what can be done to them by the control command. */
export class Nodes {
  constructor(addresses, control, query) {
    this.addresses = addresses;
    this.control = control;
    this.secure = !/(^|&)tls=false(&|$)/.test(query);
  }

  /** Number of the node that leads, from 1; undefined while none does. Frozen ones do not answer. */
  async leader() {
    const states = await Promise.all(this.addresses.map((address) => this.state(address)));
    const leading = states.indexOf('leader');
    return leading < 0 ? undefined : leading + 1;
  }

  async settledLeader(seconds = 60) {
    for (const until = Date.now() + seconds * 1_000; Date.now() < until; await pause(250)) {
      const n = await this.leader();
      if (n !== undefined) return n;
    }
    throw new Error(`no node leads after ${seconds} s`);
  }

  /** Settles when one leads and the others follow: one that was frozen says for a moment that it still leads. One that ended by itself, as a node does that has to shorten its log, is started again. */
  async whole(seconds = 120) {
    let patience = Date.now() + 15_000;
    for (const until = Date.now() + seconds * 1_000; Date.now() < until; await pause(500)) {
      const states = await Promise.all(this.addresses.map((address) => this.state(address)));
      if (states.toSorted().join() === 'follower,follower,leader') return;
      if (Date.now() < patience) continue;
      patience = Date.now() + 15_000;
      for (const [i, state] of states.entries())
        if (state === undefined) await this.act('start', i + 1).catch(() => undefined);
    }
    throw new Error(`the three nodes are not one cluster after ${seconds} s`);
  }

  state(address) {
    return new Promise((settle) => {
      const ask = this.secure ? getSecurely : get;
      const request = ask(
        `${this.secure ? 'https' : 'http'}://${address}/info`,
        { timeout: 1_500, rejectUnauthorized: false, agent: false },
        (reply) => {
          let text = '';
          reply.on('data', (piece) => {
            text += piece;
          });
          reply.on('end', () => settle(/"state":\s*"(\w+)"/i.exec(text)?.[1].toLowerCase()));
        },
      );
      request.on('timeout', () => request.destroy());
      request.on('error', () => settle(undefined));
    });
  }

  /** Runs the control command; false where it does not know how to cut. A node that has to shorten its log ends once more: it is started again. */
  async act(action, n) {
    const command = this.control.replaceAll('{action}', action).replaceAll('{n}', String(n));
    let says = '';
    for (let left = action === 'start' ? 5 : 1; left > 0; left--) {
      const child = spawn(command, { shell: true, stdio: ['ignore', 'ignore', 'pipe'] });
      says = '';
      child.stderr.on('data', (piece) => {
        says += piece;
      });
      const [code] = await once(child, 'exit');
      if (code === 0) return true;
    }
    if (action === 'cut') return false;
    throw new Error(`${command} failed: ${says}`);
  }
}

/** A service in a process and a directory of its own. */
export class Service {
  constructor(name, env) {
    this.name = name;
    this.directory = mkdtempSync(join(tmpdir(), `taproot-cluster-${name}-`));
    this.env = { ...process.env, TAPROOT_DEMO: 'off', TAPROOT_LOG: 'error', ...env, TAPROOT_DATA: this.directory };
  }

  async start() {
    this.child = spawn(process.execPath, [cli, 'serve'], {
      env: { ...this.env, TAPROOT_PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: this.child.stdout })) {
      const [, url] = /listens on (\S+)/.exec(line) ?? [];
      if (url === undefined) continue;
      this.url = url;
      this.child.stdout.resume();
      return;
    }
    throw new Error(`${this.name} did not start: it ended with ${this.child.exitCode ?? this.child.signalCode}`);
  }

  async stop() {
    if (this.child.exitCode !== null) return this.child.exitCode;
    this.child.kill('SIGTERM');
    const [code] = await once(this.child, 'exit');
    return code;
  }

  /** Runs a command line over the directory; answers with what it wrote. */
  async taproot(...args) {
    const env = { ...this.env, TAPROOT_STORE: 'embedded', TAPROOT_VAULT: '' };
    const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const pieces = [];
    child.stdout.on('data', (piece) => pieces.push(piece));
    const [code] = await once(child, 'close');
    return { code, out: Buffer.concat(pieces).toString() };
  }
}
