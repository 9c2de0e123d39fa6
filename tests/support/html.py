"""Quick checks of a page that need no browser: what a screen reader trips over, what the policy of contents refuses."""

from html.parser import HTMLParser

CONTROLS = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}


class Page(HTMLParser):
    def __init__(self, html: str):
        super().__init__()
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.controls: list[dict] = []
        self.headings: list[str] = []
        self.inline: list[str] = []
        self.described: list[str] = []
        self.links: list[str] = []
        self.lang = ""
        self.whole = "<html" in html  # else a fragment that htmx puts into a page
        self._label_depth = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag == "label":
            self._label_depth += 1
            if "for" in given:
                self.labels.add(given["for"])
        if tag in CONTROLS and given.get("type", "text") not in UNLABELLED_TYPES:
            self.controls.append({**given, "inside": bool(self._label_depth)})
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(tag)
        if "style" in given or any(name.startswith("on") for name in given) or (tag == "script" and "src" not in given):
            self.inline.append(f"<{tag} {attrs}>")
        for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
            self.described += (given.get(name) or "").split()
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])

    def handle_endtag(self, tag):
        if tag == "label":
            self._label_depth -= 1

    def faults(self) -> list[str]:
        """What is wrong with the page, in words; nothing when all is well."""
        wrong = []
        if self.whole and self.lang not in {"fr-CA", "en-CA", "en"}:
            wrong.append(f"language {self.lang!r}")
        if self.whole and self.headings.count("h1") != 1:
            wrong.append(f"{self.headings.count('h1')} h1")
        twice = {one for one in self.ids if self.ids.count(one) > 1}
        if twice:
            wrong.append(f"ids used twice: {sorted(twice)}")
        for control in self.controls:
            named = control.get("id") in self.labels or control["inside"] or "aria-label" in control
            if not named and "aria-labelledby" not in control:
                wrong.append(f"no label: {control.get('name')}")
        missing = set(self.described) - set(self.ids)
        if missing:
            wrong.append(f"described by what is not there: {sorted(missing)}")
        inside = {link[1:] for link in self.links if link.startswith("#") and len(link) > 1} - set(self.ids)
        if inside:
            wrong.append(f"links to what is not there: {sorted(inside)}")
        return wrong + self.inline


def faults(response) -> list[str]:
    if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
        return Page(response.content.decode()).faults()
    return []
