"""Vietnamese text: search keys without marks, alphabetical order, names, numbers and dates as written."""

from thidua.base.text.alphabet import (
    address,
    name_sort_key,
    normalise,
    search_key,
    sort_key,
)
from thidua.base.text.fields import DerivedTextField
from thidua.base.text.likeness import loose_key, nearly
from thidua.base.text.writing import date_in_words, day, decimal_text, initials, moment, read_decimal

__all__ = [
    "DerivedTextField",
    "address",
    "date_in_words",
    "day",
    "decimal_text",
    "initials",
    "loose_key",
    "moment",
    "name_sort_key",
    "nearly",
    "normalise",
    "read_decimal",
    "search_key",
    "sort_key",
]
