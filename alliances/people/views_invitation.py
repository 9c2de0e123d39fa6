"""The page that the link of an invitation opens."""

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alliances.look.messages import text
from alliances.people import joining
from alliances.people.actors import actor_of
from alliances.people.forms import JoinForm
from alliances.tenancy.access import ANYONE, screen


@screen(ANYONE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token: str) -> HttpResponse:
    found = joining.find(token)
    if found is None or not found.usable:
        return _spent(request, found)
    context = {"found": found, "token": token, "role": found.team.label(found.role)}
    if request.user.is_authenticated:
        if not found.is_for(request.user):
            return render(request, "people/invitation_other.html", {"why": text("E77")}, status=403)
        if request.method == "POST":
            return _take(request, found, token)
        return render(request, "people/invitation_accept.html", context)
    if joining.has_account(found):
        return render(request, "people/invitation_sign_in.html", context)
    form = JoinForm(request.POST if request.method == "POST" else None, email=found.email)
    if request.method == "POST" and form.is_valid():
        return _join(request, found, token, form.cleaned_data)
    return render(request, "people/invitation_join.html", {**context, "form": form})


def _spent(request, found) -> HttpResponse:
    """E76: used, cancelled, expired, or never sent."""
    sender = found.sender if found else _("la personne qui vous l’a envoyée")
    context = {"why": text("E76", sender=sender)}
    return render(request, "people/invitation_spent.html", context, status=410 if found else 404)


def _take(request, found, token: str) -> HttpResponse:
    if not joining.accept(actor=actor_of(request), secret=token):
        return _spent(request, found)
    messages.success(request, _("Vous faites maintenant partie de %(team)s.") % {"team": found.team.name})
    return redirect("people:arrival")


def _join(request, found, token: str, data: dict) -> HttpResponse:
    user = joining.open_account(found=found, **data)
    if user is None:
        return redirect("people:invitation", token=token)
    record_authentication(request, user, method="password", email=user.email)
    response = perform_login(request, user, email_verification=EmailVerificationMethod.NONE)
    if request.user.is_authenticated and not joining.accept(actor=actor_of(request), secret=token):
        return _spent(request, found)
    return response
