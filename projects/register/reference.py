"""Expense categories, from the programme's usual list of admissible expenses."""

from projects.register.models import ExpenseCategory

CATEGORIES = (
    ("salaires", "Salaires et charges sociales"),
    ("honoraires", "Honoraires professionnels"),
    ("materiel", "Matériel, fournitures et petits équipements"),
    ("location", "Location de locaux et d’équipement"),
    ("deplacement", "Déplacements"),
    ("communication", "Communication et promotion"),
    ("formation", "Formation"),
    ("participation", "Participation des personnes en situation de pauvreté"),
    ("evaluation", "Évaluation"),
    ("administration", "Frais d’administration du projet"),
    ("autres", "Autres dépenses admissibles"),
)


def load_categories() -> None:
    for rank, (code, name) in enumerate(CATEGORIES, start=1):
        ExpenseCategory.objects.update_or_create(code=code, defaults={"name": name, "rank": rank})
