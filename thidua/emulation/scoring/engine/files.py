"""Documents from YAML or JSON, without guesses, and where in the file each part stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from thidua.emulation.scoring.engine.told import BadFile

LARGEST = 5_000_000  # bytes of a file


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


def load(path: str | Path) -> Any:
    """What a file holds; raises BadFile."""
    return parse(bytes_of(path), str(path))


def bytes_of(path: str | Path) -> bytes:
    """The bytes of a file; raises BadFile."""
    try:
        return Path(path).read_bytes()
    except OSError as fault:
        raise BadFile(f"{path}: không mở được tệp ({fault.strerror}).") from fault


def write(document: Mapping[str, Any]) -> str:
    """A document as YAML, in the order of its keys."""
    return str(yaml.dump(document, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False, width=10_000))


def parse(data: bytes, name: str) -> Any:
    """What the bytes of a file hold; raises BadFile."""
    if len(data) > LARGEST:
        raise BadFile(f"{name}: tệp lớn hơn {LARGEST // 1_000_000} MB.")
    try:
        text = data.decode("utf-8-sig")
        if text.lstrip()[:1] in {"{", "["}:
            return json.loads(
                text, parse_float=Decimal, object_pairs_hook=lambda pairs: _fill(Lined(), pairs)
            )
        return yaml.load(text, _Loader)  # noqa: S506  the loader is a SafeLoader
    except BadFile as fault:
        raise BadFile(f"{name}: {fault}") from fault
    except UnicodeDecodeError as fault:
        raise BadFile(f"{name}: tệp phải ở dạng UTF-8.") from fault
    except (ValueError, yaml.YAMLError, RecursionError) as fault:
        raise BadFile(f"{name}: không đọc được. {_where(fault)}") from fault


def _where(fault: Exception) -> str:
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
