// Bytes as the specification writes them (docs/spec/phieukin-1.md, section 3).

export const SIZE = 32;

/** Lower-case hexadecimal. */
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The bytes of hexadecimal text that a shape has already looked at. */
export function unhex(text) {
  const out = new Uint8Array(text.length / 2);
  for (let at = 0; at < out.length; at += 1) out[at] = Number.parseInt(text.slice(2 * at, 2 * at + 2), 16);
  return out;
}

export function concat(...parts) {
  const out = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

export const xor = (one, other) => one.map((byte, at) => byte ^ other[at]);

/** UTF-8. */
export const utf8 = (text) => new TextEncoder().encode(text);

/** A whole number in `size` bytes, highest first. */
export function big(number, size) {
  const out = new Uint8Array(size);
  let rest = BigInt(number);
  for (let at = size - 1; at >= 0; at -= 1) {
    out[at] = Number(rest & 255n);
    rest >>= 8n;
  }
  return out;
}

export const u8 = (number) => big(number, 1);
export const u32 = (number) => big(number, 4);
export const u64 = (number) => big(number, 8);

/** The number whose bytes stand lowest first. */
export const little = (bytes) => BigInt(`0x${hex(Uint8Array.from(bytes).reverse()) || "0"}`);

/** The random bytes of the system. */
export const draw = (size) => globalThis.crypto.getRandomValues(new Uint8Array(size));
