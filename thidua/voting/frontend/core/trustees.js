// Người giữ khóa: the key made by several people (section 5). Index 0 is the server.
import { SIZE, concat, draw as system, little, same, u32, u8, unhex, utf8, xor } from "./bytes.js";
import { IDENTITY, ORDER, Point, combined, element, isElement, mod, randomScalar, scalarBytes, times, timesPublic } from "./group.js";
import { challenge, fingerprint, h32, h64 } from "./hashing.js";
import { PAIR, knows, proveKnowledge } from "./proofs.js";
import { Refusal } from "./refusal.js";

export const SERVER = 0;
const INDICES = 3; // bytes: index, number of trustees, number needed

/** What one holder revealed. */
export function readRound1(bytes) {
  const prefix = bytes.subarray(0, bytes.length - PAIR);
  const elements = [];
  for (let at = INDICES; at < prefix.length; at += SIZE) elements.push(prefix.subarray(at, at + SIZE));
  const mine = bytes[0] === SERVER ? elements : elements.slice(1);
  return { bytes, prefix, proof: bytes.subarray(prefix.length), elements, transport: elements[0], commitments: mine };
}

/** The trustee block of a manifest. */
export class Trustees {
  constructor(meeting, told) {
    this.meeting = meeting;
    this.needed = told.needed;
    this.names = told.names;
    this.count = told.names.length;
    this.commits = told.commits.map(unhex);
    this.round1 = told.round1.map(unhex);
    this.sealed = told.sealed.map((row) => row.map(unhex));
    // By place, not by what they claim to be: V04 compares the claim.
    this.revealed = this.round1.map((bytes, at) => {
      const found = readRound1(bytes);
      return { ...found, commitments: at === SERVER ? found.elements : found.elements.slice(1) };
    });
  }

  /** X_0 … X_n (section 5.4). */
  get publicKeys() {
    this.kept ??= this.revealed.map((holder, index) => this.publicKey(holder, index));
    return this.kept;
  }

  publicKey(holder, index) {
    if (index === SERVER) return holder.commitments[0];
    const parts = this.revealed.slice(1).map(({ commitments }) => committedValue(commitments, index));
    return parts.reduce((one, other) => one.add(other)).toBytes();
  }

  /** Y. */
  jointKey() {
    return this.revealed.map(({ commitments }) => element(commitments[0])).reduce((one, other) => one.add(other)).toBytes();
  }

  nameOf(index) {
    return index === SERVER ? "máy chủ" : `người giữ khóa số ${index} (${this.names[index - 1]})`;
  }

  /** Whether a holder committed before revealing and knows the own part (V04). */
  isSound(index) {
    return isSoundRound1(this.meeting, index, this.count, this.needed, this.commits[index], this.revealed[index]);
  }
}

/** Σ atᵏ·A_k. */
function committedValue(commitments, at) {
  const powers = commitments.map((_, k) => BigInt(at) ** BigInt(k));
  return combined(commitments.map(element), powers);
}

export const commitmentTo = (meeting, round1) => h32("dkg-commit", utf8(meeting), round1);
export const commitFingerprint = (commit) => fingerprint("dkg", commit);

/** A revealed part fits its place, its commitment and its proof. */
export function isSoundRound1(meeting, index, count, needed, commit, { bytes, prefix, proof, commitments }) {
  return (
    same(bytes.subarray(0, INDICES), Uint8Array.of(index, count, needed)) &&
    same(commitmentTo(meeting, bytes), commit) &&
    knows(meeting, prefix, commitments[0], proof)
  );
}

// --- What a person's device does ---

/** The polynomial, which follows from the transport key (section 5.1). */
function polynomial({ meeting, index, transport }, count, needed) {
  const own = concat(u8(index), u8(count), u8(needed));
  const seed = scalarBytes(transport);
  return Array.from({ length: needed }, (_, k) => challenge("poly", utf8(meeting), own, seed, u32(k)));
}

/** What a trustee reveals, but for the proof. */
function prefixOf(secret, count, needed) {
  const elements = [secret.transport, ...polynomial(secret, count, needed)].map((number) => times(number).toBytes());
  return concat(u8(secret.index), u8(count), u8(needed), ...elements);
}

/** The part under this trustee's number in a manifest is the one this key reveals (section 5.8). */
export function isOwnPart(secret, trustees) {
  const mine = trustees.revealed[secret.index];
  return secret.index !== SERVER && Boolean(mine) && same(mine.prefix, prefixOf(secret, trustees.count, trustees.needed));
}

/** Step 1: the secret, what will be revealed, and the commitment sent before that. */
export function begin(meeting, index, count, needed, draw = system) {
  const secret = { meeting, index, transport: randomScalar(draw) };
  const prefix = prefixOf(secret, count, needed);
  const [first] = polynomial(secret, count, needed);
  const round1 = concat(prefix, proveKnowledge(meeting, prefix, first, draw));
  const commit = commitmentTo(meeting, round1);
  return { secret, round1, commit, fingerprint: commitFingerprint(commit) };
}

/** Step 2: what everybody revealed is looked at, then the own values are sealed, one for each trustee. */
export function sealShares(secret, commits, round1, draw = system) {
  const revealed = round1.map(readRound1);
  const [, count, needed] = round1[secret.index];
  if (count !== round1.length - 1) throw new Refusal("V04", "Thiếu phần khóa của người giữ khóa");
  revealed.forEach((holder, index) => {
    const whole = holder.elements.every((one) => isElement(one) && !same(one, IDENTITY));
    if (!whole || !isSoundRound1(secret.meeting, index, count, needed, commits[index], holder)) {
      const who = index === SERVER ? "máy chủ" : `người giữ khóa số ${index}`;
      throw new Refusal("V04", `Phần khóa của ${who} không đúng cam kết hoặc thiếu chứng minh`);
    }
  });
  const own = polynomial(secret, count, needed);
  return revealed.slice(1).map(({ transport }, at) => seal(secret, own, at + 1, transport, draw));
}

function seal(secret, own, receiver, transport, draw) {
  const value = own.reduce((total, a, k) => total + a * BigInt(receiver) ** BigInt(k), 0n);
  const once = randomScalar(draw);
  const opened = times(once).toBytes();
  const pad = padOf(secret.meeting, secret.index, receiver, opened, times(once, element(transport)).toBytes());
  return concat(opened, xor(scalarBytes(value), pad));
}

const padOf = (meeting, sender, receiver, opened, common) =>
  h64("seal", utf8(meeting), u8(sender), u8(receiver), opened, common).subarray(0, SIZE);

/** Step 3: x_j, every received value checked against its sender's commitments; Refusal V04 names the sender. */
export function keyShare(secret, trustees) {
  const { meeting, index, transport } = secret;
  if (!isOwnPart(secret, trustees)) {
    throw new Refusal("V04", "Bản niêm phong không dùng phần khóa của chính người giữ khóa này");
  }
  let total = 0n;
  for (let sender = 1; sender <= trustees.count; sender += 1) {
    const value = unseal(meeting, index, transport, sender, trustees.sealed[sender - 1][index - 1]);
    const expected = committedValue(trustees.revealed[sender].commitments, index);
    if (value >= ORDER || !times(value).equals(expected)) {
      throw new Refusal("V04", `Mảnh khóa của ${trustees.nameOf(sender)} gửi không khớp cam kết`);
    }
    total += value;
  }
  return mod(total);
}

function unseal(meeting, index, transport, sender, sealed) {
  const opened = sealed.subarray(0, SIZE);
  if (!isElement(opened) || same(opened, IDENTITY)) return ORDER;
  const common = times(transport, element(opened)).toBytes();
  return little(xor(sealed.subarray(SIZE), padOf(meeting, sender, index, opened, common)));
}
