from django.db import models


class EnvelopeKind(models.TextChoices):
    YEAR = "year", "Exercice"
    PROJECTS = "projects", "Projets"
    ADMINISTRATION = "administration", "Administration"
    MOBILISATION = "mobilisation", "Mobilisation"


class AccountState(models.TextChoices):
    """What the money of an envelope is at a moment. The sources alone may be negative: minus what came in."""

    SOURCE = "source", "Entente"
    INTEREST = "interest", "Intérêts"
    RECOVERY = "recovery", "Recouvrements"
    OPENING = "opening", "Ouverture"
    APPROPRIATED = "appropriated", "Disponible"
    RESERVED = "reserved", "Réservé"
    COMMITTED = "committed", "Engagé, à verser"
    PAID = "paid", "Versé"
    RETURNED = "returned", "Retourné"
    CARRIED = "carried", "Reporté"


SOURCES = ("source", "interest", "recovery", "opening")


class Cause(models.TextChoices):
    """Why a posting was made."""

    APPROPRIATION = "appropriation", "Crédits de l’exercice"
    SPLIT = "split", "Répartition entre les branches"
    TRANSFER = "transfer", "Virement entre branches"
    RESERVATION = "reservation", "Réservation"
    COMMITMENT = "commitment", "Engagement"
    PAYMENT = "payment", "Versement"
    EXPENSE = "expense", "Dépense du mandataire"
    RETURN = "return", "Retour de la banque"
    DEOBLIGATION = "deobligation", "Désengagement"
    RECOVERY = "recovery", "Recouvrement"
    INTEREST = "interest", "Intérêts"
    CARRY_FORWARD = "carry_forward", "Report d’exercice"
    REVERSAL = "reversal", "Contrepassation"
