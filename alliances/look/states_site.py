"""The states of agreements and their accountability, and of what serves every space."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from alliances.look.tones import named

ACCOUNTABILITY = {
    "draft": named(
        _("En préparation"),
        "neutral",
        "",
        ngettext_lazy(
            "Les chiffres sont à jour; %(count)d texte reste à écrire.",
            "Les chiffres sont à jour; %(count)d textes restent à écrire.",
            "count",
        ),
        _("Non transmise; attendue le %(due)s."),
    ),
    "submitted": named(
        _("Transmise"),
        "waiting",
        "",
        _("Transmise le %(date)s, version %(version)d."),
        _("À étudier d’ici le %(due)s."),
    ),
    "questions": named(
        _("Précisions demandées"),
        "attention",
        "ask",
        ngettext_lazy(
            "%(count)d question attend votre réponse.", "%(count)d questions attendent votre réponse.", "count"
        ),
        ngettext_lazy("%(count)d question sans réponse.", "%(count)d questions sans réponse.", "count"),
    ),
    "returned": named(
        _("Retournée"),
        "attention",
        "undo",
        _("Elle vous est retournée : préparez la version %(next)d."),
        _("Retournée le %(date)s."),
    ),
    "accepted": named(
        _("Acceptée"),
        "success",
        "full",
        _("Acceptée le %(date)s; le versement suivant est débloqué."),
        _("Acceptée par %(person)s."),
    ),
}

AGREEMENT = {
    "draft": named(_("En préparation"), "neutral", "", staff=_("Projet d’entente.")),
    "in_approval": named(
        _("En approbation"),
        "neutral",
        "clock",
        _("L’entente est à l’approbation du gouvernement."),
        _("Décret ou C.T. attendu."),
    ),
    "signed": named(
        _("Signée"), "success", "check", _("Elle prend effet le %(start)s."), _("Elle prend effet le %(start)s.")
    ),
    "active": named(
        _("En vigueur"), "success", "half", _("En vigueur jusqu’au %(end)s."), _("En vigueur jusqu’au %(end)s.")
    ),
    "extended": named(
        _("Prolongée"),
        "info",
        "",
        _("Prolongée jusqu’au %(end)s par l’avenant %(number)s."),
        _("Prolongée jusqu’au %(end)s par l’avenant %(number)s."),
    ),
    "closing": named(
        _("En fermeture"),
        "attention",
        "clock",
        _("Dernier rapport et solde à régler."),
        _("Dernier rapport et solde à régler."),
    ),
    "closed": named(_("Fermée"), "ended", "", _("Tout est réglé."), _("Tout est réglé.")),
    "terminated": named(
        _("Résiliée"),
        "danger",
        "ban",
        _("Résiliée le %(date)s : %(reason)s."),
        _("Résiliée le %(date)s : %(reason)s."),
    ),
}

CONTRIBUTION = {
    "promised": named(_("Promise"), "neutral"),
    "confirmed": named(_("Confirmée"), "info", "check"),
    "received": named(_("Reçue"), "success", "full"),
}

SCORE = {
    "to_do": named(_("À faire"), "neutral"),
    "in_progress": named(_("En cours"), "info"),
    "locked": named(_("Verrouillée"), "success", "lock"),
    "recused": named(pgettext_lazy("conflit d’intérêts", "Retrait"), "ended", "ban"),
}

INVITATION = {
    "sent": named(_("Envoyée"), "waiting"),
    "accepted": named(_("Acceptée"), "success", "full"),
    "expired": named(_("Expirée"), "ended", "clock"),
    "cancelled": named(_("Annulée"), "ended", "ban"),
}

FILE = {
    "scanning": named(_("En analyse"), "waiting", "half"),
    "ready": named(_("Prêt"), "success"),
    "refused": named(pgettext_lazy("fichier", "Refusé"), "danger"),
    "unscanned": named(_("Non analysé"), "attention", "ask"),
    "quarantined": named(_("En quarantaine"), "danger", "ban"),
}

NOTICE = {
    "queued": named(_("En file"), "neutral"),
    "sending": named(_("Envoi en cours"), "info"),
    "sent": named(pgettext_lazy("avis", "Envoyé"), "info", "send"),
    "delivered": named(_("Remis"), "success"),
    "failed": named(_("Non remis"), "danger"),
}

JOB = {
    "queued": named(_("En attente"), "neutral", "", _("En attente (%(before)d avant vous)"), _("En attente")),
    "running": named(_("En préparation"), "info", "", _("En préparation : %(percent)d %%"), _("En préparation")),
    "done": named(_("Prêt"), "success", "", _("Prêt"), _("Prêt")),
    "failed": named(_("Échec"), "danger", "", _("Échec : voir la cause"), _("Échec : voir la cause")),
    "cancelled": named(_("Annulé"), "ended", "ban", _("Annulé"), _("Annulé")),
    "interrupted": named(
        _("Interrompu"), "attention", "undo", _("Interrompu : nous recommençons"), _("Interrompu : nous recommençons")
    ),
}
