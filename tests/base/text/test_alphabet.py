"""Vietnamese order and search, without the database's help."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.base.text import address, name_sort_key, normalise, search_key, sort_key

LETTERS = list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
TONES = ["ma", "mà", "mả", "mã", "má", "mạ"]


def test_the_whole_alphabet_stands_in_order() -> None:
    shuffled = LETTERS[:]
    random.Random(1).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == LETTERS


def test_tones_stand_in_dictionary_order() -> None:
    assert sorted(set(TONES), key=sort_key) == TONES


@pytest.mark.parametrize(
    "words",
    [
        ["an", "ăn", "ân", "ba", "da", "đa", "e", "ê", "o", "ô", "ơ", "u", "ư", "y"],
        ["đà điểu", "đá", "đạ"],
        ["Sở Công Thương", "Sở Giáo dục", "Sở Nội vụ", "Sở Y tế"],
        ["Xã số 1", "Xã số 2", "Xã số 10", "Xã số 10A", "Xã số 11"],
        ["hoa", "hòa", "hỏa", "họa", "hoan"],
        ["trang", "tràng", "trăng", "trắng", "trâng"],
        ["Ba Bể", "Bạch Thông", "Bắc Kạn", "Chợ Đồn", "Chợ Mới", "Na Rì", "Ngân Sơn", "Pác Nặm"],
    ],
)
def test_words_stand_as_in_a_dictionary(words: list[str]) -> None:
    assert sorted(set(words), key=sort_key) == words


def test_letters_weigh_before_tones() -> None:
    assert sort_key("mạ") < sort_key("man"), "ma with any tone stands before man"
    assert sort_key("hạ") < sort_key("hai")
    assert sort_key("a") < sort_key("ạ") < sort_key("ă")


def test_people_stand_by_given_name() -> None:
    people = ["Trần Thị Bình", "Nguyễn Văn An", "Lê Văn Ánh", "Đỗ An", "Phạm Ân", "Bùi Thị An"]
    assert sorted(people, key=name_sort_key) == [
        "Bùi Thị An",
        "Đỗ An",
        "Nguyễn Văn An",
        "Lê Văn Ánh",
        "Phạm Ân",
        "Trần Thị Bình",
    ]


def test_marks_and_capitals_do_not_matter_when_searching() -> None:
    assert search_key("Sở NỘI VỤ") == search_key("so noi vu") == "so noi vu"
    assert search_key("Đặng  Ðức\u00a0ðạt") == "dang duc dat"
    assert search_key("hoà thuỷ") == search_key("hòa thủy")
    assert search_key("  –  ") == ""
    assert address("Khối Văn hóa – Xã hội (2019)") == "khoi-van-hoa-xa-hoi-2019"


def test_one_spelling_for_the_same_letters() -> None:
    assert normalise(unicodedata.normalize("NFD", "  Sở \t Nội vụ ")) == "Sở Nội vụ"
    assert normalise("\ufeffÐ\u200bà Nẵng") == "Đà Nẵng"


@given(st.text(max_size=40))
def test_composed_and_decomposed_words_have_the_same_keys(text: str) -> None:
    for key in (search_key, sort_key, name_sort_key):
        assert key(unicodedata.normalize("NFD", text)) == key(unicodedata.normalize("NFC", text))
    assert search_key(search_key(text)) == search_key(text)
    assert search_key(text).isascii()
