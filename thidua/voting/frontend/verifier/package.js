// Gói chứng cứ: a ZIP read without any library, and two packages compared (sections 8 and 11).
import { Refusal } from "../core/refusal.js";
import { same } from "../core/bytes.js";
import { verify } from "./checks.js";

const LARGEST = 256 * 2 ** 20; // bytes of one file
const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const NAMES = { manifest: "manifest.json", board: "board.json", timestamp: "close.tsr", minutes: "minutes.pdf" };

/** {manifest, board, timestamp, minutes}: the files of a package; Refusal V01 when one of the first two is missing. */
export async function openZip(bytes) {
  const listed = directory(bytes);
  const found = {};
  for (const [part, name] of Object.entries(NAMES)) {
    const entry = listed.get(name);
    found[part] = entry ? await content(bytes, entry) : null;
  }
  if (!found.manifest || !found.board) throw unreadable();
  return found;
}

const unreadable = () => new Refusal("V01", "Không đọc được gói chứng cứ");

/** The entries of the central directory by name. */
function directory(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end -= 1;
  if (end < 0) throw unreadable();
  const listed = new Map();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) throw unreadable();
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const entry = {
      encrypted: view.getUint16(at + 8, true) & 1,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      start: view.getUint32(at + 42, true),
    };
    const called = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name));
    if (listed.has(called)) throw unreadable(); // of two files with one name nobody knows which to believe
    listed.set(called, entry);
    at += 46 + name + extra + comment;
  }
  return listed;
}

async function content(bytes, { encrypted, method, packed, size, start }) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (encrypted || size > LARGEST || start + 30 > bytes.length || view.getUint32(start, true) !== LOCAL) throw unreadable();
  const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  const data = bytes.subarray(from, from + packed);
  const whole = method === STORED ? data : method === DEFLATED ? await inflated(data, size) : null;
  if (whole?.length !== size) throw unreadable();
  return whole;
}

/** No more than `size` bytes are ever kept. */
async function inflated(data, size) {
  const out = new Uint8Array(size);
  let at = 0;
  try {
    const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    for (const reader = stream.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return out.subarray(0, at);
      if (at + value.length > size) throw unreadable();
      out.set(value, at);
      at += value.length;
    }
  } catch {
    throw unreadable();
  }
}

/** Whether the later package goes on where the earlier one ends: {same, lines} or {same: false, why}. */
export function compare(earlier, later) {
  const [one, other] = [verify(earlier), verify(later)];
  const wrong = [one, other].findIndex(({ code }) => code);
  if (wrong >= 0) {
    const { code, faults } = [one, other][wrong];
    const which = ["trước", "sau"][wrong];
    return { same: false, why: `Gói ${which} sai ở ${code}: ${faults[0]}. Gói sai không làm chứng được điều gì.` };
  }
  const [first, second] = [one.ledger, other.ledger];
  if (!same(first.manifest.eh, second.manifest.eh)) return { same: false, why: "Hai gói thuộc hai cuộc bỏ phiếu." };
  const [left, right] = [first.entries, second.entries];
  const at = left.findIndex(({ head }, place) => place < right.length && !same(head, right[place].head));
  if (at >= 0) {
    const why = `Khác từ dòng ${left[at].k}: máy chủ đã đưa ra hai bảng khác nhau. Hai chữ ký của máy chủ là bằng chứng.`;
    return { same: false, why };
  }
  const lost = left.length - right.length;
  if (lost > 0) return { same: false, why: `Gói sau không còn ${lost} dòng cuối của gói trước.` };
  return { same: true, lines: left.length };
}
