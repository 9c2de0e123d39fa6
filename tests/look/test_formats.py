"""How amounts, dates and numbers are written."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from alliances.look import formats, parsing

N = "\u00a0"
UTC = dt.UTC


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1234567.89"), f"1{N}234{N}567,89{N}$"),
        (Decimal("0"), f"0,00{N}$"),
        (Decimal("-1234.5"), f"−1{N}234,50{N}$"),
        (Decimal("-0.001"), f"0,00{N}$"),
        (Decimal("0.005"), f"0,01{N}$"),
        (115000000, f"115{N}000{N}000,00{N}$"),
    ],
)
def test_money(value, text):
    assert formats.money(value) == text


@pytest.mark.parametrize(
    ("value", "short", "spoken"),
    [
        (Decimal("26100000"), f"26,1{N}M$", f"26,1{N}millions de dollars"),
        (115_000_000, f"115{N}M$", f"115{N}millions de dollars"),
        (84_500, f"84,5{N}k$", f"84{N}500{N}$"),
        (999_999, f"1{N}M$", f"1{N}million de dollars"),
        (999, f"999{N}$", f"999{N}$"),
        (4_300_000_000, f"4,3{N}G$", f"4,3{N}milliards de dollars"),
        (Decimal("-26100000"), f"−26,1{N}M$", f"−26,1{N}millions de dollars"),
    ],
)
def test_short_money(value, short, spoken):
    assert formats.money_short(value) == short
    assert formats.money_spoken(value) == spoken


@pytest.mark.parametrize("value", [1.5, "12", True])
def test_a_float_is_not_money(value):
    with pytest.raises(TypeError):
        formats.money(value)


def test_percent_and_counts():
    assert formats.percent(Decimal("40")) == f"40{N}%"
    assert formats.percent(Decimal("12.50")) == f"12,5{N}%"
    assert formats.percent(Decimal("10")) == f"10{N}%"
    assert formats.count(2500) == f"2{N}500"
    assert formats.counted(0, "demande", "demandes") == "0 demande"
    assert formats.counted(1, "demande", "demandes") == "1 demande"
    assert formats.counted(2, "demande", "demandes") == "2 demandes"


def test_dates_and_hours():
    first = dt.date(2022, 4, 1)
    assert formats.day(first) == f"1er{N}avril 2022"
    assert formats.long_day(dt.date(2021, 5, 21)) == f"vendredi 21{N}mai 2021"
    assert formats.iso(first) == "2022-04-01"
    assert formats.hour(dt.time(13, 5)) == f"13{N}h{N}05"
    assert formats.hour(dt.time(9)) == f"9{N}h"
    assert formats.fiscal_year(2021) == "2021-2022"
    assert formats.period(first, dt.date(2023, 3, 31)) == f"du 1er{N}avril 2022 au 31{N}mars 2023 inclusivement"


def test_moments_have_their_zone():
    moment = dt.datetime(2021, 5, 21, 20, 58, 42, tzinfo=UTC)
    assert formats.receipt(moment) == f"21{N}mai 2021, 16{N}h{N}58{N}min{N}42{N}s (UTC−4)"
    assert formats.deadline(dt.datetime(2021, 5, 21, 21, tzinfo=UTC)) == (
        f"vendredi 21{N}mai 2021 à 17{N}h (heure de l’Est)"
    )
    islands = formats.deadline(dt.datetime(2021, 5, 21, 21, tzinfo=UTC), ZoneInfo("America/Halifax"))
    assert islands.endswith(f"18{N}h (heure de l’Atlantique)")
    assert formats.receipt(dt.datetime(2021, 1, 5, 12, tzinfo=UTC)).endswith("(UTC−5)")
    with pytest.raises(ValueError, match="time zone"):
        formats.when(dt.datetime(2021, 5, 21))  # noqa: DTZ001 - the refusal of a naive moment is what is tested


def test_relative_time():
    now = dt.datetime(2021, 5, 21, 21, tzinfo=UTC)
    assert formats.ago(now - dt.timedelta(minutes=3), now) == "il y a 3 minutes"
    assert formats.ago(now - dt.timedelta(minutes=1), now) == "il y a 1 minute"
    assert formats.ago(now - dt.timedelta(seconds=5), now) == "à l’instant"
    assert formats.ago(now - dt.timedelta(hours=1), now) == f"21{N}mai 2021, 16{N}h"
    today = dt.date(2026, 5, 12)
    assert formats.days_until(dt.date(2026, 5, 29), today) == "il reste 17 jours"
    assert formats.days_until(dt.date(2026, 4, 30), today) == "en retard de 12 jours"
    assert formats.days_until(today, today) == "aujourd’hui"


def test_what_was_typed_ends_a_sentence_once():
    assert formats.ended("Compte fermé") == formats.ended("Compte fermé. ") == "Compte fermé."
    assert formats.ended("Fermé?") == "Fermé?"


def test_sizes_and_numbers():
    assert formats.size(84_200) == f"84{N}ko"
    assert formats.size(2_400_000) == f"2,4{N}Mo"
    assert formats.size(999_999) == f"1{N}Mo"
    assert formats.size(0) == f"0{N}octet"
    assert formats.neq("1199000010") == f"1199{N}0000{N}10"
    assert formats.neq("119") == "119"


def test_devices():
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140 Safari/537.36"
    assert formats.device(agent) == "Chrome, Windows"
    assert formats.device("x") == "appareil inconnu"


@given(st.decimals(min_value=-(10**12) + 1, max_value=10**12 - 1, places=2))
def test_what_is_written_can_be_read_again(value):
    assert parsing.money(formats.money(value), allow_negative=True) == value


def show(source, **context):
    return Template(source).render(Context(context))


def test_filters_answer_for_what_is_absent():
    assert show("{{ a|money }} {{ b|day }} {{ c|percent }}", a=None, b=None) == "— — —"


def test_filters():
    assert show("{{ d|day }}", d=dt.date(2022, 4, 1)) == (
        f'<time datetime="2022-04-01">1<sup>er</sup>{N}avril 2022</time>'
    )
    assert show('{{ 0|counted:"demande,demandes" }}') == "0 demande"
    assert show('{{ 2|plural:"est,sont" }}') == "sont"
    assert show("{{ 2021|fiscal_year }}") == "2021-2022"
    assert "16" in show("{{ m|hour }}", m=dt.datetime(2021, 5, 21, 20, tzinfo=UTC))


def test_a_name_cannot_bring_markup():
    assert "<b>" not in show("{{ x|neq }}", x="<b>gras</b>")
