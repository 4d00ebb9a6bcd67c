// V01–V20 in order, up to the first that fails, because a later one presupposes the earlier (section 10).
import { readBoard } from "../core/board.js";
import { Ledger } from "../core/ledger.js";
import { readManifest } from "../core/manifest.js";
import * as counting from "./counting.js";
import * as sealing from "./sealing.js";
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
 * What the checks say of a package {manifest, board} (bytes), with receipts and marks [{k, mark}] its reader brings:
 * {code, faults, ledger}; code "" when all hold. `checks` is for tests that leave one out.
 */
export function verify(files, { receipts = [], marks = [], checks = CHECKS } = {}) {
  let it;
  try {
    const manifest = readManifest(files.manifest);
    const { eh, entries } = readBoard(files.board);
    it = { manifest, declared: eh, entries, ledger: new Ledger(manifest, entries), receipts, marks };
  } catch (fault) {
    return { code: "V01", faults: [fault.message], ledger: null };
  }
  return { ledger: it.ledger, ...firstFault(it, checks) };
}

/** The first check of `checks` that fails on what was read. */
export function firstFault(it, checks) {
  for (const [code, check] of checks) {
    let faults;
    try {
      faults = [...check(it)];
    } catch (fault) {
      faults = [`Không đọc được gói: ${fault.message}`];
    }
    if (faults.length) return { code, faults };
  }
  return { code: "", faults: [] };
}
