"""What the fields read, and what they answer to what they cannot read."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from alliances.look import fields, parsing

HUGE = "9" * 1_000_000


def code(field, value):
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    assert caught.value.messages
    return caught.value.error_list[0].code


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12345.67", "12345.67"),
        ("12345,67", "12345.67"),
        ("12 345,67", "12345.67"),
        ("12\u00a0345,67\u00a0$", "12345.67"),
        ("12\u202f345,67 $", "12345.67"),
        ("12 345", "12345.00"),
        ("$ 12", "12.00"),
        (",5", "0.50"),
        ("007", "7.00"),
        ("0", "0.00"),
        ("-0", "0.00"),
        ("999 999 999 999,99", "999999999999.99"),
    ],
)
def test_money_that_is_read(typed, value):
    assert fields.MoneyField().clean(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1e999", "E05"),
        ("NaN", "E05"),
        ("Infinity", "E05"),
        ("douze", "E05"),
        ("12 34", "E05"),
        ("٣٤", "E05"),
        ("1\x00", "E05"),
        ("\ud800", "E05"),
        ("12,345.67", "E06"),
        ("1.234,56", "E06"),
        ("12.345", "E06"),
        ("1.234.567", "E06"),
        ("12,345", "E07"),
        ("12,3456", "E07"),
        ("-5", "E08"),
        ("−5,00 $", "E08"),
        ("1234567890123", "E10"),
        (HUGE, "E10"),
        ("x" * 1_000_000, "E05"),
        (None, "required"),
        ("   ", "required"),
    ],
)
def test_money_that_is_refused(typed, expected):
    assert code(fields.MoneyField(), typed) == expected


def test_money_bounds():
    assert code(fields.MoneyField(allow_zero=False), "0,00") == "E09"
    assert code(fields.MoneyField(most=Decimal(100)), "100,01") == "E10"
    assert fields.MoneyField(allow_negative=True).clean("−5") == Decimal(-5)
    assert fields.MoneyField(required=False).clean("") is None


@given(st.text(max_size=80))
def test_money_never_fails_otherwise(typed):
    try:
        value = parsing.money(typed, allow_negative=True)
    except parsing.Refused:
        return
    assert value == value.quantize(Decimal("0.01"))
    assert abs(value) <= parsing.MONEY_MAX


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1,5", "E11"),
        ("1.5", "E11"),
        ("-1", "E11"),
        ("x", "E11"),
        (HUGE, "E10"),
        ("3000000000", "E10"),
        ("1\x00", "E11"),
    ],
)
def test_counts_refused(typed, expected):
    assert code(fields.CountField(), typed) == expected


def test_counts_read():
    assert fields.CountField().clean("1 234") == 1234
    assert fields.CountField().clean("0") == 0


@pytest.mark.parametrize("typed", ["101", "-1", "x", "12,345", HUGE, "1e2", "%"])
def test_percentages_refused(typed):
    assert code(fields.PercentField(), typed) == "E12"


def test_percentages_read():
    assert fields.PercentField().clean("12,5 %") == Decimal("12.50")
    assert fields.PercentField().clean("100") == Decimal(100)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-02-30", "E14"),
        ("2026-13-01", "E14"),
        ("0000-01-01", "E14"),
        ("01/02/2026", "E15"),
        ("demain", "E15"),
        ("2026-04-01\x00", "E15"),
        (HUGE, "E15"),
        ("1750-01-01", "E16"),
        ("9999-12-31", "E16"),
    ],
)
def test_days_refused(typed, expected):
    assert code(fields.DayField(), typed) == expected


def test_days_read():
    assert fields.DayField().clean(" 2026-04-01 ") == dt.date(2026, 4, 1)
    assert fields.DayField().clean("2026/4/1") == dt.date(2026, 4, 1)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a\x00b", "E04"),
        ("a\x07b", "E04"),
        ("a" + chr(0xD800), "E04"),
        ("a\ufffdb", "E04"),
        ("deux\nlignes", "E25"),
        ("x" * 201, "E03"),
        ("x" * 1_000_000, "E03"),
        ("", "required"),
        ("\u202e", "required"),
    ],
)
def test_lines_refused(typed, expected):
    assert code(fields.PlainTextField(max_length=200), typed) == expected


def test_lines_read():
    field = fields.PlainTextField(max_length=10)
    assert field.clean("  l'été\u202e ") == "l'été"
    assert field.clean("e\u0301te\u0301") == "été"
    assert field.clean("😀" * 10) == "😀" * 10
    assert fields.LongTextField().clean("a\r\nb") == "a\nb"


def test_too_long_says_by_how_much():
    with pytest.raises(ValidationError) as caught:
        fields.PlainTextField(max_length=500).clean("x" * 1512)
    assert caught.value.messages == [
        "Votre texte compte 1\u00a0512 caractères; le maximum est de 500. Retirez-en 1\u00a0012."
    ]


def test_required_names_the_thing():
    with pytest.raises(ValidationError) as caught:
        fields.PlainTextField(what="le titre du projet").clean("")
    assert caught.value.messages == ["Inscrivez le titre du projet."]


@pytest.mark.parametrize(
    "typed", ["1234567890", "119900001", "11990000100", "११99000010", "11x9000010", HUGE, "1199\x000000"]
)
def test_enterprise_numbers_refused(typed):
    assert code(fields.NEQField(), typed) == "E20"


def test_enterprise_numbers_read():
    assert fields.NEQField().clean("1199 0000 10") == "1199000010"
    assert parsing.neq_checksum_ok("1199000010")
    assert parsing.neq_checksum_ok("8899000028")
    assert not parsing.neq_checksum_ok("1199000011")


@pytest.mark.parametrize("typed", ["K1A 0B1", "G1A", "G1D 1D1", "x", HUGE])
def test_postal_codes_refused(typed):
    assert code(fields.PostalCodeField(), typed) == "E22"


def test_postal_codes_read():
    assert fields.PostalCodeField().clean("g1a1a1") == "G1A 1A1"


@pytest.mark.parametrize("typed", ["555-0123", "418 555-01234", "abc", "118 555-0123", "418 555-0123 poste abc", HUGE])
def test_telephones_refused(typed):
    assert code(fields.TelephoneField(), typed) == "E23"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("(418) 555-0123", "418 555-0123"),
        ("+1 418 555 0123", "418 555-0123"),
        ("4185550123 poste 12", "418 555-0123, poste 12"),
        ("1 800 555-0123", "1 800 555-0123"),
    ],
)
def test_telephones_read(typed, number):
    assert fields.TelephoneField().clean(typed) == number


@pytest.mark.parametrize(
    ("typed", "expected"), [("x", "E24"), ("a@b", "E24"), ("a@b.ca\nBcc: x@y.z", "E25"), ("a\x00@b.ca", "E04")]
)
def test_addresses_refused(typed, expected):
    assert code(fields.EmailField(), typed) == expected


def test_choices():
    field = fields.ChoiceField(choices=[("a", "A")])
    assert field.clean("a") == "a"
    with pytest.raises(ValidationError) as caught:
        field.clean("b")
    assert "n’est plus offert" in caught.value.messages[0]
    with pytest.raises(ValidationError) as caught:
        field.clean("")
    assert caught.value.messages == ["Sélectionnez une réponse."]
    with pytest.raises(ValidationError):
        fields.MultipleChoiceField(choices=[("a", "A")]).clean(["a", "\x00"])


@pytest.mark.parametrize("value", ["\x00", "x", "9" * 40, "-1", "1' OR '1'='1"])
@pytest.mark.django_db
def test_a_foreign_row_is_a_choice_withdrawn(value):
    field = fields.ModelChoiceField(queryset=ContentType.objects.none())
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    assert "n’est plus offert" in caught.value.messages[0]
    many = fields.ModelMultipleChoiceField(queryset=ContentType.objects.none())
    with pytest.raises(ValidationError) as caught:
        many.clean([value])
    assert "n’est plus offert" in caught.value.messages[0]


class Typed(forms.Form):
    amount = fields.MoneyField()
    day = fields.DayField()


def test_what_was_typed_is_shown_again():
    form = Typed({"amount": "12,345.67", "day": "2026-02-30"})
    assert not form.is_valid()
    assert 'value="12,345.67"' in str(form["amount"])
    assert 'value="2026-02-30"' in str(form["day"])


def test_what_is_stored_is_shown_as_one_writes_it():
    form = Typed(initial={"amount": Decimal("12345.67"), "day": dt.date(2026, 4, 1)})
    assert 'value="12\u00a0345,67"' in str(form["amount"])
    assert 'value="2026-04-01"' in str(form["day"])
    assert not Typed({"amount": "12 345,67 $", "day": "2026-04-01"}, initial=form.initial).has_changed()
