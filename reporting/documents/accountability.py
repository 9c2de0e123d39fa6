"""The annual accountability report: from its content to a document ready to render. Formatting only, no figure is made
here but sums of what the content says."""

import datetime
from decimal import Decimal

from django.utils.html import format_html, format_html_join

from alliances.look import formats
from reporting.accountability.content import ZERO, AccountabilityContent
from reporting.charts.bars import Bar, Bars
from reporting.charts.drawing import SOURCES
from reporting.charts.steps import Step, Steps
from reporting.charts.strips import Part, Strip
from reporting.charts.tiles import REGIONS, Tiles
from reporting.documents.annexes import partner_rows, project_rows, short
from reporting.documents.proof import proof
from reporting.documents.render import Document
from reporting.documents.twins import accountability_twins

# Stored beside each report: raise it when a printed report would look or read differently.
TEMPLATE_VERSION = "reddition-1"

CHARTED = 10  # bars of a chart; the table beside it has all rows
KEPT_WHOLE = 14  # rows of a split that stays on one page with its chart


def accountability_document(content: AccountabilityContent) -> Document:
    """Return what `render` prints. Raise ValueError when the sums of the content do not reconcile to the cent."""
    content.check()
    identity = content.identity
    sha256 = content.sha256()
    key, envelope, sources = _key_figures(content), _envelope(content), _sources(content)
    priorities = _shares(content.by_priority, content, "priorité")
    territories = _shares(content.by_territory, content, "territoire")
    return Document(
        template="pdf/accountability.html",
        sheet="accountability.css",
        sha256=sha256,
        moment=identity.produced_at,
        context={
            "c": content,
            "cover": _cover(content),
            "key": key,
            "envelope": envelope,
            "priorities": priorities,
            "territories": territories,
            "sources": sources,
            "figure": _numbers(
                leverage=key["chart"],
                progress=key["progress"],
                movements=envelope["chart"],
                rest=envelope["rest"],
                priorities=priorities["chart"],
                territories=territories["chart"],
                sources=sources["chart"],
            ),
            "table": _numbers(
                envelope=not envelope["is_empty"],
                priorities=priorities["rows"],
                territories=territories["rows"],
                sources=sources["rows"],
            ),
            "annex": project_rows(content),
            "partners": partner_rows(content),
            "proof": proof(identity.verification_code, identity.verification_url, sha256),
            "sections": _sections(),
            "bare": not content.projects and not content.partners,
        },
        attachments=accountability_twins(content),
    )


def _sections() -> list[dict]:
    """The table of contents; the target is also the description of the link, hence readable."""
    titles = (
        ("1", "chiffres-cles", "Chiffres clés"),
        ("2", "situation-de-l-enveloppe", "Situation de l’enveloppe"),
        ("3", "portrait-des-projets", "Portrait des projets"),
        ("4", "provenance-des-sommes", "Provenance des sommes"),
        ("A", "annexe-a-projets", "Tableau des projets"),
        ("B", "annexe-b-partenaires", "Liste des partenaires"),
        ("C", "annexe-c-attestation", "Attestation et vérification"),
    )
    return [{"no": number, "id": target, "title": title} for number, target, title in titles]


def _numbers(**parts) -> dict[str, int]:
    """Number what is there, in order: a figure that has nothing to show leaves no gap."""
    there = [name for name, part in parts.items() if part]
    return {name: rank for rank, name in enumerate(there, start=1)}


def _day(value: datetime.date):
    """« 1er avril 2026 » with its raised letters, kept on one line."""
    text = formats.day(value).replace(" ", formats.NBSP)
    if value.day > 1:
        return text
    return format_html("1<sup>er</sup>{}", text.removeprefix("1er"))


def _split(value: Decimal) -> dict:
    """An amount for the large figures: its cents are set smaller than its dollars."""
    dollars, cents = formats.amount(value).split(",")
    return {"dollars": dollars, "cents": f",{cents}\u00a0$"}


def _cover(content: AccountabilityContent) -> dict:
    identity = content.identity
    year = content.fiscal_label
    version = f"version {identity.version}" if identity.version else "version préliminaire"
    foot = [f"Reddition de comptes annuelle {year}", version]
    if identity.fictitious:
        foot.append("données fictives")
    map_title = "Carte en tuiles des 17 régions du Québec"
    if identity.region_code in REGIONS:
        map_title += f"; la région {identity.region_code}, {identity.region_name}, est mise en évidence"
    agreement = []
    if identity.agreement_number:
        agreement.append(identity.agreement_number)
    if identity.agreement_signed_on:
        agreement.append(format_html("signée le {}", _day(identity.agreement_signed_on)))
    if identity.agreement_start and identity.agreement_end:
        agreement.append(format_html("du {} au {}", _day(identity.agreement_start), _day(identity.agreement_end)))
    return {
        "title": f"Reddition de comptes annuelle {year} – Alliance pour la solidarité {identity.name_with_de}",
        "year": year,
        "foot": "\u2002·\u2002".join(foot),
        "holder": identity.mandate_holder or "À confirmer",
        "agreement": format_html_join(", ", "{}", ((part,) for part in agreement)) or "À confirmer",
        "period": format_html(
            "Du {} au {}",
            _day(datetime.date(identity.fiscal_year, 4, 1)),
            _day(datetime.date(identity.fiscal_year + 1, 3, 31)),
        ),
        "as_of": formats.day(identity.as_of),
        "version": str(identity.version) if identity.version else "Préliminaire",
        "produced": formats.receipt(identity.produced_at, identity.produced_at.tzinfo),
        "map": Tiles(f"{map_title}.", identity.region_code),
    }


def _key_figures(content: AccountabilityContent) -> dict:
    key, year = content.key_figures, content.fiscal_label
    paid_share = f"{formats.percent(100 * key.paid / key.committed, 0)} de l’engagé" if key.committed else ""
    chart = None
    if key.committed and key.partners:
        chart = Strip(
            f"Pour chaque dollar du Fonds, {formats.money(key.leverage)} vient des partenaires : "
            f"{formats.money(key.committed)} du Fonds et {formats.money(key.partners)} des partenaires.",
            (
                Part("Fonds : 1,00\u00a0$", key.committed, "brand", formats.money_short(key.committed)),
                Part(
                    f"Partenaires : {formats.money(key.leverage)}",
                    key.partners,
                    "partner",
                    formats.money_short(key.partners),
                ),
            ),
            width=408,
        )
    progress = None
    if key.committed and 0 <= key.paid <= key.committed:
        left = key.committed - key.paid
        progress = Strip(
            f"Des {formats.money(key.committed)} engagés, {formats.money(key.paid)} sont versés "
            f"et {formats.money(left)} restent à verser.",
            (
                Part("Versé", key.paid, "paid", formats.money_short(key.paid)),
                Part("À verser", left, "committed", formats.money_short(left)),
            ),
            width=408,
        )
    return {
        "lead": _lead(content),
        "cards": (
            {
                "value": {"dollars": formats.count(key.projects)},
                "label": _plural(key.projects, "projet soutenu", "projets soutenus"),
            },
            {"value": _split(key.committed), "label": "engagés par le Fonds", "note": "depuis le début de l’entente"},
            {"value": _split(key.paid), "label": "versés aux projets", "note": paid_share},
            {"value": _split(key.partners), "label": "apportés par les partenaires", "note": "confirmés ou reçus"},
            {"value": _split(key.total), "label": "investis au total", "note": "Fonds et partenaires"},
            {"value": _split(key.paid_in_year), "label": f"versés en {year}", "note": "pendant l’exercice"},
        ),
        "leverage": formats.money(key.leverage) if key.leverage is not None else "",
        "chart": chart,
        "progress": progress,
    }


def _plural(value: int, one: str, many: str) -> str:
    return one if value < 2 else many


def _lead(content: AccountabilityContent) -> str:
    key, identity = content.key_figures, content.identity
    day = formats.day(identity.as_of)
    if not key.projects:
        return f"Au {day}, l’Alliance n’a encore engagé aucune somme dans un projet."
    projects = f"{formats.count(key.projects)}{formats.NBSP}{_plural(key.projects, 'projet', 'projets')}"
    places = sum(1 for row in content.by_territory if row.projects)
    where = ""
    if places:
        where = ", dans un territoire" if places == 1 else f", dans {places}{formats.NBSP}territoires"
    text = f"Au {day}, l’Alliance soutient {projects}{where}."
    if key.leverage:
        text += f" Chaque dollar du Fonds s’accompagne de {formats.money(key.leverage)} des partenaires."
    return text


def _envelope(content: AccountabilityContent) -> dict:
    envelope, year = content.envelope, content.identity.fiscal_year
    first, last = datetime.date(year, 4, 1), min(content.identity.as_of, datetime.date(year + 1, 3, 31))
    opening, closing = (formats.day(day).replace(" ", formats.NBSP) for day in (first, last))
    rows = [
        {"label": "Sommes reçues du Ministère", "value": envelope.appropriated},
        {"label": "Autres entrées (intérêts, sommes récupérées)", "value": envelope.other_receipts},
        {"label": "Reports entre exercices", "value": envelope.carried},
        {"label": "Versements aux projets", "value": -envelope.paid_to_projects},
        {"label": "Administration", "value": -envelope.administration},
        {"label": "Mobilisation", "value": -envelope.mobilisation},
    ]
    steps = [Step(f"Solde au {opening}", envelope.opening, formats.money_short(envelope.opening), balance=True)]
    names = ("Reçu du Ministère", "Autres entrées", "Reports", "Versé aux projets", "Administration", "Mobilisation")
    for name, row in zip(names, rows, strict=True):
        if row["value"]:
            sign = "+" if row["value"] > 0 else ""
            steps.append(Step(name, row["value"], sign + formats.money_short(row["value"])))
    steps.append(Step(f"Solde au {closing}", envelope.closing, formats.money_short(envelope.closing), balance=True))
    spoken = "; ".join(f"{step.label} : {formats.money(step.amount)}" for step in steps)
    rest = None
    if envelope.committed_unpaid > 0 and envelope.free > 0:
        rest = Strip(
            f"Du solde de clôture, {formats.money(envelope.committed_unpaid)} sont engagés et non versés, "
            f"{formats.money(envelope.free)} ne sont pas engagés.",
            (
                Part(
                    "Engagé, non versé",
                    envelope.committed_unpaid,
                    "committed",
                    formats.money_short(envelope.committed_unpaid),
                ),
                Part("Non engagé", envelope.free, "free", formats.money_short(envelope.free)),
            ),
            width=408,
        )
    return {
        "is_empty": envelope.is_empty,
        "opening_day": _day(first),
        "closing_day": _day(last),
        "over": last.month == 3 and last.day == 31,
        "opening": formats.money(envelope.opening),
        "rows": [{"label": row["label"], "value": formats.money(row["value"])} for row in rows],
        "closing": formats.money(envelope.closing),
        "unpaid": formats.money(envelope.committed_unpaid),
        "free": formats.money(envelope.free),
        "committed_in_year": formats.money(envelope.committed_in_year),
        "next_year": formats.fiscal_year(year + 1),
        "chart": None if envelope.is_empty else Steps(f"Évolution de l’enveloppe. {spoken}.", tuple(steps)),
        "rest": rest,
    }


def _shares(shares, content: AccountabilityContent, word: str) -> dict:
    key = content.key_figures
    rows = [
        {
            "label": short(row.label),
            "projects": formats.count(row.projects),
            "committed": formats.money(row.committed),
            "paid": formats.money(row.paid),
            "part": _part(row.committed, key.committed),
        }
        for row in shares
    ]
    drawn = [row for row in shares if row.committed > 0][:CHARTED]
    chart = None
    if drawn:
        chart = Bars(
            f"Sommes engagées par {word}, versées et à verser : "
            + "; ".join(f"{short(row.label)}, {formats.money(row.committed)}" for row in drawn)
            + ".",
            (("Versé", "paid"), ("À verser", "committed")),
            tuple(
                Bar(
                    short(row.label),
                    (min(row.paid, row.committed), max(row.committed - row.paid, ZERO)),
                    formats.money_short(row.committed),
                    formats.counted(row.projects, "projet", "projets"),
                )
                for row in drawn
            ),
        )
    return {
        "rows": rows,
        "chart": chart,
        "is_long": len(rows) > KEPT_WHOLE,
        "left_out": len([row for row in shares if row.committed > 0]) - len(drawn),
        "several": sum(row.projects for row in shares) > key.projects,
        "projects": formats.count(key.projects),
        "committed": formats.money(key.committed),
        "paid": formats.money(key.paid),
    }


def _part(value: Decimal, whole: Decimal) -> str:
    """« 16,0 % »: always one decimal in a column, where « 16 % » would look like another measure."""
    if not whole:
        return formats.NOTHING
    return f"{(100 * value / whole).quantize(Decimal('0.1'))}{formats.NBSP}%".replace(".", ",")


def _sources(content: AccountabilityContent) -> dict:
    key = content.key_figures
    inks = [SOURCES[rank % len(SOURCES)] for rank in range(len(content.sources))]
    shown = [(row, ink) for row, ink in zip(content.sources, inks, strict=True) if row.total > 0]
    parts = (
        Part("Fonds (FQIS)", key.committed, "brand"),
        *(Part(short(row.label), row.total, ink) for row, ink in shown),
    )
    chart = None
    if key.committed > 0 and shown:
        strip = Strip("", parts)
        spoken = "; ".join(f"{part.label}, {strip.share(part)}" for part in parts)
        chart = Strip(f"Provenance des sommes : {spoken}.", parts)
    promised = sum((row.promised for row in content.sources), ZERO)
    return {
        "chart": chart,
        "total": formats.money(key.total),
        "rows": [
            {
                "label": short(row.label),
                "cash": formats.money(row.cash),
                "in_kind": formats.money(row.in_kind),
                "total": formats.money(row.total),
                "promised": formats.money(row.promised),
            }
            for row in content.sources
        ],
        "cash": formats.money(sum((row.cash for row in content.sources), ZERO)),
        "in_kind": formats.money(sum((row.in_kind for row in content.sources), ZERO)),
        "sum": formats.money(key.partners),
        "promised": formats.money(promised) if promised else "",
    }
