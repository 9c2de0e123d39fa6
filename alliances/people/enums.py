from django.db import models


class AllianceRole(models.TextChoices):
    """Roles in the space of an alliance. Labels: the words of the interface (see « Rôles » in the guides)."""

    MANAGER = "manager", "Gestion"
    OFFICER = "officer", "Développement"
    FINANCE = "finance", "Finances"
    READER = "reader", "Lecture"
    PRIVACY = "privacy", "Protection des renseignements personnels"
    DELEGATE = "delegate", "Délégation"
    COMMITTEE = "committee", "Membre du comité"


class SeatKind(models.TextChoices):
    ELECTED = "elected", "Milieu municipal"
    PARTNER = "partner", "Partenaire"
    LIVED_EXPERIENCE = "lived_experience", "Expérience vécue"


class OrganisationRole(models.TextChoices):
    MANAGER = "manager", "Gestion de l’organisme"
    EDITOR = "editor", "Rédaction"
    SIGNATORY = "signatory", "Signature"
    ADVISER = "adviser", "Accompagnement"


class MinistryRole(models.TextChoices):
    ANALYST = "analyst", "Analyse"
    ADMINISTRATOR = "administrator", "Administration"
    AUDITOR = "auditor", "Vérification"


class LegalForm(models.TextChoices):
    """Bodies that the fund may support; source: the programme's rules (« organismes admissibles »)."""

    NONPROFIT = "nonprofit", "Organisme à but non lucratif"
    COOPERATIVE = "cooperative", "Coopérative à but non lucratif"
    MUNICIPAL = "municipal", "Organisme municipal"
    INDIGENOUS = "indigenous", "Organisation autochtone"
    RESEARCH = "research", "Établissement de recherche"
    OTHER = "other", "Autre"
