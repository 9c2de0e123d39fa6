"""A real Chromium, and axe in it: what the portal's pages look like to those who use them with a screen reader."""

import json
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, sync_playwright

AXE = (Path(__file__).resolve().parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
]


class Chromium:
    """Use as a context manager; `tab(session)` gives a tab of a signed-in person, or of nobody."""

    def __enter__(self):
        self._playwright = sync_playwright().start()
        self.browser = self._playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        return self

    def __exit__(self, *error):
        self.browser.close()
        self._playwright.stop()

    def context(self, address: str, client=None, width: int = 1280) -> BrowserContext:
        context = self.browser.new_context(viewport={"width": width, "height": 900}, locale="fr-CA", bypass_csp=False)
        if client is not None:
            cookies = [{"name": name, "value": m.value, "url": address} for name, m in client.cookies.items()]
            context.add_cookies(cookies)
        return context


def look(page: Page, address: str) -> list[str]:
    """Open a page and say everything that is wrong with it: axe, the console, sideways scroll."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    try:
        answer = page.goto(address)
    except Error as error:
        return [error.message.splitlines()[0]]
    if answer is None or answer.status >= 400:
        return [f"status {answer and answer.status}"]
    return told + inspect(page)


def inspect(page: Page) -> list[str]:
    # The driver's own evaluation is outside the page's policy, as an assistive tool is.
    page.evaluate(AXE)
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", TAGS
    )
    wrong = []
    for violation in found["violations"]:
        nodes = [" ".join(map(str, node["target"])) for node in violation["nodes"][:3]]
        wrong.append(f"{violation['id']}: {violation['help']} {json.dumps(nodes)}")
    width, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    if width > room:
        wrong.append(f"scrolls sideways: {width} in {room}")
    return wrong
