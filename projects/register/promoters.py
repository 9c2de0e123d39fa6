"""Finding an organisation of the public register by what a person types: a part of its name, or its number."""

from django.db.models import CharField, F, Func, QuerySet, Value

from alliances.look import parsing
from alliances.models import Organisation

SHORTEST = 3  # below three letters an index of words finds nothing
NAMED_AT_MOST = 50


class _Plain(Func):
    """Lower case, no accents: an index of the database stands on the same words."""

    function = "plain_name"
    output_field = CharField()


def neq_in(words: str) -> str:
    """The ten digits of a NEQ when the words are one; else nothing."""
    try:
        return parsing.neq(words)
    except parsing.Refused:
        return ""


def organisations_named(words: str, most: int = NAMED_AT_MOST) -> QuerySet[Organisation]:
    """Organisations whose name holds `words`, or whose NEQ they are; in the order of names, `most` at most."""
    words = words.strip()[:120]
    neq = neq_in(words)
    if neq:
        return Organisation.objects.filter(neq=neq)
    if len(words) < SHORTEST or parsing.has_control(words):
        return Organisation.objects.none()
    named = Organisation.objects.annotate(plain=_Plain(F("name"))).filter(plain__contains=_Plain(Value(words)))
    return named.order_by("name", "pk")[:most]
