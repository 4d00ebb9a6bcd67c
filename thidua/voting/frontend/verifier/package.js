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
const NAMING = 0x0806; // flags that change nothing in the reading: grade of packing, names in UTF-8
const NAMES = { manifest: "manifest.json", board: "board.json", timestamp: "close.tsr", minutes: "minutes.pdf" };

/** {manifest, board, timestamp, minutes}: the files of a package; Refusal V01 when one of the first two is missing. */
export async function openZip(bytes) {
  const listed = directory(bytes);
  const found = {};
  for (const [part, name] of Object.entries(NAMES)) {
    const entry = listed.get(name);
    found[part] = entry ? await content(entry) : null;
  }
  if (!found.manifest || !found.board) throw unreadable();
  return found;
}

const unreadable = () => new Refusal("V01", "Không đọc được gói chứng cứ");

/** The entries by name, of a ZIP that can be read in one way only (section 11.1). */
function directory(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = bytes.length - 22;
  if (end < 0 || view.getUint32(end, true) !== END) throw unreadable();
  const [disk, first, here, count, note] = [4, 6, 8, 10, 20].map((place) => view.getUint16(end + place, true));
  const [size, start] = [12, 16].map((place) => view.getUint32(end + place, true));
  if (disk || first || note || here !== count || start + size !== end) throw unreadable();
  const listed = new Map();
  let [at, place] = [start, 0];
  for (let left = count; left > 0; left -= 1) {
    const entry = member(bytes, view, at, place);
    if (listed.has(entry.name)) throw unreadable(); // of two files with one name nobody knows which to believe
    listed.set(entry.name, entry);
    ({ at, place } = entry);
  }
  if (at !== end || place !== start) throw unreadable();
  return listed;
}

/** One file as the directory and its own head tell it alike; where the next one stands in both. */
function member(bytes, view, at, place) {
  if (at + 46 > bytes.length || place + 30 > bytes.length) throw unreadable();
  const [name, extra, comment, disk] = [28, 30, 32, 34].map((one) => view.getUint16(at + one, true));
  const from = place + 30 + name + view.getUint16(place + 28, true);
  const called = String.fromCharCode(...bytes.subarray(at + 46, at + 46 + name));
  const mine = String.fromCharCode(...bytes.subarray(place + 30, place + 30 + name));
  const alike = same(bytes.subarray(at + 8, at + 30), bytes.subarray(place + 6, place + 28)); // flags … length of the name
  const known = view.getUint32(at, true) === CENTRAL && view.getUint32(place, true) === LOCAL;
  if (!known || !alike || called !== mine || disk || view.getUint32(at + 42, true) !== place) throw unreadable();
  const [flags, method] = [8, 10].map((one) => view.getUint16(at + one, true));
  const [crc, packed, size] = [16, 20, 24].map((one) => view.getUint32(at + one, true));
  if (flags & ~NAMING || ![STORED, DEFLATED].includes(method) || size > LARGEST) throw unreadable();
  const data = bytes.subarray(from, from + packed);
  return { name: called, method, crc, size, data, at: at + 46 + name + extra + comment, place: from + packed };
}

async function content({ method, crc, size, data }) {
  const whole = method === STORED ? data : await inflated(data, size);
  if (whole.length !== size || crc32(whole) !== crc) throw unreadable();
  return whole;
}

const REMAINDERS = Uint32Array.from({ length: 256 }, (_, at) => {
  let rest = at;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

function crc32(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = REMAINDERS[(rest ^ byte) & 255] ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
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
