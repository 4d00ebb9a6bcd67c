"""The house keeps its own law: the order of areas, the words, the size of modules, addresses and pages."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import rules
from django.apps import apps
from django.conf import settings
from django.db.models import Field, Model
from django.urls import URLPattern, URLResolver, get_resolver

from thidua.base.audit.acts import ACTS
from thidua.desk.menu import MENU
from thidua.desk.wording import SENTENCES

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
AREAS: list[str] = settings.AREAS
LONGEST_MODULE = 400
MODULES = sorted(path for path in (ROOT / "thidua").rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(path for path in (ROOT / "thidua").rglob("*.html") if "templates" in path.parts)


def tracked(*patterns: str) -> list[Path]:
    """Files that git keeps; those on disk where there is no git."""
    try:
        told = subprocess.run(["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("cần git để biết tệp nào thuộc kho")
    found = [ROOT / name for name in told.stdout.decode().splitlines()]
    return [path for path in found if path.is_file()]


def where(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- The order of areas stands the same in five places -----------------------------------------


def contract(name: str) -> list[str]:
    """The layers of an import contract from the ground up, without the marks of optional ones."""
    found = next(c for c in PYPROJECT["tool"]["importlinter"]["contracts"] if c["id"] == name)
    return [layer.strip("()") for layer in reversed(found["layers"])]


def order_by_contract() -> list[str]:
    """Every area of the map, those to come too, from the ground up."""
    inner = {name: contract(name) for name in ("base", "emulation", "commendation")}
    return [
        f"thidua.{area}" + (f".{part}" if part else "")
        for area in contract("areas")
        for part in inner.get(area, [""])
    ]


def test_settings_follow_the_contract() -> None:
    order = order_by_contract()
    assert [area for area in order if area in AREAS] == AREAS


def test_every_application_is_an_area() -> None:
    folders = {path.parent for path in (ROOT / "thidua").rglob("apps.py")}
    assert {".".join(folder.relative_to(ROOT).parts) for folder in folders} == set(AREAS)


def test_the_map_follows_the_contract() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text().split("| area |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| `([a-z/]+)` \|", text, flags=re.MULTILINE)
    assert [f"thidua.{row.strip('/').replace('/', '.')}" for row in rows] == order_by_contract()


def test_addresses_follow_the_order_of_areas() -> None:
    included = [
        entry.urlconf_module.__name__.removesuffix(".urls")
        for entry in get_resolver().url_patterns
        if isinstance(entry, URLResolver) and hasattr(entry.urlconf_module, "__name__")
    ]
    assert included == [area for area in AREAS if find_spec(f"{area}.urls")]


def test_the_menu_follows_the_year() -> None:
    areas = [item.area for item in MENU]
    names = [area.rsplit(".", 1)[-1] for area in AREAS]
    assert set(areas) <= set(names)
    of_year = [item.area for item in MENU if item.of_year]
    assert of_year == [name for name in names if name in of_year]
    assert areas[: len(of_year) + 1] == ["desk", *of_year]


# --- Nothing points upward ----------------------------------------------------------------------


def own_models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if area_of(model)]


def area_of(model: type[Model]) -> str:
    return next((area for area in AREAS if model.__module__.startswith(f"{area}.")), "")


def relations(model: type[Model]) -> Iterator[tuple[str, type[Model]]]:
    for field in model._meta.get_fields(include_hidden=True):
        if isinstance(field, Field) and isinstance(field.related_model, type):
            yield field.name, field.related_model


def test_no_model_points_upward() -> None:
    upward = [
        f"{model._meta.label}.{name} → {to._meta.label}"
        for model in own_models()
        for name, to in relations(model)
        if area_of(to) and AREAS.index(area_of(to)) > AREAS.index(area_of(model))
    ]
    assert upward == []


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


# Doors made to be used from above: everything else of a form or a view is its area's own.
DOORS = (
    "thidua.base.",
    "thidua.emulation.clusters.views.shared",
    "thidua.documents.views.paper_response",
    "thidua.documents.views.file_response",
    "thidua.organisations.views.shared",
    "thidua.portal.views.front",
)
PAGES = re.compile(r"^(thidua(?:\.\w+)+?)\.(?:forms|views)\b")


def test_forms_and_views_stay_within_their_area() -> None:
    strays = []
    for path in MODULES:
        here = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for name in imports(path):
            found = PAGES.match(name)
            door = any(name.startswith(door) or door.startswith(f"{name}.") for door in DOORS)
            if found and not here.startswith(f"{found[1]}.") and not door:
                strays.append(f"{here} ← {name}")
    assert strays == []


# --- Words -------------------------------------------------------------------------------------

VIETNAMESE = re.compile(r"[À-ỹĐđ]")


def concepts() -> list[type[Model]]:
    """Models with a name of their own: not the tables of history, nor those between two others."""
    return [
        model
        for model in own_models()
        if not model._meta.auto_created
        and not hasattr(model, "pgh_obj")
        and not hasattr(model, "pgh_event_model")
    ]


def test_every_model_stands_in_the_glossary() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text()
    named = set(re.findall(r"`(\w+)`", glossary))
    missing = [
        model.__name__
        for model in concepts()
        if model.__name__ not in named and not model.__name__.endswith("Event")
    ]
    assert missing == []


def test_every_class_of_the_glossary_exists() -> None:
    rows = [line for line in (ROOT / "docs/glossary.md").read_text().splitlines() if line.startswith("| ")]
    named = {name for line in rows for name in re.findall(r"`([A-Z]\w+)`", line.split("|")[2])}
    defined = {
        node.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
    }
    assert named - defined == set()


def test_models_say_their_vietnamese_term() -> None:
    silent = [
        model.__name__
        for model in concepts()
        if not model.__name__.endswith("Event")
        and not (VIETNAMESE.search(str(model._meta.verbose_name)) and VIETNAMESE.search(model.__doc__ or ""))
    ]
    assert silent == []


def test_every_act_has_its_permission_and_its_sentence() -> None:
    assert [verb for verb in ACTS if not rules.perm_exists(verb)] == []
    assert set(SENTENCES) == set(ACTS)
    assert [verb for verb, sentence in SENTENCES.items() if not VIETNAMESE.search(sentence)] == []


def test_acts_bear_the_name_of_their_area() -> None:
    astray = [verb for verb, act in ACTS.items() if f".{verb.split('.')[0]}." not in act.run.__module__]
    assert astray == []


# --- Addresses ---------------------------------------------------------------------------------


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every route: its name and its address."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield entry.name or "", prefix + str(entry.pattern)


def test_addresses_are_vietnamese_without_accents() -> None:
    kebab = re.compile(r"(<(int|slug|str|path|scope):[a-z0-9_]+>|[a-z]+(-[a-z]+)*|[-.])*")
    names = re.compile(r"[a-z]+(_[a-z0-9]+)*")
    english = {
        "new",
        "edit",
        "delete",
        "list",
        "report",
        "ballot",
        "cycle",
        "cluster",
        "add",
        "view",
        "admin",
    }
    for name, address in addresses():
        assert names.fullmatch(name), address
        assert all(kebab.fullmatch(word) for word in address.split("/")), address
        plain = re.sub(r"<[^>]*>", "", address)
        assert not english & set(re.split(r"[/.-]", plain)), address


# --- Small grain, and nothing left lying about ---------------------------------------------------


def test_modules_are_short() -> None:
    long = {
        where(path): count
        for path in MODULES
        if (count := len(path.read_text().splitlines())) >= LONGEST_MODULE
    }
    assert long == {}


def test_no_word_of_unfinished_work() -> None:
    unfinished = re.compile(r"\b(TODO|FIXME|XXX|raise NotImplementedError|breakpoint\(\))")
    spoken = re.compile(r"^[ ]*print\(", re.MULTILINE)
    assert [where(path) for path in MODULES if unfinished.search(path.read_text())] == []
    quiet = [path for path in MODULES if path.name != "__main__.py"]  # a command answers on the terminal
    assert [where(path) for path in quiet if spoken.search(path.read_text())] == []


def test_pages_carry_no_style_and_no_script_of_their_own() -> None:
    style = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:")
    script = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")")
    assert [where(path) for path in TEMPLATES if style.search(path.read_text())] == []
    assert [where(path) for path in TEMPLATES if script.search(path.read_text())] == []


def test_no_address_of_a_machine_or_a_registry() -> None:
    foreign = re.compile(
        r"/(work|tmp|root|home/\w+)/|pypi\.org|pythonhosted|npmjs|registry\.|jsdelivr|unpkg|\.\./shared"
    )
    here = Path(__file__)
    suffixes = {".py", ".md", ".toml", ".lock", ".json", ".html", ".css", ".js", ".mjs", ".yaml", ".txt", ""}
    told = [
        f"{where(path)}: {line.strip()[:80]}"
        for path in tracked()
        if path != here and path.suffix in suffixes
        for line in path.read_text(errors="ignore").splitlines()
        if foreign.search(line)
    ]
    assert told == []


def test_the_lock_holds_every_dependency() -> None:
    asked = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=! ]", line)[0].lower().replace("_", "-") for line in asked}
    locked = set(
        re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(), flags=re.MULTILINE)
    )
    assert names - locked == set()


def test_the_readme_names_commands_that_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    named = set(re.findall(r"`?make ([a-z]+)", (ROOT / "README.md").read_text()))
    assert {"run", "test"} <= named <= targets


def test_links_of_the_documents_lead_somewhere() -> None:
    broken = [
        f"{where(path)} → {link}"
        for path in tracked("*.md")
        for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text())
        if not (path.parent / link).exists()
    ]
    assert broken == []
