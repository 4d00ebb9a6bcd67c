// The board read with its manifest: who may vote, which ballots lie on it, which count (sections 5.6, 7, 9).
import { hex, unhex } from "./bytes.js";
import { Ballot, addPairs } from "./ballots.js";
import { CONTENT, readDecision } from "./board.js";
import { read } from "./canonical.js";
import { IDENTITY } from "./group.js";

const EMPTY = new Uint8Array();

/** A value worked out at the first question. */
function once(target, name, work) {
  Object.defineProperty(target, name, {
    configurable: true,
    get() {
      const value = work();
      Object.defineProperty(target, name, { value });
      return value;
    },
  });
}

export class Ledger {
  constructor(manifest, entries) {
    this.manifest = manifest;
    this.entries = entries;
    this.read = new Map();
    once(this, "lines", () => this.linesOf());
    once(this, "ballots", () => this.ballotsOf());
    once(this, "counted", () => this.countedOf());
    once(this, "sums", () => this.sumsOf());
  }

  of(...types) {
    return this.entries.filter((entry) => types.includes(entry.type));
  }

  /** The JSON of an entry; Refusal V01 for a wrong shape. */
  told(entry) {
    if (!this.read.has(entry)) {
      const what = `dòng ${entry.k} (${entry.type})`;
      this.read.set(entry, read(entry.payload ?? EMPTY, CONTENT[entry.type], what));
    }
    return this.read.get(entry);
  }

  get close() {
    return this.entries.find((entry) => entry.type === "close");
  }

  /** How many took part, as the close says; none before it. */
  get present() {
    return this.close ? this.told(this.close).present : 0;
  }

  get isPurged() {
    return this.entries.some((entry) => entry.payload === null);
  }

  /** The line of the roll of every credential, those that replace another included. */
  linesOf() {
    const found = new Map(this.manifest.lines);
    for (const entry of this.of("replace")) {
      const { old, new: fresh } = this.told(entry);
      if (found.has(old) && !found.has(fresh)) found.set(fresh, found.get(old));
    }
    return found;
  }

  lineOf(credential) {
    return this.lines.get(hex(credential));
  }

  /** Ballots by the entry they came in. */
  ballotsOf() {
    const found = new Map();
    for (const entry of this.of("pending")) {
      if (entry.payload === null) continue;
      const line = this.lineOf(entry.payload.subarray(33, 65));
      const unit = line === undefined ? "" : this.manifest.told.roll[line].unit;
      found.set(entry, new Ballot(this.manifest, unit, entry.payload));
    }
    return found;
  }

  decisions(...types) {
    return this.of(...types).map((entry) => ({ entry, ...readDecision(entry.payload ?? EMPTY) }));
  }

  /** For each line of the roll that cast, the hash of its last ballot cast before the close (section 9.1). */
  countedOf() {
    const end = this.close?.k ?? Infinity;
    const found = new Map();
    for (const { entry, credential, ballot } of this.decisions("cast")) {
      const line = this.lineOf(credential);
      if (entry.k < end && line !== undefined) found.set(line, hex(ballot));
    }
    return found;
  }

  /** The encrypted number of votes of every option (section 9.2). */
  sumsOf() {
    const byHash = new Map([...this.ballots.values()].map((ballot) => [hex(ballot.hash), ballot]));
    const mine = [...this.counted.values()].flatMap((hash) => byHash.get(hash) ?? []);
    return this.manifest.questions.map((asked, q) => {
      const rows = mine.map((ballot) => ballot.ofQuestion(q));
      return asked.options.map((_, i) =>
        rows.length ? addPairs(rows.map((row) => row[i])) : [IDENTITY, IDENTITY],
      );
    });
  }
}

/** α, β as JSON tells them in one string. */
export const pairOf = (text) => [unhex(text.slice(0, 64)), unhex(text.slice(64))];
