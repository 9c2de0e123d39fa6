"""The catalogues of locale/: French is the source, so its own catalogue only says how it counts; English is by hand.

In French zero is singular. Without a French catalogue Django would use the English rule and print « 0 demandes ».
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGES = ("alliances", "regions", "projects", "reporting")
_PLURAL_CALLS = {"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"}
_SINGLE_CALLS = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy"}
_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CHANGING = re.compile(r'"(?:POT-Creation|PO-Revision|Last-Tr|Language-Team|Report-Msgid|Generated-By|Project-Id)')
_TEMPLATE_PLURAL = re.compile(rf"\bngettext\(({_LITERAL}),\s*({_LITERAL})", re.S)
_TEMPLATE_SINGLE = re.compile(rf"(?<![\w.])(?:_|gettext)\(({_LITERAL})\)", re.S)


def _python(root: Path) -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((root / package).rglob("*.py"))


def _texts(call: ast.Call) -> list[str]:
    return [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]


def _calls(root: Path, names: set[str]) -> Iterator[tuple[str, ast.Call]]:
    for path in _python(root):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in names:
                    yield name, node


def _templates(root: Path) -> Iterator[str]:
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            yield templatize(path.read_text(encoding="utf-8"))


def plurals(root: Path) -> list[tuple[str, str]]:
    """Every (singular, plural) of the code and the templates, without repeats."""
    found = {}
    for name, call in _calls(root, _PLURAL_CALLS):
        texts = _texts(call)[1 if name.startswith("np") else 0 :]
        if len(texts) >= 2:
            found[texts[0]] = texts[1]
    for source in _templates(root):
        for singular, plural in _TEMPLATE_PLURAL.findall(source):
            found[ast.literal_eval(singular)] = ast.literal_eval(plural)
    return sorted(found.items())


def sources(root: Path) -> list[str]:
    """Every message id, singular and plural, without repeats."""
    found = {text for pair in plurals(root) for text in pair}
    for name, call in _calls(root, _SINGLE_CALLS):
        texts = _texts(call)
        if texts:
            found.add(texts[-1] if name.startswith("p") else texts[0])
    for source in _templates(root):
        found.update(ast.literal_eval(text) for text in _TEMPLATE_SINGLE.findall(source))
    return sorted(found)


def french(root: Path) -> Catalog:
    """The identity for every plural, with the rule of French."""
    catalogue = Catalog(
        locale="fr", project="Portail des Alliances", fuzzy=False, charset="utf-8", header_comment="# French counts."
    )
    catalogue._num_plurals, catalogue._plural_expr = 2, "(n > 1)"
    for singular, plural in plurals(root):
        catalogue.add((singular, plural), string=(singular, plural))
    return catalogue


def write(root: Path) -> list[Path]:
    """Write locale/fr anew from the sources, and compile every catalogue; the files written."""
    folder = root / "locale/fr/LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO()
    write_po(text, french(root), width=0, sort_output=True)
    # Nothing that changes with the hour or the version: the same sources give the same file.
    kept = [line for line in text.getvalue().decode().splitlines() if not _CHANGING.match(line)]
    (folder / "django.po").write_text("\n".join(kept) + "\n", encoding="utf-8")
    written = [folder / "django.po"]
    for path in sorted((root / "locale").glob("*/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parts[-3])
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
        written.append(path.with_suffix(".mo"))
    return written
