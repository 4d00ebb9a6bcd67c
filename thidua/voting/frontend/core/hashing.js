// Hashing with a purpose in every use (section 3).
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { concat, little, u32, utf8 } from "./bytes.js";
import { ORDER } from "./group.js";

export const PROTOCOL = "PHIEUKIN-1";
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford: no I, L, O, U
const BITS = 5;
const FOUR = 4;
const TRACKER = 20;
const MARK = 16;
const FINGERPRINT = 12;

const framed = (purpose, parts) =>
  concat(...[utf8(PROTOCOL), utf8(purpose), ...parts].flatMap((part) => [u32(part.length), part]));

export const h32 = (purpose, ...parts) => sha256(framed(purpose, parts));
export const h64 = (purpose, ...parts) => sha512(framed(purpose, parts));

/** h64, lowest byte first, modulo the order. */
export const challenge = (purpose, ...parts) => little(h64(purpose, ...parts)) % ORDER;

/** The first 5·`count` bits as letters. */
export function letters(bytes, count) {
  let out = "";
  for (let at = 0; at < count; at += 1) {
    let value = 0;
    for (let bit = BITS * at; bit < BITS * (at + 1); bit += 1) {
      value = (value << 1) | (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
    }
    out += ALPHABET[value];
  }
  return out;
}

/** The bytes that `letters` wrote; null when a letter is none of the alphabet. */
export function unletters(text, size) {
  const out = new Uint8Array(size);
  for (let at = 0; at < text.length; at += 1) {
    const value = ALPHABET.indexOf(text[at]);
    if (value < 0) return null;
    for (let bit = 0; bit < BITS; bit += 1) {
      const place = BITS * at + bit;
      if (place >> 3 < size) out[place >> 3] |= ((value >> (BITS - 1 - bit)) & 1) << (7 - (place & 7));
    }
  }
  return out;
}

/** In fours, as people read it. */
export const grouped = (text) => (text.match(new RegExp(`.{1,${FOUR}}`, "gu")) ?? []).join("-");

/** What a person typed, as the alphabet writes it. */
export const readLetters = (text) =>
  text.replace(/[\s-]/gu, "").toUpperCase().replaceAll("O", "0").replace(/[IL]/gu, "1");

export const isLetters = (text) => [...text].every((letter) => ALPHABET.includes(letter));

/** What decisions and trackers stand for (section 7.4). */
export const ballotHash = (ballot) => h32("tracker", ballot);
export const trackerOf = (hash) => grouped(letters(hash, TRACKER));

/** What people compare of a sealed manifest (section 4.4). */
export const manifestMark = (eh) => grouped(letters(eh, TRACKER));

/** What the projector shows of a head (section 8.3). */
export const headMark = (head) => grouped(letters(head, MARK));

/** What is read aloud of a key (section 3): “cred” or “dkg”. */
export const fingerprint = (kind, key) => grouped(letters(h32("print", utf8(kind), key), FINGERPRINT));
