// V01–V06: the files, the manifest, the keys, the roll.
import { SIZE, hex, same, unhex } from "../core/bytes.js";
import { CONTENT, DECISION, KINDS } from "../core/board.js";
import { IDENTITY, isElement, isKey, isScalar, verified } from "../core/group.js";
import { h64 } from "../core/hashing.js";
import { pairOf } from "../core/ledger.js";
import { FEWEST_BALLOTS } from "../core/manifest.js";

export const VOTING = ["pending", "cast", "audited"];

/** What a check yields between two ballots, where a page may draw itself. */
export const PAUSE = Symbol("pause");

/** Every 32 bytes of a proof are a scalar. */
function areScalars(proof) {
  for (let at = 0; at < proof.length; at += SIZE) {
    if (!isScalar(proof.subarray(at, at + SIZE))) return false;
  }
  return true;
}

/** V01: known shapes, binary payloads of their lengths. */
export function* layout({ ledger, entries }) {
  const first = ledger.of("manifest");
  if (first.length !== 1 || first[0] !== entries[0]) yield "Bảng phải bắt đầu bằng đúng một bản niêm phong";
  for (const entry of entries) {
    if (entry.type in CONTENT) yield* places(ledger, entry);
    const kind = KINDS[entry.type];
    if (kind && !(entry.payload?.length === DECISION && entry.payload[0] === kind)) {
      yield `Quyết định ở dòng ${entry.k} sai độ dài hoặc sai loại`;
    }
  }
  for (const [entry, ballot] of ledger.ballots) {
    if (!ballot.fits) yield `Dòng ${entry.k}: độ dài hoặc phần đầu của phiếu không đúng`;
  }
  const gone = entries.filter((entry) => entry.payload === null);
  const whole = gone.length === ledger.of("pending").length && gone.every((entry) => entry.type === "pending");
  if (gone.length && !(whole && ledger.of("result", "void").length)) {
    yield "Nội dung bị thiếu: chỉ được hủy nội dung của mọi phiếu, sau khi có kết quả hoặc đã hủy cuộc";
  }
}

/** Aggregate, shares and result have a place for every option of every question. */
function* places(ledger, entry) {
  const told = ledger.told(entry);
  const wanted = String(ledger.manifest.questions.map(({ options }) => options.length));
  const tables = ["sums", "factors", "proofs", "counts"].filter((name) => name in told);
  if (tables.some((name) => String(told[name].map((row) => row.length)) !== wanted)) {
    yield `Dòng ${entry.k} không có đủ chỗ cho mọi phương án`;
  }
  if (entry.type === "result" && told.decisions.length !== ledger.manifest.questions.length) {
    yield `Dòng ${entry.k} không có đủ kết luận`;
  }
}

/** V02 as far as it is about the keys that open ballots. */
export function* encodingsOfKeys({ manifest }) {
  const holders = manifest.trustees.revealed;
  if (!holders.every(({ proof }) => areScalars(proof))) {
    yield "Chứng minh của người giữ khóa không viết theo dạng chuẩn";
  }
  const elements = [manifest.jointKey, ...holders.flatMap((holder) => holder.elements)];
  if (!elements.every((one) => isElement(one) && !same(one, IDENTITY))) {
    yield "Có khóa mã hóa không viết theo dạng chuẩn";
  }
}

/** V02: every element, scalar and key in its one encoding. */
export function* encodings({ manifest, ledger }) {
  const keys = [manifest.serverKey, ...manifest.committee, ...manifest.told.roll.map((line) => unhex(line.key))];
  if (!keys.every(isKey)) yield "Có khóa Ed25519 không hợp lệ trong bản niêm phong";
  yield* encodingsOfKeys({ manifest });
  for (const [entry, ballot] of ledger.ballots) {
    const sound = ballot.pairs.every(([a, b]) => isElement(a) && !same(a, IDENTITY) && isElement(b));
    if (!sound) yield `Dòng ${entry.k}: phần tử mã hóa không viết theo dạng chuẩn`;
    if (!ballot.proofs.every(areScalars)) yield `Dòng ${entry.k}: số của chứng minh không viết theo dạng chuẩn`;
  }
  for (const entry of ledger.of("aggregate", "share")) {
    const told = ledger.told(entry);
    const found = [...(told.sums ?? []).flat().flatMap(pairOf), ...(told.factors ?? []).flat().map(unhex)];
    if (!found.every(isElement) || !(told.proofs ?? []).flat().map(unhex).every(areScalars)) {
      yield `Dòng ${entry.k} có số không viết theo dạng chuẩn`;
    }
  }
}

/** V03: board, first entry, ballots and decisions are of this manifest. */
export function* election({ manifest, declared, entries, ledger }) {
  if (!same(declared, manifest.eh) || !same(entries[0].payload, manifest.bytes)) {
    yield "Bảng không thuộc bản niêm phong này";
  }
  for (const [entry, ballot] of ledger.ballots) {
    if (!same(ballot.eh, manifest.eh)) yield `Dòng ${entry.k}: phiếu của một cuộc bỏ phiếu khác`;
  }
  for (const { entry, eh } of ledger.decisions("cast", "audited")) {
    if (!same(eh, manifest.eh)) yield `Dòng ${entry.k}: quyết định của một cuộc bỏ phiếu khác`;
  }
}

/** V04: every holder committed before revealing and knows the own part. */
export function* keyCeremony({ manifest: { trustees, told } }) {
  if (!trustees.count && told.kind !== "poll") yield "Phiếu kín phải có người giữ khóa ngoài máy chủ";
  for (let index = 0; index <= trustees.count; index += 1) {
    if (!trustees.isSound(index)) {
      yield `Phần khóa của ${trustees.nameOf(index)} không đúng cam kết hoặc thiếu chứng minh`;
    }
  }
}

/** V05: Y is the sum of all parts. */
export function* jointKey({ manifest }) {
  if (!same(manifest.trustees.jointKey(), manifest.jointKey)) yield "Khóa mã hóa không phải tổng các phần khóa";
}

/** V06: distinct voters, enough of them to hide each other, replaced only by the committee. */
export function* roll({ manifest, ledger, entries }) {
  const { told } = manifest;
  const size = told.roll.length;
  if (manifest.lines.size !== size || size < 1 || size > told.members) {
    yield "Danh sách cử tri có mã trùng nhau hoặc quá số thành viên";
  }
  const others = [told.server_key, ...told.committee.keys];
  const roles = new Set([...others, ...manifest.lines.keys()]);
  if (roles.size !== others.length + manifest.lines.size) {
    yield "Một khóa đứng ở hai vai: máy chủ, ban kiểm phiếu, cử tri phải khác khóa nhau";
  }
  if (told.min_ballots < (told.kind === "rehearsal" ? 1 : FEWEST_BALLOTS)) {
    yield `Số phiếu tối thiểu phải từ ${FEWEST_BALLOTS}`;
  }
  const allowed = new Set(manifest.lines.keys());
  const issued = roles;
  for (const entry of entries) {
    if (entry.type === "replace") {
      yield* replacement(manifest, ledger, entry, allowed, issued);
    } else if (VOTING.includes(entry.type) && entry.payload && !allowed.has(hex(entry.payload.subarray(33, 65)))) {
      yield `Dòng ${entry.k}: mã cử tri không có trong danh sách`;
    }
  }
}

/** Let the new credential in for the old one, or tell what is wrong with it. */
function* replacement(manifest, ledger, entry, allowed, issued) {
  const { old, new: fresh, signatures } = ledger.told(entry);
  const message = h64("replace", manifest.eh, unhex(old), unhex(fresh));
  const members = new Set(signatures.map(({ member }) => member));
  const signed = signatures.every(
    ({ member, signature }) =>
      member < manifest.committee.length && verified(manifest.committee[member], message, unhex(signature)),
  );
  if (!allowed.has(old) || issued.has(fresh) || !isKey(unhex(fresh))) {
    yield `Dòng ${entry.k}: thay mã cử tri không hợp lệ`;
  }
  if (!signed || members.size !== signatures.length || members.size < manifest.told.committee.needed) {
    yield `Dòng ${entry.k}: thiếu chữ ký của ban kiểm phiếu`;
  }
  allowed.delete(old);
  allowed.add(fresh);
  issued.add(fresh);
}
