// Lá phiếu: its layout, making it, building it anew to check a device (section 7).
import { SIZE, concat, draw as system, u32, u8, utf8 } from "./bytes.js";
import { element, ofNumber, often, times } from "./group.js";
import { ballotHash, challenge, h32, h64, trackerOf } from "./hashing.js";
import { PAIR, optionStatement, proveChoice, sumStatement } from "./proofs.js";

const VERSION = 1;
const HEADER = 1 + SIZE + SIZE + 4; // version, eh, credential, counter
const SIGNATURE = 64;
const SUM = 2 ** 32 - 1; // stands for the option in the randomness of a sum

/** A ballot read by its layout; nothing of it is believed before the checks. */
export class Ballot {
  constructor(manifest, unit, bytes) {
    this.manifest = manifest;
    this.bytes = bytes;
    this.eh = bytes.subarray(1, 1 + SIZE);
    this.credential = bytes.subarray(1 + SIZE, 1 + 2 * SIZE);
    this.counter = new DataView(concat(new Uint8Array(4), bytes.subarray(HEADER - 4, HEADER)).slice(-4).buffer).getUint32(0);
    this.hash = ballotHash(bytes);
    this.places = manifest.places(unit);
    const sizes = [...this.places.map(({ values }) => values.length), ...manifest.sums.map((sums) => sums.length)];
    let at = HEADER;
    this.pairs = this.places.map(() => {
      at += PAIR;
      return [bytes.subarray(at - PAIR, at - SIZE), bytes.subarray(at - SIZE, at)];
    });
    this.proofs = sizes.map((size) => {
      at += PAIR * size;
      return bytes.subarray(at - PAIR * size, at);
    });
    this.size = at + SIGNATURE;
    this.body = bytes.subarray(0, at);
    this.signature = bytes.subarray(at);
  }

  get tracker() {
    return trackerOf(this.hash);
  }

  /** The right length, version, and a counter above nought. */
  get fits() {
    return this.bytes.length === this.size && this.bytes[0] === VERSION && this.counter > 0;
  }

  get bh() {
    return bound(this.manifest, this.eh, this.credential, this.counter, this.pairs);
  }

  ofQuestion(question) {
    return this.pairs.filter((_, at) => this.places[at].q === question);
  }
}

function bound(manifest, eh, credential, counter, pairs) {
  return h32("ballot-ct", eh, credential, u32(counter), manifest.jointKey, concat(...pairs.flat()));
}

/** The encryption of the sum. */
export function addPairs(pairs) {
  if (pairs.length === 1) return pairs[0];
  const total = (half) => pairs.map((pair) => element(pair[half])).reduce((one, other) => one.add(other));
  return [total(0).toBytes(), total(1).toBytes()];
}

/**
 * A ballot, and what would open it (which never leaves the device unless it is audited).
 * `signer` is {key, sign(message)}; `unit` only for a credential that replaced another.
 */
export async function makeBallot(manifest, signer, counter, choices, { unit, draw = system } = {}) {
  const opening = { seed: draw(SIZE), choices };
  const place = unit ?? manifest.unitOf(signer.key);
  const body = ballotBody(manifest, signer.key, counter, opening, place);
  const bytes = concat(body, await signer.sign(h64("ballot-sig", body)));
  const hash = ballotHash(bytes);
  return { bytes, hash, tracker: trackerOf(hash), opening };
}

/** All of a ballot but its signature: a function of its arguments (section 7.3). */
export function ballotBody(manifest, credential, counter, { seed, choices }, unit) {
  const asked = manifest.questions;
  if (choices.length !== asked.length || choices.some((row, q) => row.length !== asked[q].options.length)) {
    throw new RangeError("Số lựa chọn không khớp số phương án");
  }
  const flat = choices.flat();
  const places = manifest.places(unit);
  const root = h64("seed", seed, manifest.eh, credential, u32(counter), Uint8Array.from(flat));
  const scalar = (q, i) => (label, v) => challenge("random", root, utf8(label), u32(q), u32(i), u32(v));
  const key = often(manifest.jointKey);
  const rs = places.map(({ q, i }) => scalar(q, i)("r", 0));
  const pairs = rs.map((r, at) => [times(r).toBytes(), times(r, key).add(ofNumber(flat[at])).toBytes()]);
  const bh = bound(manifest, manifest.eh, credential, counter, pairs);
  const options = places.map((spot, at) =>
    proveChoice(optionStatement(bh, key, spot, pairs[at]), flat[at], rs[at], scalar(spot.q, spot.i)),
  );
  const sums = manifest.sums.map((values, q) => {
    const mine = places.flatMap((spot, at) => (spot.q === q ? [at] : []));
    const chosen = mine.reduce((total, at) => total + flat[at], 0);
    const r = mine.reduce((total, at) => total + rs[at], 0n);
    // Σα, Σβ by who knows r, cheaper than adding up.
    const total = [times(r).toBytes(), times(r, key).add(ofNumber(chosen)).toBytes()];
    return proveChoice(sumStatement(bh, key, q, values, total), chosen, r, scalar(q, SUM));
  });
  const header = [u8(VERSION), manifest.eh, credential, u32(counter)];
  return concat(...header, ...pairs.flat(), ...options, ...sums);
}
