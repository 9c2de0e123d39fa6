"""« Mes avis » of a person; and, in a demonstration only, the mail that would have left."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alliances.notices import backends, services
from alliances.notices.catalogue import CATALOGUE
from alliances.notices.models import Notice
from alliances.people.actors import actor_of
from alliances.tenancy.access import ANYONE, SIGNED_IN, screen

PER_PAGE = 25
_SECRET = [kind.code for kind in CATALOGUE.values() if kind.secret]


@screen(SIGNED_IN)
@require_safe
def notices(request) -> HttpResponse:
    # What only the e-mail may show (a link that lets in) is not repeated here.
    rows = Notice.objects.of_person(request.user.pk).exclude(code__in=_SECRET)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/list.html", {"page": page})


@screen(SIGNED_IN)
@require_POST
def read(request, notice: int) -> HttpResponse:
    row = Notice.objects.of_person(request.user.pk).exclude(code__in=_SECRET).filter(pk=notice).first()
    if row is None:
        raise Http404
    services.mark_read(actor=actor_of(request), notice_id=row.pk)
    return redirect(row.url if request.POST.get("ouvrir") and row.url else "people:notices")


@screen(SIGNED_IN)
@require_POST
def read_all(request) -> HttpResponse:
    services.mark_read(actor=actor_of(request))
    return redirect("people:notices")


@screen(ANYONE)
@require_safe
def mail_list(request) -> HttpResponse:
    page = Paginator(backends.kept(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/mail_list.html", {"page": page})


@screen(ANYONE)
@require_safe
def mail_message(request, name: str) -> HttpResponse:
    message = backends.one(name)
    if message is None:
        raise Http404
    return render(request, "notices/mail_message.html", {"message": message, "title": _("Courriel")})
