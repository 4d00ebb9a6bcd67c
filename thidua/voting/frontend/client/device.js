// The key a device makes for its voter (section 5.5): it never leaves the browser where WebCrypto knows Ed25519.
import { draw } from "../core/bytes.js";
import { seedSigner } from "../core/credentials.js";
import { store as browser } from "./store.js";

const nameOf = (meeting) => `device:${meeting}`;

/**
 * The signer of this device for this meeting, made at the first call: {key, sign, locked}.
 * `locked` is false where the browser could only store the seed, which whoever holds the device may read.
 */
export async function deviceSigner(meeting, store = browser) {
  const kept = (await store.get(nameOf(meeting))) ?? (await made());
  await store.put(nameOf(meeting), kept);
  return kept.pair ? pairSigner(kept) : { ...seedSigner(kept.seed), locked: false };
}

/** Whether this device already has a key for this meeting. */
export const hasDeviceKey = async (meeting, store = browser) => (await store.get(nameOf(meeting))) !== undefined;

export const forgetDeviceKey = (meeting, store = browser) => store.remove(nameOf(meeting));

async function made() {
  try {
    const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    return { pair, key: new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)) };
  } catch {
    return { seed: draw(32) };
  }
}

const pairSigner = ({ pair, key }) => ({
  key,
  locked: true,
  sign: async (message) => new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, message)),
});
