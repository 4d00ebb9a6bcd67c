"""The voter's client in a real browser: the device's key, what is kept between visits, a picture to show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.voting.ballot_box.forgeries import retold, small
from tests.voting.ballot_box.world import Meeting
from thidua.voting.ballot_box.ballots import inspect_ballot
from thidua.voting.ballot_box.board import Decision
from tools import front

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with nothing but the client."""
    folder = tmp_path_factory.mktemp("client")
    entry = str(ROOT / "thidua/voting/frontend/client/index.js")
    words = ["--bundle", "--format=iife", "--global-name=phieukin", f"--outfile={folder / 'client.js'}"]
    front.node("node_modules/esbuild/bin/esbuild", entry, "--log-level=error", *words)
    page = folder / "page.html"
    page.write_text('<!doctype html><title>Thử</title><script src="client.js"></script>', encoding="utf-8")
    return page


@pytest.fixture
def page(browser: Browser, bundle: Path) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(bundle.as_uri())
    yield page
    context.close()


def told(page: Page, script: str, *given: Any) -> Any:
    return page.evaluate(f"async (given) => {{ const it = phieukin; {script} }}", list(given))


DEVICE = """
  const signer = await it.deviceSigner("hop-1");
  return { key: it.hex(signer.key), locked: signer.locked, had: await it.hasDeviceKey("hop-1") };
"""


def enrolled(page: Page) -> Meeting:
    """The device's key is the first line of the roll."""
    meeting = small()
    key = told(page, DEVICE)["key"]
    roll = [{"key": key, "unit": ""}, {"key": meeting.manifest.told["roll"][1]["key"], "unit": ""}]
    return retold(meeting, roll=roll)


def test_the_device_key_stays_and_cannot_be_read_out(page: Page) -> None:
    first = told(page, DEVICE)
    page.reload()
    assert told(page, DEVICE) == first == {"key": first["key"], "locked": True, "had": True}
    kept = told(
        page, 'const kept = await it.store.get("device:hop-1"); return kept.pair.privateKey.extractable;'
    )
    assert kept is False
    told(page, 'await it.forgetDeviceKey("hop-1");')
    assert told(page, DEVICE)["key"] != first["key"]


def test_a_browser_without_ed25519_says_that_the_key_is_only_stored(page: Page) -> None:
    told(page, 'SubtleCrypto.prototype.generateKey = async () => { throw new Error("unknown"); };')
    first = told(page, DEVICE)
    assert first["locked"] is False
    page.reload()
    assert told(page, DEVICE)["key"] == first["key"]


def test_what_the_device_signs_the_server_takes(page: Page) -> None:
    meeting = enrolled(page)
    made = told(
        page,
        """
        const manifest = it.readManifest(it.unhex(given[0]));
        const signer = await it.deviceSigner("hop-1");
        const ballot = await it.makeBallot(manifest, signer, 1, [[0, 1]]);
        const decision = await it.makeDecision(manifest, signer, "cast", ballot.hash);
        return { ballot: it.hex(ballot.bytes), tracker: ballot.tracker, decision: it.hex(decision) };
        """,
        meeting.manifest.data.hex(),
    )
    ballot = inspect_ballot(meeting.manifest, bytes.fromhex(made["ballot"]))
    assert ballot.tracker == made["tracker"]
    decision = Decision(bytes.fromhex(made["decision"]))
    assert decision.is_signed()
    assert decision.ballot == ballot.hash


def test_a_trustee_who_closed_the_browser_goes_on(page: Page) -> None:
    begun = told(
        page,
        """
        const made = it.begin("hop-1", 1, 3, 2);
        await it.store.put("trustee:hop-1", made.secret);
        return { key: String(made.secret.transport), print: made.fingerprint };
        """,
    )
    page.reload()
    kept = told(page, 'return String((await it.store.get("trustee:hop-1")).transport);')
    assert kept == begun["key"]
    picture = told(page, "return it.qrSvg(given[0]);", begun["print"])
    assert picture.startswith("<svg")
    assert "<script" not in picture
