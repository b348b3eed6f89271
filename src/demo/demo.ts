import type { Taproot } from '../app/taproot.js';

/** Loads the demo portfolio: fictitious, the same every time. */
export async function loadDemo(taproot: Taproot): Promise<void> {
  await taproot.store.flushed();
}
