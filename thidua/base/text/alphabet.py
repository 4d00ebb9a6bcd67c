"""Order and search without the database's help: the embedded server has no ICU.

Letters a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y differ first; tones after, in the
order none, huyền, hỏi, ngã, sắc, nặng, compared syllable by syllable as dictionaries do.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
_SHAPES = {"\u0306": "b", "\u0302": "c", "\u031b": "d"}  # ă; â ê ô; ơ ư
NUMBER_WIDTH = 6  # “Xã số 2” stands before “Xã số 10”
_LOOKALIKES = str.maketrans({"ð": "đ", "Ð": "Đ", "\u00a0": " ", "\u200b": "", "\ufeff": ""})


def normalise(text: str) -> str:
    """One spelling of the same text: composed letters, true đ, single spaces."""
    composed = unicodedata.normalize("NFC", text.translate(_LOOKALIKES))
    return re.sub(r"[ \t]+", " ", composed).strip()


@lru_cache(8192)  # an import asks for the same names thousands of times
def search_key(text: str) -> str:
    """Lower case without marks: “Sở Nội vụ” and “so noi vu” meet in the same key."""
    bare = unicodedata.normalize("NFD", normalise(text)).replace("đ", "d").replace("Đ", "d")
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", " ", letters.casefold()).strip()


def address(text: str) -> str:
    """The words of a name as they stand in an address: “khoi-van-hoa-xa-hoi”."""
    return search_key(text).replace(" ", "-")


def _syllable_key(syllable: str) -> str:
    letters, tone = "", "1"
    for mark in unicodedata.normalize("NFD", syllable):
        if mark in _TONES:
            tone = _TONES[mark]
        elif mark in _SHAPES:
            letters = letters[:-1] + _SHAPES[mark]
        elif mark == "đ":
            letters += "db"
        elif mark.isalnum():
            letters += mark + "a"
    return letters + tone


def sort_key(text: str) -> str:
    """A plain string whose byte order is the Vietnamese alphabetical order of `text`; numbers by value."""
    folded = re.sub(r"\d+", lambda digits: digits[0].zfill(NUMBER_WIDTH), normalise(text).casefold())
    return " ".join(_syllable_key(word) for word in folded.split())


def name_sort_key(full_name: str) -> str:
    """Order of people: given name first, then family name, then the middle ones."""
    words = normalise(full_name).split()
    return sort_key(" ".join(words[-1:] + words[:-1]))
