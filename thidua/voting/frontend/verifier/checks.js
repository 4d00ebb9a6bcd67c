// V01–V20 in order, up to the first that fails, because a later one presupposes the earlier (section 10).
import { readBoard } from "../core/board.js";
import { Ledger } from "../core/ledger.js";
import { readManifest } from "../core/manifest.js";
import * as counting from "./counting.js";
import * as sealing from "./sealing.js";
import { PAUSE } from "./sealing.js";
import * as voting from "./voting.js";

export const CHECKS = [
  ["V01", sealing.layout],
  ["V02", sealing.encodings],
  ["V03", sealing.election],
  ["V04", sealing.keyCeremony],
  ["V05", sealing.jointKey],
  ["V06", sealing.roll],
  ["V07", voting.chain],
  ["V08", voting.heads],
  ["V09", voting.receipts],
  ["V10", voting.signatures],
  ["V11", voting.options],
  ["V12", voting.sums],
  ["V13", voting.counters],
  ["V14", voting.audited],
  ["V15", voting.closing],
  ["V16", counting.aggregate],
  ["V17", counting.shares],
  ["V18", counting.result],
  ["V19", counting.decision],
  ["V20", counting.times],
];

/**
 * A package {manifest, board, minutes} (bytes) under check, with receipts, marks [{k, mark}] and minutes its reader
 * brings.
 */
export function opened(files, { receipts = [], marks = [], minutes = [] } = {}) {
  const manifest = readManifest(files.manifest);
  const { eh, entries } = readBoard(files.board);
  const carried = files.minutes ? [files.minutes] : [];
  const ledger = new Ledger(manifest, entries);
  return { manifest, declared: eh, entries, ledger, receipts, marks, minutes: [...minutes, ...carried] };
}

const unreadable = (fault) => [`Không đọc được gói: ${fault.message}`];

/** What a check finds, in sentences; what cannot be read is refused by the check at work. */
export function faultsOf(it, check) {
  try {
    return [...check(it)].filter((found) => found !== PAUSE);
  } catch (fault) {
    return unreadable(fault);
  }
}

/** The same, letting others work in between: `pause` is awaited wherever a check says it may rest. */
export async function faultsGently(it, check, pause) {
  const faults = [];
  try {
    for (const found of check(it)) {
      if (found === PAUSE) await pause();
      else faults.push(found);
    }
    return faults;
  } catch (fault) {
    return unreadable(fault);
  }
}

/** The first check of `checks` that fails on what was read. */
export function firstFault(it, checks) {
  for (const [code, check] of checks) {
    const faults = faultsOf(it, check);
    if (faults.length) return { code, faults };
  }
  return { code: "", faults: [] };
}

/** `verify` for a page that must not freeze. */
export async function verifyGently(files, pause) {
  let it;
  try {
    it = opened(files);
  } catch (fault) {
    return { code: "V01", faults: [fault.message], ledger: null };
  }
  for (const [code, check] of CHECKS) {
    await pause();
    const faults = await faultsGently(it, check, pause);
    if (faults.length) return { code, faults, ledger: it.ledger };
  }
  return { code: "", faults: [], ledger: it.ledger };
}

/** What the checks say: {code, faults, ledger}; code "" when all hold. `checks` is for tests that leave one out. */
export function verify(files, { checks = CHECKS, ...brought } = {}) {
  try {
    const it = opened(files, brought);
    return { ledger: it.ledger, ...firstFault(it, checks) };
  } catch (fault) {
    return { code: "V01", faults: [fault.message], ledger: null };
  }
}
