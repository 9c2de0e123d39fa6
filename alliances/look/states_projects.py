"""The states of what a promoter goes through: call, application, project, award, instalment, report."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from alliances.look.tones import named

CALL = {
    "draft": named(
        _("En préparation"),
        "neutral",
        staff=_("Seule l’équipe le voit. Publiez-le quand la liste de vérification est complète."),
    ),
    "published": named(
        _("À venir"),
        "info",
        "send",
        _("L’appel ouvre le %(opens)s. Vous pouvez déjà lire les questions."),
        _("Publié; il ouvrira de lui-même le %(opens)s."),
    ),
    "open": named(
        _("Ouvert"),
        "success",
        "half",
        _("Vous pouvez déposer une demande jusqu’au %(closes)s."),
        _("%(drafts)s, %(submitted)s."),
    ),
    "closed": named(
        pgettext_lazy("appel", "Fermé"),
        "ended",
        "",
        _("Les demandes reçues sont à l’étude."),
        ngettext_lazy(
            "Le dépôt est terminé; %(count)d demande à traiter.",
            "Le dépôt est terminé; %(count)d demandes à traiter.",
            "count",
        ),
    ),
    "decided": named(
        _("Décisions rendues"),
        "success",
        "full",
        _("Les décisions ont été communiquées."),
        _("Toutes les demandes ont une décision publiée."),
    ),
    "archived": named(_("Archivé"), "ended", "", _("Cet appel est terminé."), _("Conservé pour consultation.")),
}

APPLICATION = {
    "draft": named(_("Brouillon"), "neutral", mine=_("Rédaction en cours. Personne de l’alliance ne la voit.")),
    "submitted": named(
        _("Déposée"),
        "info",
        "send",
        _("Nous l’avons reçue et vérifions son admissibilité."),
        _("Reçue le %(received)s. À vérifier."),
    ),
    "returned": named(
        _("À corriger"),
        "attention",
        "ask",
        _("Des corrections sont attendues d’ici le %(due)s."),
        _("En attente des corrections de l’organisme."),
    ),
    "resubmitted": named(
        _("Corrigée"),
        "info",
        "send",
        _("Vos corrections sont reçues; l’étude continue."),
        _("Corrections reçues. Comparez l’avant et l’après."),
    ),
    "eligible": named(
        _("Admissible"),
        "success",
        "check",
        _("Elle satisfait aux règles de l’appel et passera au comité d’analyse."),
        _("Admissibilité signée par %(person)s."),
    ),
    "ineligible": named(
        _("Non admissible"),
        "danger",
        "",
        _("Elle ne satisfait pas à une règle de l’appel; la lettre l’explique."),
        _("Close. Révision possible jusqu’au %(due)s."),
    ),
    "under_evaluation": named(
        _("À l’étude par le comité"),
        "info",
        "",
        _("Le comité d’analyse l’étudie."),
        _("%(done)d évaluations sur %(total)d."),
    ),
    "recommended": named(
        _("Recommandation faite"),
        "info",
        "check",
        _("L’étude est terminée; la décision reste à prendre."),
        _("Recommandation : %(recommendation)s. En attente de la décision."),
    ),
    "approved": named(
        _("Acceptée"),
        "success",
        "full",
        _("Le projet est accepté pour %(amount)s."),
        _("%(amount)s engagés, résolution %(resolution)s."),
    ),
    "approved_with_conditions": named(
        _("Acceptée avec conditions"),
        "attention",
        "full",
        _("Le projet est accepté; des conditions sont à remplir d’ici le %(due)s."),
        _("%(amount)s réservés jusqu’au %(due)s."),
    ),
    "waitlisted": named(
        _("Sur la liste d’attente"),
        "attention",
        "clock",
        _("Le projet est recommandé, rang %(rank)d; l’enveloppe ne suffit pas encore."),
        _("Rang %(rank)d. Offrir dès que %(amount)s se libèrent."),
    ),
    "refused": named(
        _("Refusée"),
        "danger",
        "",
        _("Le projet n’est pas retenu; la lettre donne les motifs."),
        _("Close. Révision possible jusqu’au %(due)s."),
    ),
    "withdrawn": named(
        pgettext_lazy("demande", "Retirée"),
        "ended",
        "undo",
        _("Vous l’avez retirée; elle n’est pas étudiée."),
        _("Retirée par l’organisme le %(date)s."),
    ),
}

PROJECT = {
    "draft": named(
        _("Brouillon"),
        "neutral",
        mine=_("L’alliance prépare la fiche du projet."),
        staff=_("Fiche en préparation; rien n’est demandé au Fonds."),
    ),
    "approved": named(_("Accepté"), "success", "full", _("Nous préparons votre entente."), _("Entente à préparer.")),
    "to_sign": named(
        _("Entente à signer"),
        "attention",
        "pen",
        _("L’entente vous attend; signez-la d’ici le %(due)s."),
        _("En attente de signature : %(party)s."),
    ),
    "in_progress": named(
        _("En cours"),
        "info",
        "",
        _("Le projet se déroule. Prochaine échéance : %(next)s."),
        _("Prochaine échéance : %(next)s."),
    ),
    "suspended": named(
        _("Suspendu"),
        "attention",
        "pause",
        _("Les versements sont arrêtés. Motif : %(reason)s."),
        _("Aucun versement possible. Motif : %(reason)s."),
    ),
    "completed": named(
        _("Terminé"),
        "success",
        "check",
        _("Les activités sont terminées; il reste le rapport final."),
        _("Rapport final attendu le %(due)s."),
    ),
    "closed": named(
        pgettext_lazy("projet", "Fermé"),
        "ended",
        "",
        _("Tout est réglé. Merci de conserver les pièces justificatives 7 ans."),
        _("Solde réglé, dossier fermé le %(date)s."),
    ),
    "cancelled": named(
        _("Annulé"),
        "ended",
        "ban",
        _("Le projet n’aura pas lieu. Motif : %(reason)s."),
        _("%(amount)s désengagés."),
    ),
}

AWARD = {
    "requested": named(
        _("Demandé"),
        "waiting",
        "",
        _("En cours de traitement."),
        _("Demandé par %(person)s; une autre personne doit l’approuver."),
    ),
    "approved": named(
        _("Approuvé"),
        "success",
        "",
        _("Le projet est accepté pour %(amount)s."),
        _("%(amount)s engagés par %(person)s."),
    ),
    "declined": named(
        pgettext_lazy("engagement", "Refusé"),
        "danger",
        "",
        _("En cours de traitement."),
        _("Refusé par %(person)s. Motif : %(reason)s."),
    ),
    "withdrawn": named(
        pgettext_lazy("engagement", "Retiré"),
        "ended",
        "undo",
        _("En cours de traitement."),
        _("Retiré par %(person)s; rien n’a été engagé."),
    ),
}

INSTALMENT = {
    "planned": named(_("Prévu"), "neutral", "", _("Prévu le %(date)s."), _("Prévu; conditions non échues.")),
    "due": named(
        _("Dû"),
        "attention",
        "clock",
        _("Les conditions sont remplies; nous préparons le versement."),
        _("À demander."),
    ),
    "blocked": named(_("Bloqué"), "danger", "ban", _("Il attend : %(reason)s."), _("Bloqué par : %(reason)s.")),
    "requested": named(
        _("Demandé"),
        "waiting",
        "send",
        _("En cours de traitement."),
        _("Demandé par %(person)s; une autre personne doit l’approuver."),
    ),
    "approved": named(
        _("Approuvé"),
        "success",
        "check",
        _("En cours de traitement."),
        _("Approuvé par %(person)s; à mettre en lot."),
    ),
    "paid": named(
        _("Versé"),
        "success",
        "full",
        _("Versé le %(date)s, référence %(reference)s."),
        _("Versé le %(date)s, lot %(batch)s."),
    ),
    "returned": named(
        _("Retourné par la banque"),
        "danger",
        "undo",
        _("La banque l’a retourné. Vérifiez vos coordonnées bancaires."),
        _("Retourné le %(date)s : %(reason)s."),
    ),
    "cancelled": named(
        _("Annulé"), "ended", "ban", _("Ce versement n’aura pas lieu."), _("Annulé; %(amount)s désengagés.")
    ),
}

# A version of the work plan, an amendment, a progress report, a final report: one way to speak of all four.
REPORT = {
    "draft": named(_("Brouillon"), "neutral", "", _("En rédaction; seule votre équipe le voit.")),
    "submitted": named(
        _("Transmis"),
        "waiting",
        "",
        _("Transmis le %(date)s; la réponse est attendue d’ici le %(due)s."),
        _("À lire d’ici le %(due)s."),
    ),
    "returned": named(
        _("À corriger"),
        "attention",
        "ask",
        ngettext_lazy("Retourné avec %(count)d commentaire.", "Retourné avec %(count)d commentaires.", "count"),
        _("Retourné le %(date)s; en attente de l’autre partie."),
    ),
    "accepted": named(_("Accepté"), "success", "full", _("Accepté le %(date)s."), _("Accepté par %(person)s.")),
}
