"""The confirmation of a consequential act: asked on a page, or in a dialogue where there is script; then done, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alliances.look.forms import PortalForm
from alliances.workflow.engine import MoveRefused


@dataclass(frozen=True)
class Question:
    """`title` is a question with its verb; `lines` say the effect in figures; `button` repeats the verb and its figure.

    `back` is where « Ne rien changer » leads, and where one comes back once it is done. `crumbs` are (address, label).
    """

    title: str
    button: str
    back: str
    lines: tuple[str, ...] = ()
    danger: bool = False
    crumbs: tuple[tuple[str, str], ...] = field(default=())


class NothingToFill(PortalForm):
    """An act that asks nothing but its confirmation."""

    intro = ""


def confirm(
    request: HttpRequest,
    question: Question,
    form: PortalForm,
    act: Callable[[dict], str],
    explain: Callable[[MoveRefused], str] = str,
) -> HttpResponse:
    """GET asks. POST runs `act(cleaned data)`, which returns what was done, in words, and goes back.

    A ValidationError of the act is shown in the form, what was typed stays; a refused move is told at the way back.
    """
    if request.method == "POST" and form.is_valid():
        try:
            done = act(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except MoveRefused as refused:
            messages.warning(request, explain(refused))
            return redirect(question.back)
        else:
            messages.success(request, done)
            return redirect(question.back)
    page = "confirmation_dialog" if request.htmx and request.method == "GET" else "confirmation"
    return render(request, f"look/{page}.html", {"question": question, "form": form})
