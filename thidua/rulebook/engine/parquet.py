"""A register in Parquet, read into words of years, and the outcomes written back.

Columns stand in docs/spec.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from thidua.rulebook import catalogue
from thidua.rulebook.engine import columns, told
from thidua.rulebook.engine.bits import ALL, SPAN
from thidua.rulebook.engine.facts import (
    DISCIPLINES,
    MEMBERS,
    OCCUPATIONS,
    PENDING,
    RATINGS,
    RECIPIENTS,
    SEXES,
    Facts,
)
from thidua.rulebook.engine.outcomes import OUTCOMES
from thidua.rulebook.engine.reading import posts, statement_keys
from thidua.rulebook.engine.register import (
    FORMS,
    JOBS,
    MATTERS,
    NOT_KNOWN,
    PURPOSES,
    UNKNOWN_BITS,
    Register,
    families,
)
from thidua.rulebook.engine.scanning import Progress, scan
from thidua.rulebook.engine.sight import GRADES, LEVEL, LEVELS, WIDER, WORK_FAMILIES, at_least
from thidua.rulebook.engine.told import BadFile

Array = Any
BATCH = 1 << 18


def scan_file(
    path: str,
    out: str,
    *,
    on: date,
    year: int | None,
    kinds: Sequence[str],
    province: str,
    progress: Progress,
) -> int:
    """Judge every row of the file and write `id`, one column of outcomes a kind.

    Returns how many rows there were.
    """
    if not Path(path).is_file():
        raise BadFile(f"{path}: không có tệp này.")
    try:
        source = pq.ParquetFile(path)
    except (OSError, pa.ArrowInvalid):
        raise BadFile(f"{path}: không phải tệp Parquet, hoặc tệp hỏng.") from None
    judged = year or Facts(recipient="ca_nhan").judged_year(on)
    columns.check(source.schema_arrow.names, path)
    asked = list(kinds) or [one.code for one in catalogue.kinds(on)]
    schema = pa.schema(
        [("id", pa.string()), *((kind, pa.dictionary(pa.uint8(), pa.string())) for kind in asked)]
    )
    done, total = 0, source.metadata.num_rows
    if not Path(out).resolve().parent.is_dir():
        raise BadFile(f"{out}: không có thư mục này để ghi kết luận.")
    with pq.ParquetWriter(out, schema) as sink:
        for batch in source.iter_batches(BATCH):
            sink.write_table(judged_table(pa.table(batch), asked, schema, judged, on, province))
            done += batch.num_rows
            progress(done, total)
    return done


def judged_table(
    table: pa.Table, kinds: Sequence[str], schema: pa.Schema, year: int, on: date, province: str
) -> pa.Table:
    """The outcomes of some rows, in their order."""
    table, size = columns.as_expected(table), table.num_rows
    who = (
        strings(table, "recipient", RECIPIENTS)
        if "recipient" in table.column_names
        else np.full(size, "ca_nhan", object)
    )
    found = {kind: np.zeros(size, np.uint8) for kind in kinds}
    for recipient in RECIPIENTS:
        rows = np.flatnonzero(who == recipient)
        if len(rows):
            part = table if len(rows) == size else table.take(pa.array(rows))
            for kind, codes in scan(
                read_register(part, year, on, recipient), kinds, province=province
            ).items():
                found[kind][rows] = codes
    words = pa.array(OUTCOMES)
    told_of = [pa.DictionaryArray.from_arrays(pa.array(found[kind]), words) for kind in kinds]
    ids = table["id"] if "id" in table.column_names else pa.array([str(at) for at in range(size)])
    return pa.table([ids, *told_of], schema=schema)


def read_register(table: pa.Table, year: int, on: date, recipient: str) -> Register:
    """Rows of one recipient as a register."""
    size, names = table.num_rows, set(table.column_names)
    made = Register(size=size, year=year, on=on, recipient=recipient)
    _ratings(made, table, names)
    for name in (families() - set(GRADES) - set(WORK_FAMILIES) - {"DANG_KY"}) & names:
        _years(made, name, table[name])
    if "registered" in names:
        _years(made, "DANG_KY", table["registered"])
    _works(made, table, names)
    made.members = {name: numbers(table[name]) for name in set(MEMBERS) & names}
    made.statements = {key: truths(table[key]) for key in set(statement_keys()) & names}
    _posts(made, table, names)
    _persons(made, table, names, on)
    _discipline(made, table, names, on)
    return made


def _ratings(made: Register, table: pa.Table, names: set[str]) -> None:
    low = {grade: np.zeros(made.size, np.uint32) for grade in GRADES}
    high = {grade: np.full(made.size, ALL, np.uint32) for grade in GRADES}
    for name in names:
        shift = made.year - int(name.removeprefix("rating_")) if name.startswith("rating_") else -1
        if 0 <= shift < SPAN:
            level = coded(table, name, RATINGS, lambda code: LEVEL.get(code, 0))
            for grade, least in GRADES.items():
                low[grade] |= (level >= least).astype(np.uint32) << np.uint32(shift)
                high[grade] &= ~(((level > 0) & (level < least)).astype(np.uint32) << np.uint32(shift))
    for grade in GRADES:
        made.words[grade], made.upper[grade] = (low[grade],), (high[grade],)


def _years(made: Register, name: str, column: Array) -> None:
    words = words_of(column, made.year, made.size, 1)
    made.words[name] = words
    unknown = np.asarray(column.is_null())
    if unknown.any():
        made.upper[name] = tuple(np.where(unknown, np.uint32(ALL), word) for word in words)


def _works(made: Register, table: pa.Table, names: set[str]) -> None:
    for family, (work, reach) in WORK_FAMILIES.items():
        own = [
            name
            for name, (kind, far) in WORK_FAMILIES.items()
            if kind == work and far in WIDER[reach] and name in names
        ]
        if own:
            words = words_of(_joined(table, own), made.year, made.size, LEVELS)
            unknown = np.logical_or.reduce([np.asarray(table[name].is_null()) for name in own])
            for purpose in PURPOSES:
                made.words[f"{family}/{purpose}"] = words
                if unknown.any():
                    made.upper[f"{family}/{purpose}"] = tuple(
                        np.where(unknown, np.uint32(ALL), word) for word in words
                    )


def _joined(table: pa.Table, names: Sequence[str]) -> tuple[Array, Array]:
    """Row numbers and years of several lists."""
    parts = [rows_and_years(table[name]) for name in names]
    return np.concatenate([rows for rows, _ in parts]), np.concatenate([years for _, years in parts])


def rows_and_years(column: Array) -> tuple[Array, Array]:
    """A column of lists of years, one line a year."""
    flat = column.combine_chunks()
    lengths = pc.fill_null(pc.list_value_length(flat), 0).to_numpy(zero_copy_only=False)
    years = pc.list_flatten(flat).to_numpy(zero_copy_only=False)
    return np.repeat(np.arange(len(flat)), lengths), years


def words_of(column: Array, year: int, size: int, levels: int) -> tuple[Array, ...]:
    """Lists of years as words; several in one year fill the further words."""
    rows, years = column if isinstance(column, tuple) else rows_and_years(column)
    kept = years <= year
    shift = np.minimum(year - years[kept], SPAN - 1).astype(np.uint32)
    key = rows[kept] * SPAN + shift
    order = np.argsort(key, kind="stable")
    key, shift, own = key[order], shift[order], rows[kept][order]
    first = np.r_[True, key[1:] != key[:-1]] if len(key) else np.zeros(0, bool)
    rank = (
        np.arange(len(key)) - np.maximum.accumulate(np.where(first, np.arange(len(key)), 0))
        if len(key)
        else key
    )
    found = tuple(np.zeros(size, np.uint32) for _ in range(levels))
    for at, word in enumerate(found):
        chosen = rank == at
        np.bitwise_or.at(word, own[chosen], np.uint32(1) << shift[chosen])
    return found


def _posts(made: Register, table: pa.Table, names: set[str]) -> None:
    """Months in each post and above; nothing is known where no column says anything."""
    own = {post: numbers(table[f"months_{post}"]) for post in posts() if f"months_{post}" in names}
    zero = np.zeros(made.size, np.int32)
    made.posts = {
        post: sum((np.maximum(own[one], 0) for one in at_least(post) & own.keys()), zero) for post in posts()
    }
    known = (
        np.logical_or.reduce([months >= 0 for months in own.values()]) if own else np.zeros(made.size, bool)
    )
    made.posts[""] = np.where(known, zero, NOT_KNOWN)


def _persons(made: Register, table: pa.Table, names: set[str], on: date) -> None:
    if "occupation" in names:
        made.occupation = coded(
            table, "occupation", OCCUPATIONS, lambda code: JOBS.index(code or "cong_chuc")
        ).astype(np.uint8)
    if "sex" in names:
        made.women = coded(table, "sex", SEXES, lambda code: {"nu": 1, "nam": 0}.get(code, 2)).astype(
            np.uint8
        )
    if "recruited" in names:
        made.months = months_since(table["recruited"], on)
    earlier = np.zeros(made.size, bool)
    for name in names:
        if name.startswith("rating_") and int(name.removeprefix("rating_")) < made.year:
            earlier |= np.asarray(table[name].is_valid())
    months = made.months if made.months is not None else np.full(made.size, NOT_KNOWN, np.int32)
    made.months = np.where((months < 0) & earlier, np.int32(1200), months)
    if "founded" in names:
        months = months_since(table["founded"], on)
        made.age = np.where(months < 0, np.int32(NOT_KNOWN), months // 12).astype(np.int32)
        years = pc.year(table["founded"].cast(pa.date32()))
        made.founded = pc.fill_null(years, NOT_KNOWN).to_numpy().astype(np.int32)


def _discipline(made: Register, table: pa.Table, names: set[str], on: date) -> None:
    if "pending" in names:
        rows, matters = rows_and_years(table["pending"])
        bits = np.zeros(made.size, np.uint8)
        for one in set(matters.tolist()):
            told.one_of(one, PENDING, "pending")
        for at, matter in enumerate(MATTERS):
            bits[rows[matters == matter]] |= 1 << at
        made.pending = np.where(np.asarray(table["pending"].is_null()), np.uint8(UNKNOWN_BITS), bits)
        made.pending_cleared = made.pending
    if "discipline_form" in names:
        _punished(made, table, on)


def _punished(made: Register, table: pa.Table, on: date) -> None:
    """The one discipline of each row; one without its day leaves everything about it unknown."""
    form = coded(
        table, "discipline_form", {**DISCIPLINES, "": ""}, lambda code: FORMS.index(code) if code else -1
    )
    dated = np.asarray(table["discipline_date"].is_valid())
    known = np.asarray(table["discipline_form"].is_valid()) & (dated | (form < 0))
    year = pc.fill_null(pc.year(table["discipline_date"]), 0).to_numpy()
    past = pc.fill_null(pc.less_equal(table["discipline_date"], pa.scalar(on)), False).to_numpy()
    had = (form >= 0) & past
    bit = np.where(had, 1 << np.maximum(form, 0), 0)
    made.disciplined = np.where(known, np.where(year == made.year, bit, 0), UNKNOWN_BITS).astype(np.uint8)
    made.ever = np.where(known, bit, UNKNOWN_BITS).astype(np.uint8)
    made.punished = np.where(known & (form < 0), 0, UNKNOWN_BITS).astype(np.uint8)
    ends = pc.fill_null(pc.year(table["discipline_ends"]), 9999).to_numpy()
    after = np.clip(made.year - ends, 0, SPAN)
    word = ((np.uint64(1) << after.astype(np.uint64)) - np.uint64(1)).astype(np.uint32)
    made.counted = np.where(known & had, word, np.uint32(ALL)).astype(np.uint32)


def months_since(column: Array, on: date) -> Array:
    """Whole months from a day to the day asked; -1 where it is not known."""
    day = column.cast(pa.date32())
    parts = [pc.fill_null(part(day), 0).to_numpy() for part in (pc.year, pc.month, pc.day)]
    months = (on.year - parts[0]) * 12 + on.month - parts[1] - (on.day < parts[2])
    return np.where(parts[0] == 0, NOT_KNOWN, np.maximum(months, 0)).astype(np.int32)


def strings(table: pa.Table, name: str, known: Any) -> Array:
    """A column of codes, each of which must be known."""
    values = table[name].to_numpy(zero_copy_only=False)
    for one in {value for value in values.tolist() if value is not None}:
        told.one_of(one, known, name)
    return values


def coded(table: pa.Table, name: str, known: Any, number: Callable[[str], int]) -> Array:
    """A column of codes as numbers; an empty cell is the number of no words."""
    encoded = table[name].cast(pa.string()).combine_chunks().dictionary_encode()
    words = encoded.dictionary.to_pylist()
    for one in words:
        told.one_of(one, known, name)
    values = np.array([*(number(one) for one in words), number("")], np.int32)
    return values[pc.fill_null(encoded.indices, len(words)).to_numpy(zero_copy_only=False)]


def numbers(column: Array) -> Array:
    """A column of counts; -1 where it is empty."""
    return pc.fill_null(column.cast(pa.int32()), NOT_KNOWN).to_numpy().astype(np.int32)


def truths(column: Array) -> Array:
    """A column of yes and no; 2 where it is empty."""
    return pc.fill_null(column.cast(pa.int8()), 2).to_numpy().astype(np.uint8)
