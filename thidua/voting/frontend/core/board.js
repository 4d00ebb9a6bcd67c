// Bảng công khai: chained entries, decisions, receipts (sections 7.4 and 8).
import { SIZE, concat, hex, u64, u8, unhex, utf8 } from "./bytes.js";
import { bytesOf, flag, hexOf, hexText, maybe, natural, oneOf, read, text } from "./canonical.js";
import { PROTOCOL, h32, h64 } from "./hashing.js";
import { verified } from "./group.js";

const TYPES = [
  "manifest", "replace", "pending", "cast", "audited", "close", "aggregate", "share", "result", "void", "minutes",
];
const ENTRY = {
  head: hexOf(32),
  k: natural,
  ms: natural,
  payload: maybe(hexText),
  payload_hash: hexOf(32),
  prev: hexOf(32),
  signature: hexOf(64),
  type: oneOf(...TYPES),
};
const BOARD = { eh: hexOf(32), entries: [ENTRY], protocol: oneOf(PROTOCOL) };
const RECEIPT = {
  eh: hexOf(32), head: hexOf(32), k: natural, protocol: oneOf(PROTOCOL), signature: hexOf(64), tracker: text,
};

/** What JSON entries hold. */
export const CONTENT = {
  replace: { new: hexOf(32), old: hexOf(32), reason: text, signatures: [{ member: natural, signature: hexOf(64) }] },
  close: { last: natural, present: natural },
  aggregate: { ballots: natural, close: hexOf(32), sums: [[hexOf(64)]] },
  share: { factors: [[hexOf(32)]], proofs: [[hexOf(64)]], trustee: natural },
  result: { ballots: natural, counts: [[natural]], decisions: [maybe([flag])], trustees: [natural] },
  void: { reason: text },
  minutes: { sha256: hexOf(32) },
};

/** The declared eh and the entries of board.json. */
export function readBoard(bytes) {
  const told = read(bytes, BOARD, "board.json");
  return {
    eh: unhex(told.eh),
    entries: told.entries.map((entry) => ({
      k: entry.k,
      type: entry.type,
      ms: entry.ms,
      prev: unhex(entry.prev),
      head: unhex(entry.head),
      hash: unhex(entry.payload_hash),
      signature: unhex(entry.signature),
      payload: entry.payload === null ? null : unhex(entry.payload),
    })),
  };
}

export const firstHead = (eh) => h32("board", eh);
export const nextHead = (prev, k, type, hash, ms) => h32("entry", prev, u64(k), utf8(type), hash, u64(ms));
export const headMessage = (eh, k, head) => h64("head", eh, u64(k), head);

// --- Decisions (section 7.4) ---

export const KINDS = { cast: 1, audited: 2 };
export const DECISION = 1 + 3 * SIZE + 64;

export function readDecision(bytes) {
  const part = (at) => bytes.subarray(1 + at * SIZE, 1 + (at + 1) * SIZE);
  return { kind: bytes[0], eh: part(0), credential: part(1), ballot: part(2), signature: bytes.subarray(1 + 3 * SIZE) };
}

export const decisionMessage = ({ kind, eh, credential, ballot }) => h64("decision", u8(kind), eh, credential, ballot);

/** A signed decision, “cast” or “audited”, about the ballot of that hash. */
export async function makeDecision(manifest, signer, kind, ballot) {
  const told = { kind: KINDS[kind], eh: manifest.eh, credential: signer.key, ballot };
  return concat(u8(told.kind), told.eh, told.credential, ballot, await signer.sign(decisionMessage(told)));
}

// --- Receipts (section 8.4) ---

export const readReceipt = (bytes) => read(bytes, RECEIPT, "biên nhận");
export const writeReceipt = (told) => bytesOf(told);

/** The server signed this receipt's head for this election. */
export const receiptIsSigned = (manifest, told) =>
  told.eh === hex(manifest.eh) &&
  verified(manifest.serverKey, headMessage(manifest.eh, told.k, unhex(told.head)), unhex(told.signature));
