"""What a page must never do while someone walks through it: break the policy, fail, shut people out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

REPORT_POLICY = """addEventListener('securitypolicyviolation', event =>
    policyBroken(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))"""
SERIOUS = {"serious", "critical"}
SERVER_ERROR = 500


@dataclass
class Watch:
    """Faults seen by one test, of all its pages. `expect` names those that the test provokes."""

    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Listen to every page of a browser context."""
        broken: Callable[..., None] = lambda _source, told: self.faults.append(f"CSP: {told}")  # noqa: E731
        context.expose_binding("policyBroken", broken)
        context.add_init_script(REPORT_POLICY)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("response", self._response)

    def expect(self, pattern: str) -> None:
        """A fault that this test means to see, such as the answer 404."""
        self.expected.append(pattern)

    def unexpected(self) -> list[str]:
        """What nobody asked for."""
        return [
            fault for fault in self.faults if not any(re.search(pattern, fault) for pattern in self.expected)
        ]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _response(self, response: Response) -> None:
        if response.status >= SERVER_ERROR:
            self.faults.append(f"{response.status}: {response.url}")


def barriers(page: Page) -> list[str]:
    """What axe finds serious or critical on the page as it stands, with the element it stands on."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{page.url} {one['id']} ({one['impact']}): {one['help']} – {' '.join(map(str, node['target']))}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than the window; it should never scroll sideways."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return max(0, wide)
