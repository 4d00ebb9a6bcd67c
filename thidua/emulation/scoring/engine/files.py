"""Documents from YAML or JSON, without guesses, and where in the file each part stands."""

from __future__ import annotations

import json
import json.decoder
import json.scanner
import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from thidua.emulation.scoring.engine.told import BadFile

LARGEST = 5_000_000  # bytes of a file
OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how files of Word and Excel begin
DEEPEST = 60  # parts within parts: more than twelve levels of criteria with all that stands in them


class Lined(dict[str, Any]):
    """A mapping that knows the line of the file it began on."""

    line: int = 0


class _Loader(yaml.SafeLoader):
    """YAML without guesses: numbers stay as they were written, so 0.1 is a tenth and 1_000 is refused."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """References to other parts are refused: a small file could stand for an endless one."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="alias", problem_mark=self.get_mark())
        return super().compose_node(parent, index)


_BOOL, _NULL = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null"
_Loader.yaml_implicit_resolvers = {  # true, false and nothing; “no” stays a word
    letter: [
        (t, pattern) for t, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(letter, []) if t == tag
    ]
    for tag, letters in ((_BOOL, "tTfF"), (_NULL, ("", "~", "n", "N")))
    for letter in letters
}


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> Iterator[Lined]:
    found = Lined()
    found.line = node.start_mark.line + 1
    yield found
    _fill(found, ((_key(loader, key), loader.construct_object(one, deep=True)) for key, one in node.value))


def _key(loader: yaml.SafeLoader, node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise yaml.MarkedYAMLError(problem="key", problem_mark=node.start_mark)
    return str(loader.construct_scalar(node))


def _fill(found: Lined, pairs: Iterable[tuple[str, Any]]) -> Lined:
    """A name written twice in one place would hide the first: it is refused."""
    for key, one in pairs:
        if key in found:
            where = f" ở phần bắt đầu từ dòng {found.line}" if found.line else ""
            raise BadFile(f"“{key}” ghi hai lần{where}. Bỏ bớt một.")
        found[key] = one
    return found


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


class _Json(json.JSONDecoder):
    """JSON that keeps decimals as written, and tells on which line each object begins."""

    def __init__(self, text: str) -> None:
        super().__init__(parse_float=Decimal)
        self._ends = [found.start() for found in re.finditer("\n", text)]
        self.parse_object = self._object
        self.scan_once = json.scanner.py_make_scanner(self)  # type: ignore[attr-defined]  # it alone asks `_object`

    def _object(self, at: tuple[str, int], *rest: Any) -> Any:
        found = Lined()
        found.line = bisect(self._ends, at[1] - 1) + 1
        strict, scan_once, hook, _, memo = rest
        fill = lambda pairs: _fill(found, pairs)  # noqa: E731
        return json.decoder.JSONObject(at, strict, scan_once, hook, fill, memo)  # type: ignore[attr-defined]


def load(path: str | Path) -> Any:
    """What a file holds; raises BadFile."""
    return parse(bytes_of(path), str(path))


def bytes_of(path: str | Path) -> bytes:
    """The bytes of a file; raises BadFile."""
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as fault:
        raise BadFile(f"{path}: không có tệp này.") from fault
    except IsADirectoryError as fault:
        raise BadFile(f"{path}: đây là thư mục, không phải tệp.") from fault
    except (OSError, ValueError) as fault:
        raise BadFile(f"{path}: không mở được tệp. Xem lại tên và quyền đọc.") from fault


def write(document: Mapping[str, Any]) -> str:
    """A document as YAML, in the order of its keys."""
    return str(yaml.dump(document, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False, width=10_000))


def parse(data: bytes, name: str) -> Any:
    """What the bytes of a file hold, its letters composed; raises BadFile."""
    if len(data) > LARGEST:
        raise BadFile(f"{name}: tệp lớn hơn {LARGEST // 1_000_000} MB.")
    text = _text(data, name)
    try:
        told = _structure(text)
    except BadFile as fault:
        raise BadFile(f"{name}: {fault}") from fault
    except (ValueError, yaml.YAMLError, RecursionError) as fault:
        raise BadFile(f"{name}: không đọc được. {_where(fault)}") from fault
    if _is_too_deep(told):
        raise BadFile(f"{name}: có phần lồng nhau hơn {DEEPEST} cấp.")
    for words in _words(told):
        if _UNPRINTED.search(words):
            raise BadFile(
                f"{name}: có ký tự không in được ở “{_UNPRINTED.sub('?', words)[:40]}”. Gõ lại chỗ đó."
            )
    return told


def _text(data: bytes, name: str) -> str:
    if data.startswith(OFFICE):
        raise BadFile(f"{name}: đây là tệp Word, Excel. Đọc bằng lệnh read.")
    if b"\0" in data[:4]:  # one letter in two bytes, with a mark before it or without
        raise BadFile(f"{name}: tệp đang ở dạng UTF-16. Lưu lại với mã hóa UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadFile(f"{name}: tệp không ở dạng UTF-8. Lưu lại với mã hóa UTF-8.") from fault
    if not text.strip():
        raise BadFile(f"{name}: tệp trống.")
    return unicodedata.normalize("NFC", text)


def _structure(text: str) -> Any:
    if text.lstrip()[:1] in {"{", "["}:
        return _Json(text).decode(text)
    return yaml.load(text, _Loader)  # noqa: S506  the loader is a SafeLoader


def _is_too_deep(told: Any) -> bool:
    level = [told]
    for _ in range(DEEPEST):
        level = [
            one
            for part in level
            if isinstance(part, Mapping | list)
            for one in (part.values() if isinstance(part, Mapping) else part)
        ]
    return any(isinstance(part, Mapping | list) for part in level)


_UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _words(told: Any) -> Iterator[str]:
    """Every name and every text, so far as it is one."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        for key, one in told.items():
            yield str(key)
            yield from _words(one)
    elif isinstance(told, list):
        for one in told:
            yield from _words(one)


def _where(fault: Exception) -> str:
    if isinstance(fault, RecursionError):
        return f"Có phần lồng nhau hơn {DEEPEST} cấp."
    if "integer string conversion" in str(fault):
        return "Có số quá lớn."
    mark = getattr(fault, "problem_mark", None)
    line = mark.line + 1 if mark is not None else getattr(fault, "lineno", None)
    problem = getattr(fault, "problem", "")
    hint = {
        "alias": " Không dùng “*” và “&”; giá trị có dấu này đặt trong ngoặc kép.",
        "key": " Tên mục phải là chữ.",
    }
    if "mapping values" in str(problem):
        hint[problem] = " Lời có dấu hai chấm đặt trong ngoặc kép."
    return (f"Xem dòng {line}." if line else "Xem lại cách viết.") + hint.get(problem, "")


def lines_of(told: Any) -> dict[str, int]:
    """The line each code first stands on, as far as the file tells lines."""
    found: dict[str, int] = {}
    for part in _mappings(told):
        line = getattr(part, "line", 0)
        if line and isinstance(part.get("code"), str):
            found.setdefault(part["code"].strip(), line)
    return found


def _mappings(told: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(told, Mapping):
        yield told
        for one in told.values():
            yield from _mappings(one)
    elif isinstance(told, list):
        for one in told:
            yield from _mappings(one)
