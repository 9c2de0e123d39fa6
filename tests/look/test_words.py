"""How the portal speaks: states, messages, typography, words never used, counting in French."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import gettext, ngettext, override

from alliances.look import catalogues, messages, states, tones
from alliances.look.typography import typeset, typeset_python, typeset_template
from alliances.people.adapter import AccountAdapter, MFAAdapter

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"})

LABELS = {
    "call": "En préparation|À venir|Ouvert|Fermé|Décisions rendues|Archivé",
    "application": "Brouillon|Déposée|À corriger|Corrigée|Admissible|Non admissible|À l’étude par le comité|"
    "Recommandation faite|Acceptée|Acceptée avec conditions|Sur la liste d’attente|Refusée|Retirée",
    "project": "Brouillon|Accepté|Entente à signer|En cours|Suspendu|Terminé|Fermé|Annulé",
    "award": "Demandé|Approuvé|Refusé|Retiré",
    "instalment": "Prévu|Dû|Bloqué|Demandé|Approuvé|Versé|Retourné par la banque|Annulé",
    "plan": "Brouillon|Transmis|À corriger|Accepté",
    "amendment": "Brouillon|Transmis|À corriger|Accepté",
    "report": "Brouillon|Transmis|À corriger|Accepté",
    "accountability": "En préparation|Transmise|Précisions demandées|Retournée|Acceptée",
    "agreement": "En préparation|En approbation|Signée|En vigueur|Prolongée|En fermeture|Fermée|Résiliée",
    "contribution": "Promise|Confirmée|Reçue",
    "score": "À faire|En cours|Verrouillée|Retrait",
    "invitation": "Envoyée|Acceptée|Expirée|Annulée",
    "file": "En analyse|Prêt|Refusé|Non analysé|En quarantaine",
    "notice": "En file|Envoi en cours|Envoyé|Remis|Non remis",
    "job": "En attente|En préparation|Prêt|Échec|Annulé|Interrompu",
}
CODES = {
    "project": "draft approved to_sign in_progress suspended completed closed cancelled",
    "award": "requested approved declined withdrawn",
    "instalment": "planned due blocked requested approved paid returned cancelled",
    "contribution": "promised confirmed received",
    "job": "queued running done failed cancelled",
    "invitation": "sent accepted expired cancelled",
    "notice": "queued sending sent failed",
    "agreement": "draft in_approval signed active extended closing closed terminated",
    "accountability": "draft submitted questions returned accepted",
}
# Words of the guide that are never written; « item » and the like only as whole words.
NEVER = re.compile(
    r"\b(?:oups|bravo|félicitations|veuillez patienter|champs? requis|éligibles?|canceller|mail|login|"
    r"cliquez|uploader|année fiscale|finaliser|au niveau de|utilisat(?:eurs?|rices?)|usagers?|bénéficiaires?|"
    r"démunis|chômeurs?|suite à|à date|se loguer|e-mail|soumettre|illégale?s?|non autorisée?s?|vous avez omis|"
    r"manquement|il est à noter|null|undefined)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("kind", sorted(LABELS))
def test_every_state_has_its_label(kind):
    assert "|".join(str(item.label) for item in states.REGISTRY[kind].values()) == LABELS[kind]
    assert set(states.REGISTRY) == set(LABELS)


@pytest.mark.parametrize("kind", sorted(CODES))
def test_every_code_of_the_processes_is_known(kind):
    for code in CODES[kind].split():
        assert states.state(kind, code).tone in tones.TONES


def test_an_unknown_state_is_an_error():
    with pytest.raises(KeyError):
        states.state("project", "lost")


def test_every_icon_of_a_state_is_drawn():
    sprite = (ROOT / "static/portal/icons.svg").read_text()
    for kind in states.REGISTRY.values():
        for item in kind.values():
            assert f'id="i-{item.icon}"' in sprite


def test_a_sentence_is_told_with_its_figures():
    told = states.state("report", "returned").tell("mine", count=1)
    assert told == "Retourné avec 1 commentaire."
    assert states.state("report", "returned").tell("mine", count=3) == "Retourné avec 3 commentaires."
    with pytest.raises(KeyError):
        states.state("project", "cancelled").tell("staff")


def test_every_error_has_one_message():
    assert sorted(messages.MESSAGES) == [f"E{number:02d}" for number in range(1, 94)]


def test_every_message_can_be_filled():
    class Any(dict):
        def __missing__(self, key):
            return 2

    for code, text in messages.MESSAGES.items():
        filled = text % Any()
        assert "%(" not in filled, code
        assert "%%" not in filled, code
        assert filled.endswith((".", "2")), code


def test_a_missing_figure_is_an_error():
    with pytest.raises(KeyError):
        messages.text("E50")


def test_in_french_zero_is_singular():
    with override("fr-ca"):
        for count, words in ((0, "0 renseignement est"), (1, "1 renseignement est"), (2, "2 renseignements sont")):
            assert (messages.SUMMARY % {"count": count}).startswith(words)
        singular, plural = catalogues.plurals(ROOT)[0]
        assert ngettext(singular, plural, 0) == singular


def test_the_french_catalogue_is_up_to_date():
    known = (ROOT / "locale/fr/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    for singular, _plural in catalogues.plurals(ROOT):
        assert singular.replace('"', '\\"').split("\n")[0] in known, f"run `manage.py catalogues`: {singular}"


def test_english_can_be_switched_on():
    with override("en"):
        assert gettext("Fermer la session") == "Sign out"
        assert gettext("Cette phrase n’est pas traduite.") == "Cette phrase n’est pas traduite."


def test_sign_in_speaks_our_french():
    for adapter in (AccountAdapter, MFAAdapter):
        inherited = adapter.__base__.error_messages
        ours = [text for key, text in adapter.error_messages.items() if text is not inherited.get(key)]
        assert ours
        for text in ours:
            assert not NEVER.search(str(text))
            assert typeset(str(text)) == str(text)


def test_message_ids_keep_the_typography():
    wrong = {text: typeset(text) for text in catalogues.sources(ROOT) if typeset(text) != text}
    assert not wrong


def test_message_ids_use_no_forbidden_word():
    found = {text: NEVER.search(text).group() for text in catalogues.sources(ROOT) if NEVER.search(text)}
    assert not found


def visible(path):
    """What a template lets one read: its texts, with a mark where a value comes."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.S)
    text = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.S)
    texts = re.findall(r"""(?:trans|translate) (?:"([^"]*)"|'([^']*)')""", text)
    text = re.sub(r"\{\{.*?\}\}", "¤", text, flags=re.S)
    labels = re.findall(r"""\b(?:title|label|aria-label|note|hint|caption|alt)="([^"{]*)\"""", text)
    text = re.sub(r"\{%.*?%\}", "", text, flags=re.S)
    text = re.sub(r"<[^>]*>", "\n", text)
    return [part for pair in texts for part in pair] + labels + text.split("\n")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_keep_the_typography(path):
    source = path.read_text(encoding="utf-8")
    assert typeset_template(source) == source, "run `manage.py typeset`"
    for text in visible(path):
        assert not NEVER.search(text), text


def test_the_rules_of_typography_fire():
    n = "\u00a0"
    for wrong, right in (
        ("l'appel", "l’appel"),
        ("Objet : x", f"Objet{n}: x"),
        ("« oui »", f"«{n}oui{n}»"),
        ("40 %", f"40{n}%"),
        ("90 %% du coût", f"90{n}%% du coût"),
        ("1 234 567,89 $", f"1{n}234{n}567,89{n}$"),
        ("26,1 M$", f"26,1{n}M$"),
        ("le 21 mai 2021 à 13 h 05", f"le 21{n}mai 2021 à 13{n}h{n}05"),
        ("le 1er avril", f"le 1er{n}avril"),
        ("Voulez-vous ?", "Voulez-vous?"),
        ("attente...", "attente…"),
    ):
        assert typeset(wrong) == right
        assert typeset(right) == right
    assert NEVER.search("Vous n’êtes pas éligible")
    assert typeset("http://localhost:8000") == "http://localhost:8000"
    assert typeset_template("<p>{{ x }} : l'été</p>") == f"<p>{{{{ x }}}}{n}: l’été</p>"
    assert typeset_template("<c-x label=\"{% trans 'a' %}\" />") == "<c-x label=\"{% trans 'a' %}\" />"
    assert typeset_template('<p class="{% if n >= 40 %}a{% endif %}">') == '<p class="{% if n >= 40 %}a{% endif %}">'
    assert typeset_template("{% if x == 'd' %}{% trans \"l'an\" %}{% endif %}") == (
        "{% if x == 'd' %}{% trans \"l’an\" %}{% endif %}"
    )
    assert typeset_python("x = _('40 %')\ny = 'l 40 %'\n") == f"x = _('40{n}%')\ny = 'l 40 %'\n"
