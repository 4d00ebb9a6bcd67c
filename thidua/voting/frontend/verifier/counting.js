// V16–V20: the count, its thresholds, its times.
import { hex, unhex } from "../core/bytes.js";
import { Point, element, inverse, mod, ofNumber, timesPublic } from "../core/group.js";
import { pairOf } from "../core/ledger.js";
import { passes } from "../core/manifest.js";
import { factorHolds } from "../core/proofs.js";
import { SERVER } from "../core/trustees.js";
import { VOTING } from "./sealing.js";

const sum = (row) => row.map(([alpha, beta]) => hex(alpha) + hex(beta));

/** V16: one aggregate, of the ballots that count and no other. */
export function* aggregate({ manifest, ledger }) {
  const [entry, ...more] = ledger.of("aggregate");
  const after = ledger.of("share", "result");
  if (!entry) {
    if (after.length) yield "Có mảnh giải hoặc kết quả mà không có tổng mã hóa";
    return;
  }
  const told = ledger.told(entry);
  if (more.length || after.some(({ k }) => k < entry.k)) yield "Chỉ được có một tổng mã hóa, trước mọi mảnh giải";
  if (told.ballots !== ledger.counted.size || told.ballots < manifest.told.min_ballots) {
    yield "Số phiếu được tính không đúng hoặc ít hơn mức tối thiểu";
  }
  if (!ledger.close || told.close !== hex(ledger.close.head)) yield "Tổng mã hóa không thuộc lần đóng phiếu này";
  if (!ledger.isPurged && JSON.stringify(told.sums) !== JSON.stringify(ledger.sums.map(sum))) {
    yield "Tổng mã hóa không phải tổng các phiếu được tính";
  }
}

/** V17: every share is of a holder, given once, with proofs that hold. */
export function* shares({ manifest, ledger }) {
  const [entry] = ledger.of("aggregate");
  const seen = new Set();
  for (const line of ledger.of("share")) {
    const told = ledger.told(line);
    const known = entry && told.trustee <= manifest.trustees.count && !seen.has(told.trustee);
    if (!known || !shareHolds(manifest, ledger.told(entry), told)) yield `Dòng ${line.k}: mảnh giải không đúng`;
    seen.add(told.trustee);
  }
}

function shareHolds({ eh, trustees }, total, told) {
  const place = { eh, close: unhex(total.close), holder: told.trustee, key: trustees.publicKeys[told.trustee] };
  return total.sums.every((row, q) =>
    row.every((pair, i) => {
      const [alpha, beta] = pairOf(pair);
      const statement = { ...place, q, i, alpha, beta, factor: unhex(told.factors[q][i]) };
      return factorHolds(statement, unhex(told.proofs[q][i]));
    }),
  );
}

/** V18: the counts are what server and `needed` trustees open. */
export function* result({ manifest, ledger }) {
  const [entry, ...more] = ledger.of("result");
  const [line] = ledger.of("aggregate");
  if (!entry || !line) return;
  const told = ledger.told(entry);
  const total = ledger.told(line);
  const given = new Map(
    ledger.of("share").filter(({ k }) => k < entry.k).map((one) => [ledger.told(one).trustee, ledger.told(one)]),
  );
  const holders = told.trustees;
  const rising = holders.every((holder, at) => holder > (at ? holders[at - 1] : SERVER));
  const enough = holders.length === manifest.trustees.needed && [SERVER, ...holders].every((one) => given.has(one));
  if (more.length || !rising || !enough) {
    yield "Kết quả không dựa trên đủ mảnh giải";
  } else if (told.ballots !== total.ballots || JSON.stringify(told.counts) !== JSON.stringify(opened(total, given, holders))) {
    yield "Số phiếu công bố khác số phiếu giải ra";
  }
}

/** The numbers of votes (section 9.4); −1 where there is none between 0 and the number of ballots. */
function opened(total, given, holders) {
  const table = new Map();
  for (let votes = 0; votes <= total.ballots; votes += 1) table.set(hex(ofNumber(votes).toBytes()), votes);
  const weights = new Map(holders.map((holder) => [holder, lagrange(holder, holders)]));
  return total.sums.map((row, q) =>
    row.map((pair, i) => {
      const factor = (holder) => element(unhex(given.get(holder).factors[q][i]));
      const parts = holders.map((holder) => timesPublic(weights.get(holder), factor(holder)));
      const mask = [factor(SERVER), ...parts].reduce((one, other) => one.add(other), Point.ZERO);
      return table.get(hex(element(pairOf(pair)[1]).subtract(mask).toBytes())) ?? -1;
    }),
  );
}

/** The weight of a holder's factor among `holders`, at nought. */
function lagrange(holder, holders) {
  const others = holders.filter((other) => other !== holder).map(BigInt);
  const above = others.reduce((product, other) => mod(product * other), 1n);
  const below = others.reduce((product, other) => mod(product * (other - BigInt(holder))), 1n);
  return mod(above * inverse(below));
}

/** V19: thresholds were applied in whole numbers. */
export function* decision({ manifest, ledger }) {
  for (const entry of ledger.of("result")) {
    const { counts, decisions } = ledger.told(entry);
    const expected = manifest.questions.map(({ threshold }, q) =>
      threshold ? counts[q].map((votes) => passes(threshold, votes, ledger.present)) : null,
    );
    if (JSON.stringify(decisions) !== JSON.stringify(expected)) yield "Kết luận theo ngưỡng không đúng";
  }
}

/** V20: time runs forward; sealed before opening, votes between opening and closing. */
export function* times({ manifest: { told }, entries }) {
  let before = 0;
  for (const { k, type, ms } of entries) {
    if (ms < before) yield `Dòng ${k} có giờ trước dòng trên`;
    const outside = VOTING.includes(type) && !(told.opens_ms <= ms && ms < told.closes_ms);
    if (outside || (type === "manifest" && ms > told.opens_ms) || (type === "close" && ms < told.opens_ms)) {
      yield `Dòng ${k} nằm ngoài giờ bỏ phiếu`;
    }
    before = ms;
  }
}
