"""A few notices of the demonstration: who, code, subject, text, page."""

WELCOME = (
    (
        "gestion", "N02", "Deux engagements attendent votre approbation",
        "Deux projets demandent un engagement de l’exercice en cours.\n"
        "Une autre personne que celle qui demande doit approuver.",
        "/a/{slug}/projets/",
    ),
    (
        "gestion", "N03", "Un versement attend votre approbation",
        "Un versement a été demandé par Finances.\nIl part dès que vous l’approuvez.",
        "/a/{slug}/versements/",
    ),
    (
        "finance", "N04", "Un versement est approuvé",
        "Le versement que vous avez demandé est approuvé.\nInscrivez-le comme versé quand la banque le confirme.",
        "/a/{slug}/versements/",
    ),
    (
        "agent", "N05", "Un versement est dû",
        "Les conditions d’un versement sont remplies.\nVous pouvez le demander.",
        "/a/{slug}/versements/",
    ),
)  # fmt: skip
