import { describe, expect, it } from '@jest/globals';
import { heldMs, RemoteVault } from '../../src/vault/remote.js';
import { ada } from '../support/cast/ids.js';
import { service, token } from '../support/service.js';

const subject = `contact.${ada}`;

describe('keys kept by another node', () => {
  const keeper = service();
  const now = Date.parse('2026-06-30T12:00:00.000Z');
  const node = (clock: () => number = () => now) => new RemoteVault(keeper.url, token, clock);

  it('are made at the keeper, and are the same key there', async () => {
    const vault = node();
    await vault.ready([subject]);
    expect(vault.newest(subject)).toBeUndefined();
    await vault.ready([subject], now);
    const found = vault.newest(subject);
    const kept = keeper.taproot.vault.newest(subject);
    expect(found?.state === 'live' && kept?.state === 'live' && found.key.commitment === kept.key.commitment).toBe(
      true,
    );
    expect(
      found?.state === 'live' && kept?.state === 'live' && Buffer.compare(found.key.encryption, kept.key.encryption),
    ).toBe(0);
    expect(vault.byId(found!.state === 'live' ? found!.key.keyId : '').state).toBe('live');
  });

  it('are held a minute at most', async () => {
    let at = now;
    const vault = node(() => at);
    await vault.ready([subject]);
    expect(vault.newest(subject)?.state).toBe('live');
    at = now + heldMs;
    expect(vault.newest(subject)).toEqual({ state: 'away' });
  });

  it('find persons by the same blind index', async () => {
    const [id] = await node().persons([{ kind: 'contact', source: 'crm', key: 'c-1' }]);
    expect(await node().known('contact', 'crm', 'c-1')).toBe(id);
    expect(await node().known('contact', 'crm', 'c-2')).toBeUndefined();
    expect(await node().blindIndex('contact', 'crm', 'c-1')).toBe(
      await keeper.taproot.vault.blindIndex('contact', 'crm', 'c-1'),
    );
  });

  it('are erased everywhere once the keeper has destroyed them', async () => {
    const other = 'contact.33333333-3333-4333-8333-333333333333';
    await node().ready([other], now);
    keeper.taproot.vault.destroy(other, now);
    const vault = node();
    await vault.ready([other]);
    expect(vault.newest(other)?.state).toBe('erased');
  });

  it('are away while the keeper is silent, and nothing is refused but what would seal', async () => {
    const vault = new RemoteVault('http://127.0.0.1:9', token, () => now);
    await vault.ready([subject], now);
    expect(vault.newest(subject)).toEqual({ state: 'away' });
    await expect(vault.persons([{ kind: 'contact', source: 'crm', key: 'c-1' }])).rejects.toMatchObject({
      code: 'vault/unavailable',
    });
  });

  it('are not told to whoever has another token', async () => {
    const vault = new RemoteVault(keeper.url, 'x'.repeat(40), () => now);
    await vault.ready([subject]);
    expect(vault.newest(subject)).toEqual({ state: 'away' });
  });
});
