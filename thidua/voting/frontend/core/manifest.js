// Bản niêm phong: what is asked, of whom, under which keys (section 4).
import { hex, unhex } from "./bytes.js";
import { flag, hexOf, hexText, maybe, natural, oneOf, read, text, word } from "./canonical.js";
import { PROTOCOL, h32 } from "./hashing.js";
import { Refusal } from "./refusal.js";
import { Trustees } from "./trustees.js";

export const FEWEST_BALLOTS = 5;
const MOST_TRUSTEES = 9;
const MOST_OPTIONS = 255;

const SHAPE = {
  client: hexOf(32),
  closes_ms: natural,
  committee: { keys: [hexOf(32)], needed: natural },
  disclosure: oneOf("counts", "outcome"),
  held_by: text,
  joint_key: hexOf(32),
  kind: oneOf("official", "rehearsal", "poll"),
  meeting: text,
  members: natural,
  min_ballots: natural,
  opens_ms: natural,
  protocol: oneOf(PROTOCOL),
  questions: [
    {
      max: natural,
      min: natural,
      options: [{ title: text, unit: word }],
      own_unit: flag,
      threshold: maybe({ base: maybe(natural), den: natural, num: natural, strict: flag }),
      title: text,
    },
  ],
  revote: flag,
  roll: [{ key: hexOf(32), unit: word }],
  server_key: hexOf(32),
  title: text,
  trustees: {
    commits: [hexOf(32)],
    names: [text],
    needed: natural,
    round1: [hexText],
    sealed: [[hexOf(64)]],
  },
};

/** The sealed manifest; `eh` names the election everywhere. */
export class Manifest {
  constructor(bytes, told) {
    this.bytes = bytes;
    this.told = told;
    this.eh = h32("manifest", bytes);
    this.questions = told.questions;
    this.jointKey = unhex(told.joint_key);
    this.serverKey = unhex(told.server_key);
    this.committee = told.committee.keys.map(unhex);
    this.lines = new Map(told.roll.map((line, at) => [line.key, at]));
    this.trustees = new Trustees(told.meeting, told.trustees);
  }

  /** The unit of the line of a credential in the frozen roll, or "". */
  unitOf(credential) {
    const line = this.lines.get(hex(credential));
    return line === undefined ? "" : this.told.roll[line].unit;
  }

  /** Question, option, allowed values of every option for a voter of `unit` (section 7.1). */
  places(unit) {
    return this.questions.flatMap((asked, q) =>
      asked.options.map((option, i) => {
        const barred = asked.own_unit && unit !== "" && option.unit === unit;
        return { q, i, values: barred ? [0] : [0, 1] };
      }),
    );
  }

  /** The allowed sums of every question. */
  get sums() {
    return this.questions.map((asked) => Array.from({ length: asked.max - asked.min + 1 }, (_, at) => asked.min + at));
  }
}

/** The manifest of these bytes; Refusal V01 for a wrong shape or a question without sense. */
export function readManifest(bytes) {
  const told = read(bytes, SHAPE, "manifest.json");
  const fault = senseless(told);
  if (fault) throw new Refusal("V01", fault);
  return new Manifest(bytes, told);
}

/** Section 4.2. */
function senseless(told) {
  const holders = told.trustees;
  const count = holders.names.length;
  const lengths = holders.names.map(() => roundSize(1, holders.needed));
  const faults = [
    [told.questions.length > 0, "Không có câu hỏi nào"],
    [told.questions.every(isAskable), "Số lựa chọn của câu hỏi không hợp lệ"],
    [told.questions.every((asked) => isReachable(asked.threshold, told.members)), "Ngưỡng không hợp lệ"],
    [told.opens_ms < told.closes_ms, "Giờ đóng không sau giờ mở"],
    [count <= MOST_TRUSTEES, `Nhiều hơn ${MOST_TRUSTEES} người giữ khóa`],
    [told.committee.needed >= 1, "Ban kiểm phiếu phải cần ít nhất một chữ ký"],
    [
      Math.min(count, 1) <= holders.needed &&
        holders.needed <= count &&
        holders.commits.length === count + 1 &&
        String(holders.round1.map((data) => data.length / 2)) === String([roundSize(0, 0), ...lengths]) &&
        String(holders.sealed.map((row) => row.length)) === String(holders.names.map(() => count)),
      "Số người giữ khóa và số phần khóa không khớp nhau",
    ],
  ];
  return faults.find(([sound]) => !sound)?.[1];
}

const roundSize = (index, needed) => 3 + 32 * (index ? 1 + needed : 1) + 64;

const isAskable = ({ options, min, max }) =>
  options.length >= 1 && options.length <= MOST_OPTIONS && min <= max && max <= options.length;

const isReachable = (line, members) =>
  line === null ||
  (line.den >= 1 &&
    line.num <= line.den - Number(line.strict) &&
    (line.base === null || (line.base >= 1 && line.base <= members)));

/** Whether so many votes reach the threshold, in whole numbers; without a base, of those present (section 9.5). */
export function passes(line, votes, present) {
  const mine = BigInt(votes) * BigInt(line.den);
  const wanted = BigInt(line.num) * BigInt(line.base ?? present);
  return votes > 0 && (line.strict ? mine > wanted : mine >= wanted);
}
