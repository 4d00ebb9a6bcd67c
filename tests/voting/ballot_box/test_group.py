"""Both libraries are the same group, and neither reads what RFC 9496 forbids."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.voting.ballot_box import plain
from thidua.voting.ballot_box.group import IDENTITY, ORDER, Group, is_scalar, random_scalar, scalar_bytes
from thidua.voting.ballot_box.plain import PlainGroup
from thidua.voting.ballot_box.sodium import SodiumGroup, find_library

LIBRARY = find_library()
assert LIBRARY is not None, "cần gói libsodium23 của hệ thống"
PLAIN, SODIUM = PlainGroup(), SodiumGroup(LIBRARY)
BOTH: list[Group] = [PLAIN, SODIUM]
both = pytest.mark.parametrize("group", BOTH, ids=lambda group: group.name)

unhurried = settings(deadline=None)  # plain Python on a busy machine

scalars = st.integers(0, ORDER - 1) | st.sampled_from([0, 1, 2, ORDER - 1, ORDER - 2, 2**252])
elements = scalars.map(PLAIN.base)


def lines(text: str) -> list[str]:
    return text.split()


# RFC 9496, appendix A.1: the multiples of the generator from 0 to 15.
MULTIPLES = lines("""
0000000000000000000000000000000000000000000000000000000000000000
e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76
6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919
94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259
da80862773358b466ffadfe0b3293ab3d9fd53c5ea6c955358f568322daf6a57
e882b131016b52c1d3337080187cf768423efccbb517bb495ab812c4160ff44e
f64746d3c92b13050ed8d80236a7f0007c3b3f962f5ba793d19a601ebb1df403
44f53520926ec81fbd5a387845beb7df85a96a24ece18738bdcfa6a7822a176d
903293d8f2287ebe10e2374dc1a53e0bc887e592699f02d077d5263cdd55601c
02622ace8f7303a31cafc63f8fc48fdc16e1c8c8d234b2f0d6685282a9076031
20706fd788b2720a1ed2a5dad4952b01f413bcf0e7564de8cdc816689e2db95f
bce83f8ba5dd2fa572864c24ba1810f9522bc6004afe95877ac73241cafdab42
e4549ee16b9aa03099ca208c67adafcafa4c3f3e4e5303de6026e3ca8ff84460
aa52e000df2e16f55fb1032fc33bc42742dad6bd5a8fc0be0167436c5948501f
46376b80f409b29dc2b5f6f0c52591990896e5716f41477cd30085ab7f10301e
e0c418f7c8d9c4cdd7395b93ea124f3ad99021bb681dfc3302a9d99a2e53e64e
""")

# RFC 9496, appendix A.2: strings that are no element.
INVALID = lines("""
00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
0100000000000000000000000000000000000000000000000000000000000000
01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20
c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562
c940e5a4404157cfb1628b108db051a8d439e1a421394ec4ebccb9ec92a8ac78
47cfc5497c53dc8e61c91d17fd626ffb1c49e2bca94eed052281b510b1117a24
f1c6165d33367351b0da8f6e4511010c68174a03b6581212c71c0e1d026c3c72
87260f7a2f12495118360f02c26a470f450dadf34a413d21042b43b9d93e1309
26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371
4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f
de6a7b00deadc788eb6b6c8d20c0ae96c2f2019078fa604fee5b87d6e989ad7b
bcab477be20861e01e4a0e295284146a510150d9817763caf1a6f4b422d67042
2a292df7e32cababbd9de088d1d1abec9fc0440f637ed2fba145094dc14bea08
f4a9e534fc0d216c44b218fa0c42d99635a0127ee2e53c712f70609649fdff22
8268436f8c4126196cf64b3c7ddbda90746a378625f9813dd9b8457077256731
2810e5cbc2cc4d4eece54f61c6f69758e289aa7ab440b3cbeaa21995c2f4232b
3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e
a45fdc55c76448c049a1ab33f17023edfb2be3581e9c7aade8a6125215e04220
d483fe813c6ba647ebbfd3ec41adca1c6130c2beeee9d9bf065c8d151c5f396e
8a2e1d30050198c65a54483123960ccc38aef6848e1ec8f5f780e8523769ba32
32888462f8b486c68ad7dd9610be5192bbeaf3b443951ac1a8118419d9fa097b
227142501b9d4355ccba290404bde41575b037693cef1f438c47f8fbf35d1165
5c37cc491da847cfeb9281d407efc41e15144c876e0170b499a96a22ed31e01e
445425117cb8c90edcbc7c1cc0e74f747f2c1efa5630a967c64f287792a48a4b
ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f
""")

# RFC 8032, 7.1: seed, public key, message, signature.
SIGNED = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
]


@both
def test_multiples_of_the_generator_are_those_of_the_rfc(group: Group) -> None:
    assert [group.base(k).hex() for k in range(16)] == MULTIPLES
    generator = bytes.fromhex(MULTIPLES[1])
    assert [group.multiply(k, generator).hex() for k in range(16)] == MULTIPLES


@both
@pytest.mark.parametrize("text", INVALID)
def test_strings_the_rfc_forbids_are_no_element(group: Group, text: str) -> None:
    encoding = bytes.fromhex(text)
    assert not group.is_element(encoding)
    with pytest.raises(ValueError, match="ristretto255"):
        group.multiply(2, encoding)
    with pytest.raises(ValueError, match="ristretto255"):
        group.add(encoding, bytes.fromhex(MULTIPLES[1]))


@both
@pytest.mark.parametrize("text", MULTIPLES)
def test_the_highest_bit_makes_no_second_encoding(group: Group, text: str) -> None:
    """The published vectors do not see it: libsodium 1.0.18 drops this bit."""
    plain_encoding = bytes.fromhex(text)
    other = plain_encoding[:-1] + bytes([plain_encoding[-1] | 0x80])
    assert group.is_element(plain_encoding)
    assert not group.is_element(other)
    with pytest.raises(ValueError, match="ristretto255"):
        group.multiply(2, other)
    with pytest.raises(ValueError, match="ristretto255"):
        group.subtract(other, other)


@both
@pytest.mark.parametrize("size", [0, 31, 33])
def test_an_element_has_32_bytes(group: Group, size: int) -> None:
    assert not group.is_element(bytes(size))


@unhurried
@given(st.binary(min_size=32, max_size=32))
def test_both_read_the_same_strings(encoding: bytes) -> None:
    assert PLAIN.is_element(encoding) == SODIUM.is_element(encoding)


@unhurried
@given(scalars, elements, elements)
def test_both_reckon_alike(scalar: int, one: bytes, other: bytes) -> None:
    assert PLAIN.base(scalar) == SODIUM.base(scalar)
    assert PLAIN.multiply(scalar, one) == SODIUM.multiply(scalar, one)
    assert PLAIN.add(one, other) == SODIUM.add(one, other)
    assert PLAIN.subtract(one, other) == SODIUM.subtract(one, other)


@unhurried
@given(scalars, scalars)
def test_scalars_distribute(a: int, b: int) -> None:
    assert SODIUM.add(SODIUM.base(a), SODIUM.base(b)) == SODIUM.base(a + b)
    assert SODIUM.multiply(a, SODIUM.base(b)) == SODIUM.base(a * b)
    assert SODIUM.subtract(SODIUM.base(a), SODIUM.base(a)) == IDENTITY


@both
@pytest.mark.parametrize(("seed", "key", "message", "signature"), SIGNED)
def test_signatures_are_those_of_the_rfc(
    group: Group, seed: str, key: str, message: str, signature: str
) -> None:
    assert group.public_key(bytes.fromhex(seed)).hex() == key
    assert group.sign(bytes.fromhex(seed), bytes.fromhex(message)).hex() == signature
    assert group.verify(bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature))


@unhurried
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 511))
def test_both_sign_alike_and_no_bit_may_change(seed: bytes, message: bytes, bit: int) -> None:
    signature = SODIUM.sign(seed, message)
    assert signature == PLAIN.sign(seed, message)
    number = int.from_bytes(signature, "little") ^ 1 << bit
    changed = number.to_bytes(64, "little")
    key = SODIUM.public_key(seed)
    assert [group.verify(key, message, signature) for group in BOTH] == [True, True]
    assert [group.verify(key, message, changed) for group in BOTH] == [False, False]


@both
def test_a_signature_has_one_encoding(group: Group) -> None:
    signature = group.sign(bytes(32), b"x")
    twin = int.from_bytes(signature[32:], "little") + ORDER
    assert not group.verify(group.public_key(bytes(32)), b"x", signature[:32] + twin.to_bytes(32, "little"))


def small_order_points() -> list[bytes]:
    """All points whose order divides eight: ORDER times any point."""
    found = set()
    for seed in range(64):
        y = hashlib.sha256(bytes([seed])).digest()[:31] + b"\0"
        try:
            found.add(plain.compress(plain.multiply(ORDER, plain.decompress(y))))
        except ValueError:
            continue
    return sorted(found)


def test_keys_of_small_or_mixed_order_are_refused() -> None:
    points = small_order_points()
    assert len(points) == 8
    honest = plain.decompress(PLAIN.public_key(bytes(32)))
    for encoding in points:
        mixed = plain.compress(plain.add(honest, plain.decompress(encoding)))
        pure = mixed == plain.compress(honest)
        assert [group.is_key(encoding) for group in BOTH] == [False, False]
        assert [group.is_key(mixed) for group in BOTH] == [pure, pure]


@unhurried
@given(st.binary(min_size=32, max_size=32))
def test_both_know_the_same_keys(key: bytes) -> None:
    assert PLAIN.is_key(key) == SODIUM.is_key(key)


def test_a_signature_made_with_nonce_nought_is_refused_by_both() -> None:
    """R is neutral and S = h·a: sound by the equation alone, refused by libsodium and so by the rules."""
    seed, message = bytes(range(32)), b"phieu"
    neutral = plain.compress(plain.NEUTRAL)
    key = PLAIN.public_key(seed)
    secret = int.from_bytes(hashlib.sha512(seed).digest()[:32], "little") & (1 << 254) - 8 | 1 << 254
    weight = int.from_bytes(hashlib.sha512(neutral + key + message).digest(), "little")
    signature = neutral + scalar_bytes(weight * secret)
    assert [group.verify(key, message, signature) for group in BOTH] == [False, False]


def test_scalars_have_one_encoding() -> None:
    assert is_scalar(scalar_bytes(ORDER - 1))
    assert not is_scalar(ORDER.to_bytes(32, "little"))
    assert not is_scalar(bytes(31))
    assert not is_scalar(bytes(33))


def test_a_random_scalar_is_never_nought() -> None:
    drawn = iter([bytes(64), ORDER.to_bytes(64, "little"), (7).to_bytes(64, "little")])
    assert random_scalar(lambda size: next(drawn)) == 7
