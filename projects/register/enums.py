from django.db import models


class ProjectState(models.TextChoices):
    DRAFT = "draft", "Brouillon"
    APPROVED = "approved", "Accepté"
    TO_SIGN = "to_sign", "Entente à signer"
    IN_PROGRESS = "in_progress", "En cours"
    SUSPENDED = "suspended", "Suspendu"
    COMPLETED = "completed", "Terminé"
    CLOSED = "closed", "Fermé"
    CANCELLED = "cancelled", "Annulé"


class Nature(models.TextChoices):
    """Source: initiatives that the fund may support."""

    INTERVENTION = "intervention", "Intervention"
    STRUCTURING = "structuring", "Structurant ou expérimental"
    RESEARCH = "research", "Recherche"
    MOBILISATION = "mobilisation", "Mobilisation"


class PartnerKind(models.TextChoices):
    """Where partners’ money comes from; the ministry’s « provenance des sommes »."""

    PROMOTER = "promoter", "Organisme promoteur"
    MUNICIPAL = "municipal", "MRC et municipalités"
    QUEBEC = "quebec", "Gouvernement du Québec"
    CANADA = "canada", "Gouvernement du Canada"
    HEALTH = "health", "Santé et services sociaux"
    EDUCATION = "education", "Établissements scolaires"
    COMMUNITY = "community", "Organismes communautaires"
    PHILANTHROPY = "philanthropy", "Fondations et philanthropie"
    BUSINESS = "business", "Milieu des affaires"
    OTHER = "other", "Autres partenaires"


class ContributionForm(models.TextChoices):
    CASH = "cash", "Espèces"
    IN_KIND = "in_kind", "Services"


class ContributionState(models.TextChoices):
    PROMISED = "promised", "Promise"
    CONFIRMED = "confirmed", "Confirmée"
    RECEIVED = "received", "Reçue"
