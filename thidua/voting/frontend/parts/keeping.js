// What this device remembers between two visits; where the browser keeps nothing (private windows), until the page is left.
import { deviceSigner, hasDeviceKey, store } from "../client/index.js";

const memory = new Map();
let lasts = true;

async function within(run, otherwise) {
  try {
    return await run();
  } catch {
    lasts = false;
    return otherwise();
  }
}

export const kept = {
  get: (name) => within(() => store.get(name), () => memory.get(name)),
  put: (name, value) => within(() => store.put(name, value), () => memory.set(name, value)),
  remove: (name) => within(() => store.remove(name), () => memory.delete(name)),
  /** Whether what was kept so far will still be there after the page is closed. */
  lasts: () => lasts,
};

/** The key this device made for the meeting; null when it has none. */
export async function ownKey(meeting) {
  const has = await within(() => hasDeviceKey(meeting), () => false);
  return has ? deviceSigner(meeting) : null;
}
