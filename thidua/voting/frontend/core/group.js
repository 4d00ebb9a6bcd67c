// The group ristretto255 and Ed25519 signatures (sections 2 and 3 of RFC 9496, RFC 8032), by @noble/curves.
import { mulAddUnsafe } from "@noble/curves/abstract/curve.js";
import { ed25519, ristretto255 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { SIZE, concat, draw as system, little, same } from "./bytes.js";

export const Point = ristretto255.Point;
export const ORDER = Point.Fn.ORDER;
export const IDENTITY = new Uint8Array(SIZE);
const WIDE = 64; // bytes drawn for a scalar
const OFTEN = 6; // bits of a window for points multiplied many times

export const mod = (number) => ((number % ORDER) + ORDER) % ORDER;

/** A scalar in its 32 bytes, lowest first. */
export function scalarBytes(number) {
  const out = new Uint8Array(SIZE);
  let rest = mod(number);
  for (let at = 0; at < SIZE; at += 1) {
    out[at] = Number(rest & 255n);
    rest >>= 8n;
  }
  return out;
}

/** The one encoding of a scalar. */
export const isScalar = (bytes) => bytes.length === SIZE && little(bytes) < ORDER;

/** A scalar that is not nought, from 64 random bytes. */
export function randomScalar(draw = system) {
  for (;;) {
    const number = little(draw(WIDE)) % ORDER;
    if (number) return number;
  }
}

/** The element of these bytes; throws for any but its one encoding. */
export const element = (bytes) => Point.fromBytes(bytes);

export function isElement(bytes) {
  try {
    element(bytes);
    return true;
  } catch {
    return false;
  }
}

/** A point that will be multiplied often, with its table. */
export function often(bytes) {
  const point = element(bytes);
  point.precompute(OFTEN, true);
  return point;
}

/** `scalar` times a point, in time that does not depend on the scalar. */
export function times(scalar, point = Point.BASE) {
  const number = mod(scalar);
  return number && !point.is0() ? point.multiply(number) : Point.ZERO;
}

/** Σ scalarᵢ·pointᵢ of public numbers. */
export const combined = (points, scalars) => mulAddUnsafe(Point, points, scalars.map(mod));

/** `scalar` times a point, for public numbers. */
export const timesPublic = (scalar, point) => combined([point], [scalar]);

const small = new Map();

/** A small public number times the generator. */
export function ofNumber(number) {
  if (!small.has(number)) small.set(number, number ? timesPublic(BigInt(number), Point.BASE) : Point.ZERO);
  return small.get(number);
}

/** The inverse of a public scalar. */
export const inverse = (number) => Point.Fn.inv(mod(number));

// --- Ed25519 ---

const Edwards = ed25519.Point;
const keys = new Map();
const MOST_KEYS = 4096;

/** The point of a key: canonical, of prime order, not neutral; null for any other bytes. */
function keyPoint(bytes) {
  try {
    const point = Edwards.fromBytes(bytes, false);
    return point.is0() || !point.isTorsionFree() ? null : point;
  } catch {
    return null;
  }
}

function knownKey(bytes) {
  const name = bytes.join();
  if (!keys.has(name)) {
    if (keys.size >= MOST_KEYS) keys.clear();
    keys.set(name, keyPoint(bytes));
  }
  return keys.get(name);
}

export const isKey = (bytes) => bytes.length === SIZE && knownKey(bytes) !== null;

/** Strict check: S below the order, R the very bytes of S·B − h·A and not the neutral point. */
export function verified(key, message, signature) {
  const point = key.length === SIZE ? knownKey(key) : null;
  if (!point || signature.length !== 2 * SIZE || !isScalar(signature.subarray(SIZE))) return false;
  const commitment = signature.subarray(0, SIZE);
  const weight = little(sha512(concat(commitment, key, message))) % ORDER;
  const found = mulAddUnsafe(Edwards, [Edwards.BASE, point.negate()], [little(signature.subarray(SIZE)), weight]);
  return !found.is0() && same(found.toBytes(), commitment);
}

export const publicKey = (seed) => ed25519.getPublicKey(seed);
export const signed = (seed, message) => ed25519.sign(message, seed);
