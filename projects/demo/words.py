"""Words of the demonstration’s projects: titles and summaries by priority, names of organisations and partners."""

# priority: (title with {de}, what the project does, target groups, expected result, range of its target)
THEMES = {
    "securite-alimentaire": (
        ("Cuisines collectives {de}", "Des groupes cuisinent ensemble chaque semaine et repartent avec des repas pour le mois", ("familles", "faible-revenu"), "Personnes qui cuisinent en groupe", (40, 220)),
        ("Frigo partagé {de}", "Un réfrigérateur ouvert à tous les jours de la semaine, garni par les commerces et le voisinage", ("seules", "faible-revenu"), "Personnes rejointes", (60, 400)),
        ("Épicerie solidaire {de}", "Une épicerie où chaque personne paie selon ses moyens, avec des conseils pour étirer le budget", ("familles", "aide-sociale"), "Ménages inscrits", (50, 300)),
        ("Jardins nourriciers {de}", "Des parcelles, des semences et un accompagnement pour cultiver ses légumes", ("familles", "immigrantes"), "Parcelles cultivées", (20, 90)),
        ("Marché mobile {de}", "Un camion de fruits et légumes à prix coûtant s’arrête dans les secteurs sans épicerie", ("aines", "faible-revenu"), "Paniers vendus", (300, 2400)),
        ("Récolte et glanage {at}", "Des bénévoles récoltent ce que les fermes laissent au champ; un tiers va aux familles", ("familles", "adultes"), "Kilogrammes de légumes distribués", (800, 9000)),
        ("Serre communautaire {de}", "Une serre chauffée prolonge la saison et sert d’école de jardinage", ("jeunes", "aines"), "Personnes formées au jardinage", (25, 140)),
        ("Boîtes à lunch des écoles {de}", "Des dîners sains préparés le matin et remis discrètement aux élèves qui en ont besoin", ("enfants", "familles"), "Élèves rejoints", (40, 260)),
        ("Conserves et partage {at}", "Des ateliers de mise en conserve où chaque groupe donne une part de sa production", ("adultes", "aines"), "Ateliers tenus", (12, 60)),
    ),
    "loisirs": (
        ("Camp de jour pour toutes les familles {de}", "Des places à prix réduit et un accompagnement pour les enfants qui en ont besoin", ("enfants", "familles"), "Enfants inscrits", (25, 160)),
        ("Passe-partout loisirs {de}", "Une carte qui ouvre gratuitement la piscine, l’aréna et la bibliothèque", ("familles", "faible-revenu"), "Cartes remises", (60, 500)),
        ("Prêt d’équipement sportif {de}", "Des skis, des patins et des vélos prêtés sans frais, réparés par une équipe de jeunes", ("jeunes", "familles"), "Prêts réalisés", (120, 900)),
        ("Musique au quartier {de}", "Des instruments prêtés et des cours de groupe offerts après l’école", ("jeunes", "enfants"), "Jeunes inscrits", (20, 90)),
        ("Plein air accessible {at}", "Des sorties accompagnées en nature, transport et collation compris", ("seules", "handicapees"), "Sorties tenues", (10, 48)),
    ),
    "transport": (
        ("Transport solidaire {de}", "Des trajets à tarif réduit vers les services, les emplois et les formations", ("aines", "faible-revenu"), "Trajets offerts", (600, 5200)),
        ("Covoiturage de proximité {de}", "Une équipe de bénévoles conduit les personnes à leurs rendez-vous", ("aines", "seules"), "Trajets offerts", (300, 2400)),
        ("Vélos pour aller travailler {at}", "Des vélos remis en état et prêtés pour la saison aux personnes qui commencent un emploi", ("adultes", "immigrantes"), "Vélos prêtés", (30, 140)),
        ("Navette des services {de}", "Un minibus relie chaque semaine les rangs, l’épicerie, la clinique et le centre d’emploi", ("aines", "aide-sociale"), "Passages à bord", (700, 4800)),
        ("Un billet, une démarche {at}", "Des titres de transport remis pour une recherche d’emploi, de logement ou de soins", ("aide-sociale", "itinerance"), "Titres remis", (200, 1800)),
    ),
    "action-communautaire": (
        ("Point de service itinérant {de}", "Une équipe tient une permanence mensuelle dans les villages éloignés des services", ("seules", "aines"), "Personnes accompagnées", (60, 380)),
        ("Maison ouverte {de}", "Un lieu d’accueil sans rendez-vous, où l’on trouve une oreille, un café et une référence", ("seules", "adultes"), "Passages à l’accueil", (400, 3600)),
        ("Travail de milieu {at}", "Une personne va à la rencontre des familles dans les immeubles, les parcs et les écoles", ("familles", "jeunes"), "Familles rencontrées", (50, 260)),
        ("Répit et entraide {de}", "Des heures de répit pour les proches aidantes et proches aidants à faible revenu", ("familles", "handicapees"), "Heures de répit", (300, 2600)),
        ("Vestiaire communautaire {de}", "Des vêtements d’hiver remis à neuf et offerts au prix que chaque personne choisit", ("familles", "immigrantes"), "Ménages servis", (80, 520)),
        ("Carrefour d’information {de}", "Des bénévoles formés aident à remplir les formulaires et à faire valoir ses droits", ("aide-sociale", "aines"), "Démarches accompagnées", (120, 900)),
    ),
    "engagement-citoyen": (
        ("La parole aux premières personnes {de}", "Des personnes en situation de pauvreté préparent et animent des rencontres avec les élues et élus", ("aide-sociale", "adultes"), "Personnes engagées", (12, 60)),
        ("Comité des savoirs vécus {de}", "Un comité de personnes expertes de vécu conseille les organismes et la municipalité", ("adultes", "seules"), "Rencontres du comité", (8, 24)),
        ("Budget participatif {de}", "Les habitantes et habitants choisissent et réalisent ensemble de petits projets de quartier", ("familles", "jeunes"), "Personnes participantes", (80, 600)),
        ("Voisinage en action {at}", "Des fêtes, des corvées et des cafés de rue pour que les voisins se connaissent", ("familles", "aines"), "Activités tenues", (12, 60)),
    ),
    "habitation": (
        ("Un toit, des voisins {de}", "Un accompagnement pour trouver, garder et entretenir un logement", ("seules", "familles"), "Ménages accompagnés", (20, 120)),
        ("Clinique du logement {de}", "Des séances d’information et un accompagnement devant le tribunal du logement", ("faible-revenu", "immigrantes"), "Ménages conseillés", (60, 340)),
        ("Petits travaux, grand confort {at}", "Une équipe en apprentissage calfeutre et répare les logements mal isolés", ("aines", "faible-revenu"), "Logements visités", (25, 110)),
        ("Colocation solidaire {de}", "Un jumelage entre personnes aînées et jeunes qui cherchent un logement", ("aines", "jeunes"), "Jumelages réussis", (8, 40)),
        ("Banque de meubles {de}", "Des meubles recueillis, remis en état et livrés aux ménages qui s’installent", ("familles", "immigrantes"), "Ménages meublés", (40, 220)),
    ),
    "insertion": (
        ("Premiers pas vers l’emploi {at}", "Un parcours de douze semaines, du stage à l’embauche, avec une allocation de présence", ("adultes", "aide-sociale"), "Personnes en parcours", (15, 80)),
        ("Plateau de travail {de}", "Un atelier de réparation où l’on apprend un métier à son rythme", ("jeunes", "aide-sociale"), "Personnes en parcours", (12, 60)),
        ("Mentorat pour nouveaux arrivants {at}", "Des jumelages entre personnes immigrantes et gens de métier de la région", ("immigrantes",), "Jumelages réussis", (15, 90)),
        ("Budget et projets de vie {at}", "Des rencontres individuelles et des ateliers sur le budget, le crédit et les droits", ("adultes", "faible-revenu"), "Personnes accompagnées", (40, 240)),
        ("Brigade alimentaire en formation {de}", "Une cuisine qui forme des équipes et prépare des repas pour les organismes du milieu", ("adultes", "jeunes"), "Repas préparés", (1200, 9800)),
    ),
    "itinerance": (
        ("Halte-chaleur {de}", "Un lieu chauffé, ouvert les soirs d’hiver, avec des repas et des références", ("itinerance",), "Nuits d’ouverture", (60, 180)),
        ("Équipe de rue {de}", "Deux personnes vont à la rencontre de celles qui dorment dehors, six jours sur sept", ("itinerance", "jeunes"), "Personnes rencontrées", (40, 260)),
        ("Du refuge au logement {at}", "Un accompagnement intensif pendant la première année de bail", ("itinerance", "seules"), "Baux maintenus", (8, 45)),
        ("Casiers et douches {de}", "Des casiers, des douches et une buanderie en libre accès", ("itinerance",), "Passages", (500, 4200)),
    ),
    "accessibilite": (
        ("Commerces accueillants {de}", "Des commerces s’engagent à accueillir chaque personne et à lever un obstacle par année", ("handicapees", "aines"), "Commerces engagés", (12, 70)),
        ("Défaire les préjugés {at}", "Une exposition et des ateliers bâtis avec des personnes en situation de pauvreté", ("adultes", "jeunes"), "Personnes sensibilisées", (150, 1400)),
        ("Écrire simple {at}", "Les lettres et formulaires des services réécrits en langage clair avec leurs lectrices et lecteurs", ("adultes", "immigrantes"), "Documents réécrits", (10, 60)),
        ("Trottoirs et rampes {de}", "Une marche exploratoire, un plan et de petites rampes mobiles prêtées aux commerces", ("handicapees", "aines"), "Obstacles levés", (15, 80)),
    ),
    "decrochage": (
        ("Aide aux devoirs {de}", "Des étudiantes et étudiants accompagnent les élèves trois soirs par semaine", ("enfants", "familles"), "Élèves inscrits", (25, 160)),
        ("Persévérer {at}", "Un suivi des absences, un repas du matin et une personne à qui parler", ("jeunes",), "Jeunes suivis", (20, 110)),
        ("Lire avant l’école {at}", "Des livres remis à la naissance et des heures du conte dans les parcs", ("enfants", "familles"), "Enfants rejoints", (60, 420)),
        ("Raccrochage sur mesure {de}", "Un local, un horaire souple et un tutorat pour finir son secondaire", ("jeunes", "monoparentales"), "Jeunes inscrits", (12, 60)),
        ("Parents à l’école {de}", "Des activités parents-enfants dans les écoles, pensées avec les familles", ("familles", "monoparentales"), "Familles participantes", (30, 140)),
    ),
}  # fmt: skip
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
PHASES = ("volet familles", "volet jeunesse", "deuxième année", "volet aînés", "consolidation", "volet d’hiver", "phase 2")

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
    "du Merle-Bleu", "de la Lune-Rousse", "des Quatre-Lampes", "du Pont-Levant", "de la Pomme-Grise", "du Tournesol-Bleu",
    "de la Porte-Mauve", "des Trois-Feuilles", "du Vent-Doux", "de la Rive-Claire", "du Grand-Merisier", "des Mains-Sûres",
    "de la Clairière-Haute", "du Chemin-Tournant", "de la Souche-Verte", "des Marées-Lentes", "du Soleil-Levé",
    "de la Neige-Bleue", "du Sentier-Rouge", "des Deux-Clochers", "de la Table-Longue", "du Bouleau-Blanc",
    "de l’Étoile-Verte", "des Herbes-Folles", "de la Grive-Fauve", "du Phare-Gris", "de la Lanterne-Verte", "du Fil-Rouge",
    "des Pas-Comptés", "de la Cour-Partagée", "du Banc-Bleu", "des Voix-Mêlées", "de la Main-Verte", "du Ruisseau-Clair",
    "des Pommiers-Nains", "de l’Ancre-Dorée", "du Tilleul-Rond", "de la Laine-Douce", "des Cinq-Rangs", "du Verger-Haut",
)  # fmt: skip


def organisation_names(offset: int, count: int) -> list[str]:
    """`count` fictitious names; different offsets never give the same one, up to the 640 there are, then with a number."""
    names = []
    for i in range(offset, offset + count):
        body = _BODIES[(i + i // len(_EPITHETS)) % len(_BODIES)]
        round_, name = divmod(i, len(_BODIES) * len(_EPITHETS))
        names.append(f"{body} {_EPITHETS[name % len(_EPITHETS)]}" + (" et de ses environs" if round_ else ""))
    return names


_NAMED = ("du Grand-Pin", "de la Vallée-Douce", "des Quatre-Vents", "du Rocher-Gris", "de l’Anse-Ronde", "des Érables-Rouges")


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
