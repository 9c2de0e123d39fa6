"""What the portal says when something does not pass: one text per stable code, used wherever the case occurs.

Pattern: what happened, with the figure, then what to do. Placeholders are filled by `text()`; a refusal of a field is
made by `refusal()`, whose ValidationError carries the code. A number that changes the grammar has its two forms.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

MESSAGES = {
    "E01": _("Inscrivez %(what)s."),
    "E02": _("Sélectionnez une réponse."),
    "E03": _("Votre texte compte %(count)s caractères; le maximum est de %(max)s. Retirez-en %(over)s."),
    "E04": _(
        "Ce texte contient un caractère invisible qui ne peut pas être enregistré. Retapez le "
        "passage ou collez-le sans mise en forme."
    ),
    "E05": _("Ce montant n’est pas reconnu. Inscrivez-le en chiffres, par exemple 12 345,67 $."),
    "E06": _(
        "Ce montant peut se lire de deux façons. Séparez les cents par une virgule et les milliers "
        "par une espace, par exemple 12 345,67 $."
    ),
    "E07": _("Ce montant compte plus de deux décimales. Inscrivez-le au cent près, par exemple 12 345,68 $."),
    "E08": _("Ce montant ne peut pas être négatif. Inscrivez 0,00 $ ou plus."),
    "E09": _("Inscrivez un montant supérieur à 0,00 $."),
    "E10": _("Ce montant dépasse %(max)s, le plus grand qui soit accepté ici. Vérifiez le nombre de zéros."),
    "E11": _("Inscrivez un nombre entier, sans décimale, par exemple 1 234."),
    "E12": _("Inscrivez un pourcentage de 0 à 100, par exemple 12,5."),
    "E13": _("Les parts totalisent %(total)s %% au lieu de 100 %%. L’écart à répartir est de %(gap)s %%."),
    "E14": _("Cette date n’existe pas au calendrier. Vérifiez le jour et le mois."),
    "E15": _("Inscrivez la date dans l’ordre année-mois-jour, par exemple 2026-04-01."),
    "E16": _("Inscrivez une date comprise entre le %(min)s et le %(max)s."),
    "E17": _("La fin précède le début (%(start)s). Inscrivez une date de fin postérieure au début."),
    "E18": _(
        "Dans la nuit du %(date)s, l’horloge recule et %(time)s existe deux fois. Choisissez une "
        "heure avant 1 h ou à partir de 2 h."
    ),
    "E19": _("Dans la nuit du %(date)s, l’horloge avance et %(time)s n’existe pas. Choisissez 3 h ou plus tard."),
    "E20": _(
        "Le numéro d’entreprise du Québec (NEQ) compte 10 chiffres et commence par 11, 22, 33 ou 88. "
        "Vérifiez-le dans le Registre des entreprises."
    ),
    "E21": _(
        "NEQ à vérifier : un chiffre semble incorrect. Comparez-le au Registre des entreprises, puis "
        "corrigez-le ou confirmez-le."
    ),
    "E22": _("Inscrivez un code postal du Québec, par exemple G1A 1A1."),
    "E23": _("Inscrivez les 10 chiffres du numéro, par exemple 418 555-0123."),
    "E24": _("Inscrivez une adresse courriel complète, par exemple prenom.nom@exemple.org."),
    "E25": _("Ce champ tient sur une seule ligne. Retirez le saut de ligne."),
    "E26": _("Ce choix n’est plus offert. Sélectionnez-en un autre dans la liste."),
    "E27": _(
        "Le fichier « %(name)s » est vide. Ouvrez-le sur votre appareil pour le vérifier, puis "
        "téléversez-le de nouveau."
    ),
    "E28": _("Le fichier « %(name)s » pèse %(size)s; le maximum est de %(max)s. Réduisez-le ou divisez-le en deux."),
    "E29": _("Le format de « %(name)s » n’est pas accepté. Formats acceptés : %(formats)s."),
    "E30": _(
        "Le contenu de « %(name)s » ne correspond pas à son extension. Enregistrez-le de nouveau "
        "depuis son logiciel, puis téléversez-le."
    ),
    "E31": _(
        "Le fichier « %(name)s » est protégé par un mot de passe et ne peut pas être analysé. "
        "Téléversez une copie sans protection."
    ),
    "E32": _(
        "Le fichier « %(name)s » contient des macros. Enregistrez-le sans macros (.docx ou .xlsx), puis téléversez-le."
    ),
    "E33": _(
        "Un logiciel malveillant a été trouvé dans « %(name)s ». Le fichier est en quarantaine. "
        "Faites vérifier votre appareil et téléversez une copie saine."
    ),
    "E34": _("Analyse de « %(name)s » en cours. Vous pouvez déposer votre demande sans attendre."),
    "E35": _("« %(name)s » n’a pas pu être analysé. Téléversez-le dans un autre format, par exemple en PDF."),
    "E36": _(
        "L’image « %(name)s » compte trop de pixels (%(width)s sur %(height)s). Réduisez-la à moins "
        "de %(max)s pixels de côté."
    ),
    "E37": _("Ce dossier contient %(used)s sur %(quota)s. Retirez un fichier avant d’en joindre un autre."),
    "E38": _("Ce fichier est déjà joint sous le nom « %(name)s ». Gardez-en un seul, ou confirmez l’ajout."),
    "E39": _(
        "Le téléversement de « %(name)s » s’est arrêté à %(percent)s %%. Sélectionnez « Reprendre »; "
        "le reste de la demande est enregistré."
    ),
    "E40": _(
        "La demande n’a pas été déposée : le fichier « %(name)s » ne nous est pas parvenu. "
        "Téléversez-le, puis déposez la demande de nouveau."
    ),
    "E41": ngettext_lazy(
        "La demande n’a pas été déposée : il manque %(count)d réponse. Sélectionnez-la dans la liste pour la remplir.",
        "La demande n’a pas été déposée : il manque %(count)d réponses. Sélectionnez chacune dans la "
        "liste pour la remplir.",
        "count",
    ),
    "E42": _(
        "La demande n’a pas été déposée : l’appel a fermé le %(closed)s et votre demande est arrivée "
        "à %(received)s. Votre brouillon est conservé. Pour proposer un dépôt tardif, écrivez à "
        "%(contact)s."
    ),
    "E43": _("L’appel ouvre le %(opens)s. Vous pouvez lire les questions dès maintenant."),
    "E44": _(
        "Nous ne savons pas encore si votre demande est arrivée. Sélectionnez « Vérifier mon "
        "dépôt » : cette vérification ne peut pas créer de doublon."
    ),
    "E45": _("Cette demande est déjà déposée : %(number)s, reçue le %(received)s. Consultez l’accusé de réception."),
    "E46": _("Vous demandez %(amount)s; le maximum de cet appel est de %(max)s. Réduisez le montant."),
    "E47": _(
        "Le FQIS paierait %(rate)s %% du coût; la limite est de %(max)s %%. Ajoutez au moins "
        "%(missing)s d’autres sources ou réduisez votre demande."
    ),
    "E48": _(
        "Les aides publiques couvriraient %(rate)s %% du coût; la limite est de %(max)s %%. "
        "Réduisez-les d’au moins %(over)s."
    ),
    "E49": _("Les dépenses (%(expenses)s) et les revenus (%(income)s) diffèrent de %(gap)s. Ajustez l’un ou l’autre."),
    "E50": _(
        "Solde insuffisant : %(available)s. « %(branch)s » ne permet pas d’engager %(amount)s; il "
        "manque %(missing)s. Réduisez le montant, virez des fonds ou placez le projet sur la liste "
        "d’attente."
    ),
    "E51": _("L’organisme a demandé %(requested)s. Accordez ce montant ou moins."),
    "E52": _(
        "Cette branche dépasserait de %(over)s celle dont elle fait partie. Réduisez-la ou augmentez "
        "d’abord « %(parent)s »."
    ),
    "E53": _(
        "L’avenant porterait l’enveloppe à %(new)s, alors que %(committed)s sont déjà engagés. Le "
        "minimum est de %(committed)s."
    ),
    "E54": _(
        "Ces dates chevauchent l’entente %(number)s (du %(start)s au %(end)s). Modifiez les dates ou "
        "mettez d’abord fin à l’autre entente."
    ),
    "E55": _(
        "Vous avez fait cette demande : une autre personne doit l’approuver. Les personnes suivantes "
        "le peuvent : %(people)s."
    ),
    "E56": _("%(person)s a déjà approuvé ce versement le %(when)s. Rien n’a été fait une seconde fois."),
    "E57": _("Ce versement est bloqué : %(reason)s. Il se débloquera dès que %(remedy)s."),
    "E58": _(
        "Les coordonnées bancaires ont changé le %(when)s. Par prudence, aucun versement n’est "
        "possible avant le %(until)s, et une seconde personne doit les confirmer."
    ),
    "E59": _("Les coordonnées bancaires ont changé depuis l’approbation. Approuvez de nouveau le versement."),
    "E60": _(
        "L’exercice %(year)s est fermé depuis le %(date)s. Datez l’écriture de l’exercice en cours, "
        "ou demandez la réouverture en donnant un motif."
    ),
    "E61": _(
        "Cette page a déjà servi à une autre opération. Rechargez-la, vérifiez les montants et "
        "recommencez. Rien n’a été inscrit."
    ),
    "E62": _("Avant d’ouvrir cette demande, indiquez si vous avez un conflit d’intérêts."),
    "E63": _(
        "Retrait : conflit d’intérêts déclaré le %(date)s. Cette demande ne vous est pas accessible. "
        "Pour corriger votre déclaration, écrivez à %(contact)s."
    ),
    "E64": _("Inscrivez une note de 0 à %(max)s."),
    "E65": _("Une note inférieure à %(threshold)s demande un commentaire : l’organisme y trouvera le motif."),
    "E66": _(
        "La séance a été close à %(time)s. Vos notes n’ont pas été verrouillées et ne compteront "
        "pas. Communiquez avec la personne qui anime le comité."
    ),
    "E67": ngettext_lazy(
        "Le quorum n’est pas atteint : %(present)d membre peut se prononcer et il en faut "
        "%(required)d. Reportez cette demande.",
        "Le quorum n’est pas atteint : %(present)d membres peuvent se prononcer et il en faut "
        "%(required)d. Reportez cette demande.",
        "present",
    ),
    "E68": _(
        "%(person)s a modifié cette réponse à %(time)s, pendant que vous l’écriviez. Rien n’est "
        "perdu : comparez les deux versions et choisissez."
    ),
    "E69": _("Ce dossier est maintenant « %(state)s ». Rechargez la page pour voir ce qui est possible."),
    "E70": _("Votre rôle a changé à %(time)s et ne permet plus cette action. Adressez-vous à %(manager)s."),
    "E71": _("Votre session a pris fin. Ouvrez-la de nouveau ici même : votre texte est conservé."),
    "E72": _("Connexion perdue. Votre texte est conservé sur cet appareil et sera enregistré à son retour."),
    "E73": _(
        "L’adresse courriel ou le mot de passe ne correspond pas. Réessayez ou choisissez un nouveau mot de passe."
    ),
    "E74": _("Ce code n’est pas le bon ou a déjà servi. Attendez le suivant ou utilisez un code de récupération."),
    "E75": _(
        "Ce mot de passe est trop facile à deviner. Utilisez au moins 12 caractères, par exemple "
        "trois mots sans lien entre eux."
    ),
    "E76": _("Cette invitation n’est plus valable. Demandez-en une nouvelle à %(sender)s."),
    "E77": _(
        "Cette invitation est adressée à une autre personne. Fermez la session, puis ouvrez-la avec "
        "l’adresse qui l’a reçue."
    ),
    "E78": ngettext_lazy(
        "Trop d’essais. Par sécurité, réessayez dans %(minutes)d minute.",
        "Trop d’essais. Par sécurité, réessayez dans %(minutes)d minutes.",
        "minutes",
    ),
    "E79": ngettext_lazy(
        "Rien n’a été importé : %(errors)d cellule est à corriger sur %(rows)d lignes. Téléchargez "
        "le fichier des erreurs, corrigez-le et importez-le.",
        "Rien n’a été importé : %(errors)d cellules sont à corriger sur %(rows)d lignes. Téléchargez "
        "le fichier des erreurs, corrigez-le et importez-le.",
        "errors",
    ),
    "E80": _("Cellule %(cell)s (%(column)s) : %(reason)s %(remedy)s"),
    "E81": _("Cellule %(cell)s : une formule n’est pas lue. Remplacez-la par sa valeur."),
    "E82": _(
        "Cellule %(cell)s : « %(value)s » peut être le 1er février ou le 2 janvier. Écrivez "
        "2026-02-01 ou indiquez l’ordre des dates pour tout le fichier."
    ),
    "E83": _("Ligne %(row)d : ce projet appartient à une autre alliance. Retirez la ligne."),
    "E84": _("Ce fichier a déjà été importé le %(date)s par %(person)s. Rien n’a été ajouté."),
    "E85": _("Ce fichier compte plus de %(max)s lignes. Divisez-le."),
    "E86": _("La colonne « %(column)s » manque. Associez-la à l’une des vôtres ou partez du modèle."),
    "E87": ngettext_lazy(
        "L’importation ne peut plus être défaite : %(count)d projet a reçu des versements depuis. "
        "Contrepassez d’abord ces écritures.",
        "L’importation ne peut plus être défaite : %(count)d projets ont reçu des versements depuis. "
        "Contrepassez d’abord ces écritures.",
        "count",
    ),
    "E88": _(
        "Le document n’a pas pu être produit après 3 essais. L’équipe technique est avisée. Vos "
        "données sont intactes; vous pouvez relancer la production."
    ),
    "E89": _(
        "Les dépenses déclarées (%(spent)s) dépassent les sommes versées (%(paid)s). Corrigez la "
        "dépense ou expliquez l’écart."
    ),
    "E90": _(
        "Les personnes distinctes (%(people)s) dépassent les participations (%(attendances)s). "
        "Vérifiez les deux nombres."
    ),
    "E91": _("Ce fichier n’est plus conservé depuis le %(date)s. Produisez-le de nouveau."),
    "E92": _("La limite est de %(max)s (%(rate)s %% de %(base)s). Réduisez le montant de %(over)s."),
    "E93": _(
        "Les exercices totalisent %(total)s et l’entente %(amount)s : l’écart est de %(gap)s. Ajustez un exercice."
    ),
}

SUMMARY = ngettext_lazy(
    "%(count)d renseignement est à corriger",
    "%(count)d renseignements sont à corriger",
    "count",
)
SUMMARY_TITLE = ngettext_lazy("%(count)d renseignement à corriger", "%(count)d renseignements à corriger", "count")
KEPT = _("Ce que vous avez inscrit est conservé.")
ALL_REQUIRED = _("Tous les champs sont obligatoires, sauf indication contraire.")


def text(code: str, **params: object) -> str:
    """The message of `code` with its placeholders filled. An unknown code or a missing placeholder raises KeyError."""
    return MESSAGES[code] % params


lazy_text = lazy(text, str)


def refusal(code: str, **params: object) -> ValidationError:
    """The ValidationError of `code`, for a form’s `add_error` or a field’s `clean`."""
    return ValidationError(text(code, **params), code=code)
