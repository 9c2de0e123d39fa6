"""What the demonstration says: no word that the portal never writes, typography of the house, no real number."""

import re

import pytest

from projects.demo.load import neq
from projects.demo.people import MINISTRY, PROMOTERS, accounts_of
from projects.demo.places import TOWNS, at, de
from projects.demo.words import THEMES, WEIGHTS, organisation_names

NEVER = re.compile(
    r"\b(oups|éligib\w*|appliqu\w*|soumett\w*|complét\w*|cancell\w*|support\w*|mails?|login|balance|items?|finalis\w*|initi\w*"
    r"|focus|utilisat\w*|usagers?|usagères?|bénéficiaires?|clientèle\w*|démunis?|chômeurs?|autochtones|système|plateforme"
    r"|invalide\w*|interdit\w*)\b|suite à|au niveau de|année fiscale|à date|·|!|'",
    re.IGNORECASE,
)
TEXTS = [text for themes in THEMES.values() for title, what, _, result, _ in themes for text in (title, what, result)]


@pytest.mark.parametrize("text", TEXTS)
def test_no_word_that_the_portal_never_writes(text):
    assert not NEVER.search(text)


def test_the_net_would_catch_one():
    assert NEVER.search("Support aux plus démunis")


def test_each_priority_has_themes():
    assert set(THEMES) == set(WEIGHTS)


def test_names_of_organisations_are_never_given_twice():
    names = organisation_names(0, 640)
    assert len(set(names)) == 640
    assert not [name for name in names if NEVER.search(name)]


def test_places_are_spoken_of_as_french_does():
    assert de("Amqui") == "d’Amqui"
    assert de("Le Granit") == "du Granit"
    assert de("Les Sources") == "des Sources"
    assert de("La Tuque") == "de La Tuque"
    assert at("Les Éboulements") == "aux Éboulements"
    assert len(TOWNS) == 105  # 104 territories and the communities


def test_artificial_numbers_pass_the_checksum():
    assert [neq(n) for n in (1, 2, 3, 4)] == ["1199000010", "1199000028", "1199000036", "1199000044"]


def test_no_two_accounts_share_an_address_or_a_name():
    people = [row for place in range(21) for row in accounts_of(f"a{place}", place)]
    people += [(email, first, last) for email, (first, last, _) in MINISTRY.items()]
    people += [(email, first, last) for email, first, last, *_ in PROMOTERS]
    assert len({email for email, *_ in people}) == len(people)
    assert len({(first, last) for _, first, last in people}) == len(people)
