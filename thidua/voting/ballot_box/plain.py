"""Curve25519 in plain integers: the fallback where libsodium is missing, and the second opinion of the tests.

Twisted Edwards curve −x² + y² = 1 + d·x²·y² over p = 2²⁵⁵ − 19 in extended coordinates (RFC 8032), the group
ristretto255 on it (RFC 9496) and Ed25519 (RFC 8032). Not constant in time:
for checking, tests and small offline work.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
TWICE_D = 2 * D % P
SQRT_MINUS_ONE = pow(2, (P - 1) // 4, P)
INVSQRT_A_MINUS_D = 54469307008909316920995813868745141605393597292927456921205312896311721017578
SIZE = 32
SIGN_BIT = 1 << 255
WINDOW, WINDOWS = 4, 64  # scalars are read four bits at a time
COFACTOR = 8

Point = tuple[int, int, int, int]  # X, Y, Z, T with x = X/Z, y = Y/Z, x·y = T/Z
NEUTRAL: Point = (0, 1, 1, 0)


def add(one: Point, other: Point) -> Point:
    """The sum of two points, also of equal ones (RFC 8032, 5.1.4)."""
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = other
    a = (y1 - x1) * (y2 - x2) % P
    b = (y1 + x1) * (y2 + x2) % P
    c = t1 * TWICE_D * t2 % P
    d = 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def double(point: Point) -> Point:
    """The point twice, a little cheaper than by `add`."""
    x, y, z, _ = point
    a, b, c = x * x % P, y * y % P, 2 * z * z % P
    h = a + b
    e = h - (x + y) * (x + y) % P
    g = a - b
    f = c + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def negate(point: Point) -> Point:
    """The opposite point."""
    x, y, z, t = point
    return -x % P, y, z, -t % P


def multiply(scalar: int, point: Point) -> Point:
    """`scalar` times `point`, four bits at a time from the top."""
    table = _first_multiples(point)
    result = NEUTRAL
    for shift in range((scalar.bit_length() + WINDOW - 1) // WINDOW * WINDOW - WINDOW, -1, -WINDOW):
        for _ in range(WINDOW):
            result = double(result)
        digit = scalar >> shift & (1 << WINDOW) - 1
        if digit:
            result = add(result, table[digit])
    return result


def _first_multiples(point: Point) -> list[Point]:
    table = [NEUTRAL, point]
    while len(table) < 1 << WINDOW:
        table.append(add(table[-1], point))
    return table


@lru_cache(maxsize=4)
def _ladder(point: Point) -> list[list[Point]]:
    """Multiples of a point that is used often, for each place of four bits."""
    tables = []
    for _ in range(WINDOWS):
        tables.append(_first_multiples(point))
        point = double(tables[-1][1 << WINDOW - 1])
    return tables


def multiply_fixed(scalar: int, point: Point) -> Point:
    """`scalar` (below 2²⁵⁶) times a point that is used often."""
    result = NEUTRAL
    for place, table in enumerate(_ladder(point)):
        digit = scalar >> WINDOW * place & (1 << WINDOW) - 1
        if digit:
            result = add(result, table[digit])
    return result


def same(one: Point, other: Point) -> bool:
    """The two stand for the same point of the curve."""
    x1, y1, z1, _ = one
    x2, y2, z2, _ = other
    return (x1 * z2 - x2 * z1) % P == 0 and (y1 * z2 - y2 * z1) % P == 0


def sqrt_ratio(u: int, v: int) -> tuple[bool, int]:
    """Whether u/v is a square, and the even root of u/v, or of √−1·u/v when it is not (RFC 9496, 4.2)."""
    root = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    check = v * root * root % P
    correct, flipped = check == u % P, check == -u % P
    if flipped or check == -u * SQRT_MINUS_ONE % P:
        root = root * SQRT_MINUS_ONE % P
    return correct or flipped, _even(root)


def _even(value: int) -> int:
    """Of ±value the one that RFC 9496 calls non-negative."""
    value %= P
    return P - value if value & 1 else value


def decode(encoding: bytes) -> Point:
    """The element of ristretto255 written in 32 bytes (RFC 9496, 4.3.1); ValueError for any other string."""
    s = int.from_bytes(encoding, "little")
    if len(encoding) != SIZE or s >= P or s & 1:
        raise ValueError("Không phải cách viết chuẩn của một phần tử ristretto255")
    square = s * s % P
    u1, u2 = 1 - square, 1 + square
    v = -D * u1 * u1 - u2 * u2
    is_square, root = sqrt_ratio(1, v * u2 * u2 % P)
    x = _even(2 * s * root * u2)
    y = u1 * root * root * u2 * v % P
    t = x * y % P
    if not is_square or t & 1 or y == 0:
        raise ValueError("Không phải cách viết chuẩn của một phần tử ristretto255")
    return x, y, 1, t


def encode(point: Point) -> bytes:
    """The one way to write the element of ristretto255 (RFC 9496, 4.3.2)."""
    x, y, z, t = point
    u1, u2 = (z + y) * (z - y) % P, x * y % P
    _, root = sqrt_ratio(1, u1 * u2 * u2 % P)
    den1, den2 = root * u1 % P, root * u2 % P
    z_inverse = den1 * den2 * t % P
    den = den2
    if t * z_inverse % P & 1:
        x, y, den = y * SQRT_MINUS_ONE % P, x * SQRT_MINUS_ONE % P, den1 * INVSQRT_A_MINUS_D % P
    if x * z_inverse % P & 1:
        y = -y
    return _even(den * (z - y)).to_bytes(SIZE, "little")


# --- Ed25519 -----------------------------------------------------------------------------------


def compress(point: Point) -> bytes:
    """The y with the lowest bit of x on top (RFC 8032, 5.1.2)."""
    x, y, z, _ = point
    inverse = pow(z, -1, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(SIZE, "little")


def decompress(encoding: bytes) -> Point:
    """The point of the curve written in 32 bytes (RFC 8032, 5.1.3), y below p; ValueError otherwise."""
    number = int.from_bytes(encoding, "little")
    y, sign = number % SIGN_BIT, number >> 255
    if len(encoding) != SIZE or y >= P:
        raise ValueError("Không phải điểm Ed25519")
    is_square, x = sqrt_ratio(y * y - 1, D * y * y + 1)
    if not is_square or (x == 0 and sign):
        raise ValueError("Không phải điểm Ed25519")
    x = P - x if sign else x
    return x, y, 1, x * y % P


GENERATOR = decompress((4 * pow(5, -1, P) % P).to_bytes(SIZE, "little"))


class PlainGroup:
    """The operations of `group.Group` in plain Python."""

    name = "python"

    def is_element(self, encoding: bytes) -> bool:
        try:
            decode(encoding)
        except ValueError:
            return False
        return True

    def base(self, scalar: int) -> bytes:
        return encode(multiply_fixed(scalar % ORDER, GENERATOR))

    def multiply(self, scalar: int, element: bytes) -> bytes:
        return encode(multiply(scalar % ORDER, decode(element)))

    def add(self, one: bytes, other: bytes) -> bytes:
        return encode(add(decode(one), decode(other)))

    def subtract(self, one: bytes, other: bytes) -> bytes:
        return encode(add(decode(one), negate(decode(other))))

    def is_key(self, key: bytes) -> bool:
        try:
            point = decompress(key)
        except ValueError:
            return False
        return same(multiply(ORDER, point), NEUTRAL) and not same(point, NEUTRAL)

    def public_key(self, seed: bytes) -> bytes:
        return compress(multiply_fixed(_secret(seed)[0], GENERATOR))

    def sign(self, seed: bytes, message: bytes) -> bytes:
        secret, prefix = _secret(seed)
        key = self.public_key(seed)
        nonce = _hash_to_scalar(prefix, message)
        commitment = compress(multiply_fixed(nonce, GENERATOR))
        answer = (nonce + _hash_to_scalar(commitment, key, message) * secret) % ORDER
        return commitment + answer.to_bytes(SIZE, "little")

    def verify(self, key: bytes, message: bytes, signature: bytes) -> bool:
        if len(signature) != 2 * SIZE or not self.is_key(key):
            return False
        commitment, answer = signature[:SIZE], int.from_bytes(signature[SIZE:], "little")
        if answer >= ORDER:
            return False
        weight = _hash_to_scalar(commitment, key, message)
        found = add(
            multiply_fixed(answer, GENERATOR), multiply(ORDER - weight if weight else 0, decompress(key))
        )
        return not same(found, NEUTRAL) and compress(found) == commitment


def _secret(seed: bytes) -> tuple[int, bytes]:
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:SIZE], "little") & (1 << 254) - COFACTOR | 1 << 254
    return scalar, digest[SIZE:]


def _hash_to_scalar(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % ORDER
