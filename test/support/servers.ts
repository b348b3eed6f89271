import { describe } from '@jest/globals';
import { Front } from './eventstore/front.js';

/** A place for one log on some server. */
export interface Place {
  readonly url: string;
  readonly prefix: string;
  /** The test server itself, to make it fail; undefined for one that others run. */
  readonly front?: Front;
  close(): Promise<void>;
}

interface Kind {
  readonly name: string;
  /** Why it cannot run here. */
  readonly missing?: string;
  place(): Promise<Place>;
}

const testServer: Kind = {
  name: 'the test server',
  place: async () => {
    const front = await Front.start();
    return { url: front.url, prefix: '', front, close: () => front.close() };
  },
};

/** A server that others started, several logs in it. */
const serverAt = (url: string): Kind => ({
  name: `the server ${url.replace(/\/\/.*@/, '//')}`,
  place: async () => ({ url, prefix: `t${crypto.randomUUID().slice(0, 8)}.`, close: async () => undefined }),
});

const given = (process.env.TAPROOT_TEST_EVENTSTORE ?? '').split(/\s+/).filter(Boolean);

/** The test server, and every server of `TAPROOT_TEST_EVENTSTORE`. */
const kinds: readonly Kind[] = [
  testServer,
  ...(given.length > 0
    ? given.map(serverAt)
    : [{ ...serverAt('of TAPROOT_TEST_EVENTSTORE'), missing: 'TAPROOT_TEST_EVENTSTORE is not set' }]),
];

/** Runs tests on every server there is; those that are missing are reported as skipped, with the reason. */
export function onServers(title: string, tests: (place: () => Promise<Place>) => void): void {
  for (const { name, missing, place } of kinds)
    (missing === undefined ? describe : describe.skip)(`${title}, on ${name}${missing ? ` (${missing})` : ''}`, () =>
      tests(place),
    );
}
