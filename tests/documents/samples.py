"""Contents made up for the tests: an alliance of any size, and one that has nothing yet. No database, no chance."""

import datetime
import random
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from reporting.accountability.content import (
    ZERO,
    AccountabilityContent,
    Attestation,
    AttestationStep,
    Envelope,
    Identity,
    KeyFigures,
    PartnerRow,
    ProjectRow,
    Share,
    Source,
)

IDENTITY = Identity(
    alliance_code="04",
    alliance_name="Mauricie",
    name_with_de="de la Mauricie",
    region_code="04",
    region_name="Mauricie",
    mandate_holder="Consortium en développement social de la Mauricie",
    agreement_number="APS-2024-04",
    agreement_signed_on=datetime.date(2024, 6, 14),
    agreement_start=datetime.date(2024, 4, 1),
    agreement_end=datetime.date(2029, 3, 31),
    fiscal_year=2025,
    as_of=datetime.date(2026, 3, 31),
    version=2,
    produced_at=datetime.datetime(2026, 6, 20, 13, 5, 42, tzinfo=ZoneInfo("America/Toronto")),
    verification_code="K7QF-2M9D-XW4T",
    verification_url="https://portail.example/verifier/K7QF-2M9D-XW4T",
    fictitious=True,
)
TITLES = (
    "Cuisines collectives du Bas-du-Cap",
    "Frigos partagés et récupération en épicerie",
    "Transport médical solidaire",
    "École citoyenne",
    "Halte-chaleur de nuit",
    "Accompagnement au logement pour les familles nouvellement arrivées",
    "Carnet de santé",
    "Jardins nourriciers des premiers quartiers",
    "Brigade d’entretien – plateau de travail",
    "Café des citoyennes et des citoyens",
)
ORGANISATIONS = (
    "La Tablée du Cap",
    "Moisson des Trois Rives",
    "Roule La Tuque",
    "Réseau École-Famille",
    "L’Escale du Fleuve",
)
TERRITORIES = ("Trois-Rivières", "Shawinigan", "La Tuque", "Maskinongé", "Mékinac", "Les Chenaux")
PRIORITIES = (
    "Sécurité alimentaire",
    "Habitation et itinérance",
    "Engagement citoyen",
    "Transport",
    "Insertion socioprofessionnelle",
    "Prévention du décrochage scolaire et réussite éducative",
    "Loisirs et répit",
)
KINDS = (
    "Municipalités et MRC",
    "Organismes publics",
    "Philanthropie",
    "Organismes communautaires",
    "Milieu scolaire",
    "Entreprises",
)
STATES = ("En cours", "Terminé", "Fermé", "Entente à signer")


def money(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def content(projects: int = 58, seed: int = 4, **identity) -> AccountabilityContent:
    """A report whose sums reconcile, with that many projects."""
    draw = random.Random(seed)
    rows = []
    for rank in range(projects):
        committed = draw.randrange(800_000, 12_000_000)
        paid = committed * draw.choice((0, 40, 70, 90, 100)) // 100
        partners = committed * draw.randrange(40, 260) // 100
        rows.append(
            ProjectRow(
                number=f"APS-04-2025-{rank + 1:04d}",
                title=TITLES[rank % len(TITLES)],
                organisation=ORGANISATIONS[rank % len(ORGANISATIONS)],
                territory=draw.choice(TERRITORIES),
                priority=draw.choice(PRIORITIES),
                state_label=draw.choice(STATES),
                committed=money(committed),
                paid=money(paid),
                partners=money(partners),
                total_cost=money(committed + partners + draw.randrange(1_000_000)),
            )
        )
    return assemble(rows, replace(IDENTITY, **identity))


def assemble(rows, identity=IDENTITY) -> AccountabilityContent:
    """The report of these projects: shares, partners and envelope follow from them."""
    committed, paid, partners = (
        sum((getattr(row, name) for row in rows), ZERO) for name in ("committed", "paid", "partners")
    )
    givers = tuple(_partners(rows))
    opening, appropriated = Decimal("1221085.73"), Decimal("1147136.40")
    receipts, administration, mobilisation = Decimal("16215.43"), Decimal("68828.18"), Decimal("57350.00")
    in_year = (paid * Decimal("0.3")).quantize(Decimal("0.01"))
    closing = opening + appropriated + receipts - in_year - administration - mobilisation
    unpaid = min(committed - paid, closing)
    return AccountabilityContent(
        identity=identity,
        key_figures=KeyFigures(len(rows), committed, paid, in_year, partners),
        envelope=Envelope(
            opening=opening,
            appropriated=appropriated,
            other_receipts=receipts,
            committed_in_year=in_year,
            paid_to_projects=in_year,
            administration=administration,
            mobilisation=mobilisation,
            closing=closing,
            committed_unpaid=unpaid,
            free=closing - unpaid,
        ),
        by_priority=_shares(rows, "priority"),
        by_territory=_shares(rows, "territory"),
        sources=tuple(
            Source(
                kind,
                sum((giver.cash for giver in givers if giver.kind == kind), ZERO),
                sum((giver.in_kind for giver in givers if giver.kind == kind), ZERO),
                Decimal("12500.00") if kind == KINDS[2] else ZERO,
            )
            for kind in KINDS
        ),
        projects=tuple(rows),
        partners=givers,
        attestation=Attestation(
            "Marguerite Désilets",
            "Présidente, Consortium en développement social de la Mauricie",
            "CA-2026-06-14",
            (
                AttestationStep(
                    "Préparée par", "Camille Lavoie-Tremblay, direction du Consortium", "le 2\u00a0juin 2026"
                ),
                AttestationStep(
                    "Chiffres vérifiés par", "Idriss Benali, responsable des finances", "le 6\u00a0juin 2026"
                ),
                AttestationStep("Transmise au ministère", "version 2", "le 20\u00a0juin 2026 à 13\u00a0h"),
            ),
        ),
    )


def _shares(rows, name):
    labels = sorted({getattr(row, name) for row in rows})
    chosen = {label: [row for row in rows if getattr(row, name) == label] for label in labels}
    return tuple(
        Share(label, len(mine), sum((row.committed for row in mine), ZERO), sum((row.paid for row in mine), ZERO))
        for label, mine in chosen.items()
    )


def _partners(rows):
    count = min(len(rows), 23)
    for rank in range(count):
        mine = rows[rank::count]
        total = sum((row.partners for row in mine), ZERO)
        cash = (total * (rank % 10) / 10).quantize(Decimal("0.01"))
        kind = KINDS[(rank * rank) % len(KINDS)]
        yield PartnerRow(f"Partenaire {rank + 1:02d} – {kind.lower()}", kind, cash, total - cash, len(mine))


def empty(**identity) -> AccountabilityContent:
    """An alliance at its first day: no mandate holder, no agreement number, no project, no movement."""
    first_day = {
        "mandate_holder": "",
        "agreement_number": "",
        "agreement_signed_on": None,
        "agreement_start": None,
        "agreement_end": None,
        "version": 0,
        "fictitious": False,
    }
    return AccountabilityContent(
        identity=replace(IDENTITY, **{**first_day, **identity}),
        key_figures=KeyFigures(0, ZERO, ZERO, ZERO, ZERO),
        envelope=Envelope(),
    )
