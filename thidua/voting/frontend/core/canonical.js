// JSON with one way to write it, and the shapes it must have (section 4.1).
import { utf8 } from "./bytes.js";
import { Refusal } from "./refusal.js";

/** The canonical text: keys in order, no space. */
export function write(value) {
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const parts = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${write(value[key])}`);
  return `{${parts.join(",")}}`;
}

export const bytesOf = (value) => utf8(write(value));

/** The value of canonical `bytes` of that shape; Refusal V01 says where it departs. */
export function read(bytes, shape, what) {
  let value;
  let canonical = false;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
    canonical = write(value) === text;
  } catch {
    throw new Refusal("V01", `${what} không phải JSON đọc được`);
  }
  if (!canonical) throw new Refusal("V01", `${what} không viết theo dạng chuẩn (RFC 8785)`);
  const place = misfit(shape, value, what);
  if (place !== null) throw new Refusal("V01", `Sai cấu trúc ở ${place}`);
  return value;
}

/** Where `value` first departs from `shape`; null when it fits. */
export function misfit(shape, value, place) {
  if (typeof shape === "function") return shape(value) ? null : place;
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return place;
    return firstOf(value.map((item, at) => [shape[0], item, `${place}[${at}]`]));
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) return place;
  const wanted = Object.keys(shape);
  if (Object.keys(value).length !== wanted.length || !wanted.every((key) => Object.hasOwn(value, key))) return place;
  return firstOf(wanted.map((key) => [shape[key], value[key], `${place}.${key}`]));
}

function firstOf(parts) {
  for (const part of parts) {
    const found = misfit(...part);
    if (found !== null) return found;
  }
  return null;
}

// --- Shapes of single values ---

export const natural = (value) => Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);
export const flag = (value) => typeof value === "boolean";

// Letters whose composed form no later Unicode changes, none of them invisible or turning the line around.
const LETTERS =
  /^[\n -~\u00a0-\u00ac\u00ae-\u034e\u0350-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2bff]*$/u;

/** Text of the letters allowed, in composed form, perhaps empty (section 4.1). */
export const word = (value) => typeof value === "string" && LETTERS.test(value) && value === value.normalize("NFC");

/** Text with at least one character above the space (section 4.1). */
export const text = (value) => word(value) && /[^\u0000-\u0020]/u.test(value);

export const hexText = (value) => typeof value === "string" && /^(?:[0-9a-f]{2})*$/u.test(value);
export const hexOf = (size) => (value) => hexText(value) && value.length === 2 * size;
export const oneOf = (...choices) => (value) => choices.includes(value);
export const maybe = (shape) => (value) => value === null || misfit(shape, value, "") === null;
