"""Pages of a person: where to go after the sign-in, the spaces, the account, the second factor."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliances.people import services
from alliances.people.actors import actor_of
from alliances.people.factors import has_factor, proved
from alliances.people.forms import AccountForm
from alliances.tenancy.access import ANYONE, SIGNED_IN, screen


@screen(SIGNED_IN)
@require_safe
def arrival(request) -> HttpResponse:
    """After the sign-in: the only space, or the choice."""
    doors = list(request.spaces)
    return redirect(doors[0].url if len(doors) == 1 else "people:spaces")


@screen(SIGNED_IN)
@require_safe
def spaces(request) -> HttpResponse:
    return render(request, "people/spaces.html")


@screen(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def account(request) -> HttpResponse:
    me = request.user
    form = AccountForm(request.POST or None, initial={name: getattr(me, name) for name in AccountForm.base_fields})
    if request.method == "POST" and form.is_valid():
        services.rename_me(actor=actor_of(request), **form.cleaned_data)
        messages.success(request, _("Votre compte est enregistré."))
        return redirect("people:account")
    return render(request, "people/account.html", {"form": form})


@screen(ANYONE)
@require_safe
def second_factor(request) -> HttpResponse:
    """Why the space did not open, and the way to set up or give the second proof."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if proved(request):
        return redirect(_onward(request) or "people:arrival")
    return render(request, "people/second_factor.html", {"has_factor": has_factor(request.user)})


def _onward(request) -> str:
    """Where the person was going, if that is a page of the portal."""
    target = request.GET.get("next", "")
    return target if target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None) else ""
