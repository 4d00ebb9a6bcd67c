// Answers questions about PHIEUKIN-1 with the browser's code: one JSON request a line, one JSON answer a line.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import * as client from "../../../thidua/voting/frontend/client/index.js";
import { Ballot } from "../../../thidua/voting/frontend/core/ballots.js";
import { hex, u32, unhex } from "../../../thidua/voting/frontend/core/bytes.js";
import { isElement, isKey, isScalar, publicKey, signed, verified } from "../../../thidua/voting/frontend/core/group.js";
import { Ledger } from "../../../thidua/voting/frontend/core/ledger.js";
import { passes } from "../../../thidua/voting/frontend/core/manifest.js";
import { CHECKS, firstFault, verify } from "../../../thidua/voting/frontend/verifier/checks.js";
import { compare, openZip } from "../../../thidua/voting/frontend/verifier/package.js";

/** The stream of the test vectors: SHA-256(seed ‖ u32 0) ‖ SHA-256(seed ‖ u32 1) ‖ … */
function stream(seed) {
  let [kept, next] = [Buffer.alloc(0), 0];
  return (size) => {
    while (kept.length < size) {
      kept = Buffer.concat([kept, createHash("sha256").update(seed).update(u32(next)).digest()]);
      next += 1;
    }
    const given = Uint8Array.from(kept.subarray(0, size));
    kept = kept.subarray(size);
    return given;
  };
}

function memory(kept = {}) {
  return {
    get: async (name) => kept[name],
    put: async (name, value) => void (kept[name] = value),
    remove: async (name) => void delete kept[name],
  };
}

const secretOf = (told) => ({
  ...told,
  transport: BigInt(`0x${told.transport}`),
  commits: told.commits?.map(unhex),
});

const without = (code) => CHECKS.filter(([name]) => name !== code);
const files = ({ manifest, board, minutes }) => ({
  manifest: unhex(manifest),
  board: unhex(board),
  ...(minutes !== undefined && { minutes: unhex(minutes) }),
});

// What a single ballot is asked (section 7.6), and a decision after it.
const OF_BALLOT = ["V01", "V02", "V03", "V06", "V10", "V11", "V12", "V13", "V14"];
let judged = null;

function judge({ manifest, entries, leave }) {
  if (manifest) judged = { manifest: client.readManifest(unhex(manifest)), sealed: unhex(manifest) };
  const first = { k: 1, type: "manifest", payload: judged.sealed };
  const lines = [first, ...entries.map(([type, payload], at) => ({ k: at + 2, type, payload: unhex(payload) }))];
  const ledger = new Ledger(judged.manifest, lines);
  const it = { manifest: judged.manifest, declared: judged.manifest.eh, entries: lines, ledger, receipts: [], marks: [], minutes: [] };
  return firstFault(it, CHECKS.filter(([code]) => OF_BALLOT.includes(code) && code !== leave));
}

const ANSWERS = {
  verify({ receipts = [], marks = [], leave, ...told }) {
    const report = verify(files(told), { receipts, marks, checks: without(leave) });
    return { code: report.code, faults: report.faults };
  },
  judge,
  async ballot({ manifest, seed, counter, choices, unit, random }) {
    const read = client.readManifest(unhex(manifest));
    const draw = stream(unhex(random));
    const made = await client.makeBallot(read, client.seedSigner(unhex(seed)), counter, choices, { unit, draw });
    return { bytes: hex(made.bytes), hash: hex(made.hash), tracker: made.tracker, opening: hex(made.opening.seed) };
  },
  async decision({ manifest, seed, kind, hash }) {
    const read = client.readManifest(unhex(manifest));
    return { bytes: hex(await client.makeDecision(read, client.seedSigner(unhex(seed)), kind, unhex(hash))) };
  },
  opening: ({ manifest, ballot, choices, seed }) => ({
    text: client.openingText(client.readManifest(unhex(manifest)), unhex(ballot), { choices, seed: unhex(seed) }),
  }),
  audit: ({ manifest, ballot, text }) => client.checkAudit(client.readManifest(unhex(manifest)), unhex(ballot), text),
  receipt: ({ manifest, receipt, tracker }) => {
    client.checkReceipt(client.readManifest(unhex(manifest)), receipt, tracker);
    return {};
  },
  slip: ({ meeting, typed }) => ({ seed: hex(client.slipSeed(meeting, typed)) }),
  newSlip: ({ random }) => ({ code: client.newSlip(stream(unhex(random))) }),
  prints: ({ key }) => ({ cred: client.credentialFingerprint(unhex(key)), dkg: client.commitFingerprint(unhex(key)) }),
  async replacement({ eh, old, fresh, seed }) {
    return { signature: hex(await client.signReplacement(unhex(eh), unhex(old), unhex(fresh), client.seedSigner(unhex(seed)))) };
  },
  begin({ meeting, index, count, needed, random }) {
    const made = client.begin(meeting, index, count, needed, stream(unhex(random)));
    return {
      round1: hex(made.round1), commit: hex(made.commit), fingerprint: made.fingerprint,
      transport: made.secret.transport.toString(16),    };
  },
  sound: ({ manifest }) => ({ eh: hex(client.soundManifest(unhex(manifest)).eh) }),
  own: ({ manifest, secret }) => {
    client.checkOwnPart(client.readManifest(unhex(manifest)), secretOf(secret));
    return {};
  },
  seal: ({ secret, commits, round1, random }) => ({
    sealed: client.sealShares(secretOf(secret), commits.map(unhex), round1.map(unhex), stream(unhex(random))).map(hex),
  }),
  keyShare: ({ secret, trustees }) => ({
    share: client.keyShare(secretOf(secret), new client.Trustees(secret.meeting, trustees)).toString(16),
  }),
  async share({ secret, mark, random, kept, ...told }) {
    const options = { store: memory(kept), draw: stream(unhex(random)) };
    return { payload: hex(await client.trusteeShare(files(told), secretOf(secret), mark, options)) };
  },
  async backup({ secret, passphrase, random }) {
    return { text: await client.backup(secretOf(secret), passphrase, stream(unhex(random))) };
  },
  async restore({ meeting, text, passphrase }) {
    const found = await client.restore(meeting, text, passphrase);
    return { index: found.index, transport: found.transport.toString(16) };
  },
  group: ({ bytes }) => ({ element: isElement(unhex(bytes)), scalar: isScalar(unhex(bytes)), key: isKey(unhex(bytes)) }),
  signature: ({ seed, message }) => ({ key: hex(publicKey(unhex(seed))), signature: hex(signed(unhex(seed), unhex(message))) }),
  verified: ({ key, message, signature }) => ({ sound: verified(unhex(key), unhex(message), unhex(signature)) }),
  passes: ({ line, most }) => ({ reached: Array.from({ length: most + 1 }, (_, votes) => passes(line, votes, 0)) }),
  async zip({ path }) {
    const found = await openZip(new Uint8Array(readFileSync(path)));
    return Object.fromEntries(Object.entries(found).map(([name, bytes]) => [name, bytes && hex(bytes)]));
  },
  compare: ({ one, two }) => compare(files(one), files(two)),
  size: ({ manifest, unit }) => ({ size: new Ballot(client.readManifest(unhex(manifest)), unit, new Uint8Array(69)).size }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...told } = JSON.parse(line);
  let answer;
  try {
    answer = await ANSWERS[ask](told);
  } catch (fault) {
    answer = { refused: fault.message, code: fault.code ?? "" };
    if (!(fault instanceof client.Refusal) && !(fault instanceof RangeError)) answer.stack = fault.stack;
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
