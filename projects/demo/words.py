"""Words of the demonstration’s projects: titles and summaries by priority, names of organisations and partners."""

from projects.demo.places import rows


def _themes() -> dict[str, list[tuple]]:
    """{priority: [(title with {de} or {at}, what it does, target groups, expected result, range of its target)]}"""
    themes: dict[str, list[tuple]] = {}
    for row in rows("themes.csv"):
        reach = (int(row["least"]), int(row["most"]))
        theme = (row["title"], row["what"], tuple(row["groups"].split()), row["result"], reach)
        themes.setdefault(row["priority"], []).append(theme)
    return themes


THEMES = _themes()
# How often each priority comes: food and community first, as in the annual reports of the cycle.
WEIGHTS = {
    "securite-alimentaire": 26, "loisirs": 6, "transport": 9, "action-communautaire": 17, "engagement-citoyen": 7,
    "habitation": 9, "insertion": 11, "itinerance": 5, "accessibilite": 4, "decrochage": 6,
}  # fmt: skip
SECOND_SENTENCES = (
    "Les personnes concernées siègent au comité de suivi.",
    "Le projet est mené avec les organismes du territoire.",
    "Une évaluation courte est faite avec les personnes participantes.",
    "Les activités sont gratuites; le transport et la garde sont offerts.",
    "Les partenaires prêtent les locaux et le personnel.",
)
PHASES = (
    "volet familles",
    "volet jeunesse",
    "deuxième année",
    "volet aînés",
    "consolidation",
    "volet d’hiver",
    "phase 2",
)

# Words of the nations, in front of a few titles of their alliances: food, house, family, the caribou.
NATION_WORDS = {
    "nunavik": ("ᓂᕿ", "ᐃᓪᓗ", "ᐃᓄᐃᑦ", "ᓄᓇᕕᒃ"),
    "eeyou-istchee": ("ᐄᔨᔫ ᐃᔅᒌ", "ᒦᒋᒻ"),
    "premieres-nations": ("Atikᵘ", "Mitshim", "Kwe"),
}

_BODIES = (
    "Entraide", "Carrefour", "Maison", "Centre", "Atelier", "Table", "Regroupement", "Relais", "Ruche", "Comptoir",
    "Coopérative", "Collectif", "Havre", "Chantier", "Cuisine", "Fabrique",
)  # fmt: skip
_EPITHETS = (
    "du Merle-Bleu", "de la Lune-Rousse", "des Quatre-Lampes", "du Pont-Levant", "de la Pomme-Grise",
    "du Tournesol-Bleu",
    "de la Porte-Mauve", "des Trois-Feuilles", "du Vent-Doux", "de la Rive-Claire", "du Grand-Merisier",
    "des Mains-Sûres",
    "de la Clairière-Haute", "du Chemin-Tournant", "de la Souche-Verte", "des Marées-Lentes", "du Soleil-Levé",
    "de la Neige-Bleue", "du Sentier-Rouge", "des Deux-Clochers", "de la Table-Longue", "du Bouleau-Blanc",
    "de l’Étoile-Verte", "des Herbes-Folles", "de la Grive-Fauve", "du Phare-Gris", "de la Lanterne-Verte",
    "du Fil-Rouge",
    "des Pas-Comptés", "de la Cour-Partagée", "du Banc-Bleu", "des Voix-Mêlées", "de la Main-Verte",
    "du Ruisseau-Clair",
    "des Pommiers-Nains", "de l’Ancre-Dorée", "du Tilleul-Rond", "de la Laine-Douce", "des Cinq-Rangs",
    "du Verger-Haut",
)  # fmt: skip


def organisation_names(offset: int, count: int) -> list[str]:
    """`count` fictitious names; different offsets never give the same one."""
    names = []
    for i in range(offset, offset + count):
        body = _BODIES[(i + i // len(_EPITHETS)) % len(_BODIES)]
        round_, name = divmod(i, len(_BODIES) * len(_EPITHETS))
        names.append(f"{body} {_EPITHETS[name % len(_EPITHETS)]}" + (" et de ses environs" if round_ else ""))
    return names


_NAMED = (
    "du Grand-Pin",
    "de la Vallée-Douce",
    "des Quatre-Vents",
    "du Rocher-Gris",
    "de l’Anse-Ronde",
    "des Érables-Rouges",
)


def partner_name(kind: str, *, town, territory, organisation: str, pick: int) -> str:
    """A partner of that kind. Public bodies are kinds of real ones; the others are fictitious."""
    named = _NAMED[pick % len(_NAMED)]
    return {
        "promoter": organisation,
        "municipal": territory if pick % 3 else f"Municipalité {town.de}",
        "quebec": ("Ministère de la Famille", "Ministère de la Culture", "Secrétariat à la jeunesse")[pick % 3],
        "canada": ("Emploi et Développement social Canada", "Patrimoine canadien")[pick % 2],
        "health": "Centre intégré de santé et de services sociaux de la région",
        "education": ("Centre de services scolaire du secteur", "Cégep de la région")[pick % 2],
        "community": f"Corporation de développement communautaire {named}",
        "philanthropy": f"Fondation {named}",
        "business": (f"Marché {named}", f"Coopérative forestière {named}", f"Quincaillerie {named}")[pick % 3],
        "other": f"Bénévoles {town.de}",
    }[kind]


# kind of partner: (weight, form)
PARTNER_WEIGHTS = {
    "promoter": (24, "in_kind"), "municipal": (22, "cash"), "quebec": (8, "cash"), "canada": (6, "cash"),
    "health": (9, "in_kind"), "education": (8, "in_kind"), "community": (9, "in_kind"), "philanthropy": (8, "cash"),
    "business": (4, "cash"), "other": (2, "in_kind"),
}  # fmt: skip
