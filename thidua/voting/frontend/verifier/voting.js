// V07–V15: the chain, and the ballots on it.
import { sha256 } from "@noble/hashes/sha2.js";
import { hex, same, unhex } from "../core/bytes.js";
import { decisionMessage, firstHead, headMessage, nextHead, receiptIsSigned } from "../core/board.js";
import { addPairs } from "../core/ballots.js";
import { often, verified } from "../core/group.js";
import { h32, h64, headMark, readLetters, trackerOf } from "../core/hashing.js";
import { choiceHolds, optionStatement, sumStatement } from "../core/proofs.js";
import { PAUSE, VOTING } from "./sealing.js";

const COUNTING = ["aggregate", "share", "result"];

/** V07: numbers without gaps, hashes of payloads, heads that follow from one another. */
export function* chain({ manifest, entries }) {
  let head = firstHead(manifest.eh);
  for (const [at, entry] of entries.entries()) {
    const k = at + 1;
    const whole = entry.payload === null || same(h32("payload", entry.payload), entry.hash);
    const follows = nextHead(head, k, entry.type, entry.hash, entry.ms);
    if (!whole || entry.k !== k || !same(entry.prev, head) || !same(entry.head, follows)) {
      yield `Dòng ${k} không nối tiếp dòng trước hoặc đã bị sửa`;
    }
    ({ head } = entry);
  }
}

/** V08: the server signed every head. */
export function* heads({ manifest, entries }) {
  for (const { k, head, signature } of entries) {
    if (!verified(manifest.serverKey, headMessage(manifest.eh, k, head), signature)) {
      yield `Chữ ký của máy chủ ở dòng ${k} không đúng`;
    }
  }
}

/** V09: what voters and the room were shown, and the minutes, stand on this board. */
export function* receipts({ manifest, ledger, entries, receipts: brought, marks, minutes }) {
  for (const told of brought) {
    const found = ledger.decisions("cast").find(({ entry }) => entry.k === told.k);
    const stands =
      found &&
      receiptIsSigned(manifest, told) &&
      same(found.entry.head, unhex(told.head)) &&
      readLetters(trackerOf(found.ballot)) === readLetters(told.tracker);
    if (!stands) yield `Phiếu ${told.tracker} của biên nhận không có trên bảng ở dòng ${told.k}`;
  }
  for (const { k, mark } of marks) {
    const entry = entries.find((one) => one.k === k);
    if (!entry || readLetters(headMark(entry.head)) !== readLetters(mark)) {
      yield `Dấu ${mark} của dòng ${k} khác dấu trên bảng`;
    }
  }
  const told = ledger.of("minutes").map((entry) => ledger.told(entry).sha256);
  if (!minutes.every((file) => told.includes(hex(sha256(file))))) {
    yield "Biên bản không phải biên bản ghi trên bảng";
  }
}

/** V10: every ballot and every decision is signed by its credential. */
export function* signatures({ ledger }) {
  for (const [entry, ballot] of ledger.ballots) {
    if (!verified(ballot.credential, h64("ballot-sig", ballot.body), ballot.signature)) {
      yield `Dòng ${entry.k}: chữ ký của phiếu không đúng`;
    }
  }
  for (const decision of ledger.decisions("cast", "audited")) {
    if (!verified(decision.credential, decisionMessage(decision), decision.signature)) {
      yield `Dòng ${decision.entry.k}: chữ ký của quyết định không đúng`;
    }
  }
}

/** V11: every option of every ballot holds an allowed value. */
export function* options({ manifest, ledger }) {
  const key = often(manifest.jointKey);
  for (const [entry, ballot] of ledger.ballots) {
    yield PAUSE;
    const { bh } = ballot;
    for (const [at, place] of ballot.places.entries()) {
      if (!choiceHolds(optionStatement(bh, key, place, ballot.pairs[at]), ballot.proofs[at])) {
        yield `Dòng ${entry.k}: chứng minh của phương án ${place.i + 1}, câu ${place.q + 1} không đúng`;
      }
    }
  }
}

/** V12: every question of every ballot has an allowed number of choices. */
export function* sums({ manifest, ledger }) {
  const key = often(manifest.jointKey);
  for (const [entry, ballot] of ledger.ballots) {
    yield PAUSE;
    for (const [q, values] of manifest.sums.entries()) {
      const statement = sumStatement(ballot.bh, key, q, values, addPairs(ballot.ofQuestion(q)));
      if (!choiceHolds(statement, ballot.proofs[ballot.places.length + q])) {
        yield `Dòng ${entry.k}: chứng minh số lựa chọn của câu ${q + 1} không đúng`;
      }
    }
  }
}

/** V13: counters rise; a decision is about the newest ballot of its credential, once. */
export function* counters({ manifest, ledger }) {
  if (ledger.isPurged) return;
  const newest = new Map();
  const decided = new Set();
  const lines = [];
  for (const entry of ledger.of(...VOTING)) {
    const voter = hex(entry.payload.subarray(33, 65));
    if (entry.type === "pending") {
      const ballot = ledger.ballots.get(entry);
      if (newest.has(voter) && newest.get(voter).counter >= ballot.counter) {
        yield `Dòng ${entry.k}: số lần của phiếu không tăng`;
      }
      newest.set(voter, ballot);
      continue;
    }
    const chosen = entry.payload.subarray(65, 97);
    const name = `${entry.type} ${hex(chosen)}`;
    if (!newest.has(voter) || !same(newest.get(voter).hash, chosen) || decided.has(name)) {
      yield `Dòng ${entry.k}: quyết định không thuộc phiếu mới nhất của cử tri`;
    }
    decided.add(name);
    if (entry.type === "cast") lines.push(ledger.lines.get(voter));
  }
  if (!manifest.told.revote && new Set(lines).size !== lines.length) {
    yield "Có cử tri bỏ phiếu hai lần trong khi không được bỏ lại";
  }
}

/** V14: a ballot that was opened to check a device is never cast. */
export function* audited({ ledger }) {
  const opened = new Set(ledger.decisions("audited").map(({ ballot }) => hex(ballot)));
  for (const { entry, ballot } of ledger.decisions("cast")) {
    if (opened.has(hex(ballot))) yield `Dòng ${entry.k}: phiếu đã dùng để kiểm tra máy lại được bỏ`;
  }
}

/** V15: one close with the last entry and those present; no vote after, no count before. */
export function* closing({ manifest, ledger, entries }) {
  const { close } = ledger;
  if (close && ledger.told(close).last !== close.k - 1) yield "Dòng đóng phiếu không ghi đúng dòng cuối";
  if (close && !(ledger.counted.size <= ledger.present && ledger.present <= manifest.lines.size)) {
    yield "Số có mặt ở dòng đóng phiếu ít hơn số phiếu hoặc nhiều hơn danh sách";
  }
  const before = new Set();
  for (const { k, type } of entries) {
    if (!mayFollow(type, before)) yield `Dòng ${k} (${type}) không được có ở chỗ này của bảng`;
    before.add(type);
  }
}

/** Whether a line of this type may stand after lines of those types (section 8.5). */
function mayFollow(type, before) {
  if (type === "minutes") return !before.has("minutes") && (before.has("result") || before.has("void"));
  if (before.has("void") || (before.has("minutes") && type !== "void")) return false;
  return before.has("close") ? [...COUNTING, "void"].includes(type) : !COUNTING.includes(type);
}
