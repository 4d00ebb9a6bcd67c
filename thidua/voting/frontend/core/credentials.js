// Mã cử tri: the key that signs ballots, from a paper slip or made on the device (section 5.5).
import { draw as system, utf8 } from "./bytes.js";
import { publicKey, signed } from "./group.js";
import { fingerprint, grouped, h32, isLetters, letters, readLetters } from "./hashing.js";
import { Refusal } from "./refusal.js";

const CODE = 24;
const CHECK = 2;
const RANDOM = 15; // bytes, 120 bits

const checkOf = (code) => letters(h32("cred-check", utf8(code)), CHECK);

/** A code for a paper slip, in fours. */
export function newSlip(draw = system) {
  const code = letters(draw(RANDOM), CODE);
  return grouped(code + checkOf(code));
}

/** The seed of a slip as somebody typed it. */
export function slipSeed(meeting, typed) {
  const plain = readLetters(typed);
  const code = plain.slice(0, CODE);
  if (code.length !== CODE || !isLetters(code) || plain.slice(CODE) !== checkOf(code)) {
    throw new Refusal("", "Mã cử tri gõ chưa đúng");
  }
  return h32("cred", utf8(meeting), utf8(code));
}

/** A signer: its public key and `sign(message)`, which may take time. */
export const seedSigner = (seed) => ({ key: publicKey(seed), sign: async (message) => signed(seed, message) });

export const slipSigner = (meeting, typed) => seedSigner(slipSeed(meeting, typed));

/** What a delegate confirms aloud of her line. */
export const credentialFingerprint = (key) => fingerprint("cred", key);
