import { uuid5 } from '../../src/kernel/identity.js';
import type { Unstamped } from '../../src/store/event-store.js';

const namespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

/** An event ready to be stamped, for tests of the log: what it says does not matter there. */
export function unstamped(name: string, more: Partial<Unstamped> = {}): Unstamped {
  return {
    id: uuid5(namespace, name),
    type: 'InteractionLogged',
    schemaversion: 1,
    accountid: 'ACME',
    time: Date.parse('2026-01-15T10:00:00.000Z'),
    authtype: 'service',
    authid: 'test',
    data: { interactionId: name },
    ...more,
  };
}
