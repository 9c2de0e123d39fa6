"""The documents say what the code does: every command, setting, move and role where one would look for it."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from alliances.look.typography import typeset
from alliances.people.enums import AllianceRole, MinistryRole, OrganisationRole
from alliances.workflow.engine import Workflow
from tests.shape.test_compose import ADMINISTRATOR, FILE, VARIABLE, read_by_settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]
FRENCH = [*sorted(DOCS.glob("guide-*.md")), DOCS / "exploitation.md"]
PACKAGES = ("alliances", "regions", "projects", "reporting")
COMMANDS = sorted(
    path.stem
    for package in PACKAGES
    for path in (ROOT / package / "management" / "commands").glob("*.py")
    if path.stem != "__init__"
)
FLOWS = [
    flow
    for path in sorted(ROOT.glob("*/*/workflow.py"))
    for flow in vars(import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))).values()
    if isinstance(flow, Workflow)
]
# The words of the guide on wording that are never written, in prose.
NEVER = re.compile(
    r"\b(?:oups|bravo|félicitations|veuillez patienter|invalides?|illégale?s?|interdite?s?|non autorisée?s?|"
    r"champs? requis|null|undefined|éligibles?|appliquer|soumettre|compléter|rencontrer un critère|canceller|à date|"
    r"suite à|support|mail|e-mail|login|cliquez|uploader|balance|année fiscale|items?|finaliser|initier|focus|"
    r"au niveau de|utilisat(?:eur|rice)s?|usagers?|bénéficiaires?|clientèle vulnérable|démunis|chômeurs?|manquement|"
    r"vous avez omis|comme mentionné|il est à noter|prochainement|sous peu|le système|la plateforme|"
    r"l’application(?! d’authentification))\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"^ *```.*?^ *```|`[^`\n]*`|\]\([^)\s]*\)", re.DOTALL | re.MULTILINE)


def name(path: Path) -> str:
    return path.name


def prose(path: Path) -> str:
    """The text of a page without its code and the targets of its links."""
    return _CODE.sub("¤", path.read_text(encoding="utf-8"))


def table(path: Path, head: str) -> set[str]:
    """Names in code of the first column of the table whose first column is called `head`."""
    text = path.read_text(encoding="utf-8")
    rows = text[text.index(f"| {head} |") :].split("\n\n")[0].splitlines()[2:]
    return {found for row in rows for found in re.findall(r"`(\w+)`", row.split("|")[1])}


def anchors(path: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_told(command):
    told = table(DOCS / "exploitation.md", "Commande") | table(DOCS / "development.md", "our command")
    assert command in told


def test_no_command_is_told_that_is_not_there():
    assert table(DOCS / "exploitation.md", "Commande") | table(DOCS / "development.md", "our command") <= set(COMMANDS)


def test_the_table_of_configuration_is_what_the_settings_read():
    told = table(DOCS / "exploitation.md", "Variable")
    assert told == read_by_settings() | {ADMINISTRATOR}


def test_every_variable_of_compose_is_told():
    text = (DOCS / "exploitation.md").read_text(encoding="utf-8")
    for variable in {match[0] for match in VARIABLE.findall(FILE.read_text())}:
        assert variable in text or variable.endswith("_IMAGE"), variable


def test_every_secret_is_told():
    text = (DOCS / "exploitation.md").read_text(encoding="utf-8")
    for secret in re.findall(r"file: \./secrets/(\w+)", FILE.read_text()):
        assert f"`{secret}`" in text, secret


def test_there_are_flows():
    assert {flow.kind for flow in FLOWS} >= {"project", "award", "payment"}


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.kind)
def test_every_move_is_in_the_guide_of_who_makes_it(flow):
    guides = " ".join((DOCS / "guide-mandataire.md").read_text(encoding="utf-8").split())
    for move in flow.moves.values():
        assert f"« {move.label} »" in guides.replace("\u00a0", " "), move.name


@pytest.mark.parametrize(
    ("roles", "guides"),
    [
        (AllianceRole, ("guide-mandataire.md", "guide-comite.md")),
        (MinistryRole, ("guide-ministere.md",)),
        (OrganisationRole, ("guide-promoteur.md",)),
    ],
    ids=["alliance", "ministry", "organisation"],
)
def test_every_role_is_told(roles, guides):
    text = "".join((DOCS / guide).read_text(encoding="utf-8") for guide in guides)
    for role in roles:
        assert role.label in text, role


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        file, _, anchor = target.partition("#")
        assert "://" not in target, target
        found = (path.parent / file).resolve() if file else path
        assert found.exists(), target
        assert not anchor or anchor in anchors(found), target


@pytest.mark.parametrize("path", FRENCH, ids=name)
def test_french_pages_write_no_forbidden_word(path):
    found = NEVER.search(prose(path))
    assert not found, found


def test_the_forbidden_words_fire():
    for words in ("un projet éligible", "Soumettre", "l’application est lente", "votre login"):
        assert NEVER.search(words), words
    assert not NEVER.search("une clé ou l’application d’authentification")


@pytest.mark.parametrize("path", FRENCH, ids=name)
def test_french_pages_keep_the_typography(path):
    for line in prose(path).splitlines():
        assert typeset(line) == line


def test_the_map_stays_one_page():
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) <= 150


def test_the_map_names_every_room():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for package in PACKAGES for path in (ROOT / package).glob("*/__init__.py")}
    for room in rooms - {"migrations", "management", "templatetags"}:
        assert re.search(rf"\b{room}\b", text), room


def test_the_first_page_has_the_two_commands_and_light_pictures():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "script/server" in text
    assert "script/test" in text
    pictures = sorted((DOCS / "images").glob("*.png"))
    assert len(pictures) >= 4
    for picture in pictures:
        assert picture.name in text
        assert picture.stat().st_size <= 200_000, picture.name


def test_everything_vendored_has_its_licence_listed():
    text = (DOCS / "licences.md").read_text(encoding="utf-8")
    folders = [
        path for vendor in ("static/vendor", "tests/vendor") for path in (ROOT / vendor).iterdir() if path.is_dir()
    ]
    for folder in [*folders, ROOT / "script/vendor", ROOT / "reporting/documents/fonts"]:
        assert f"`{folder.relative_to(ROOT)}/`" in text, folder
