"""The gallery of all components in every state, for staff: what a new page is put together from."""

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from isecg import deadlines, palette
from isecg.access import Denied, require, secretariat_only
from isecg.citation import FORMS, Cited
from isecg.forms import DateInput, DeadlineField

TEXT_SIZES = ["display", "h1", "h2", "h3", "lead", "body", "small"]
SPACES = range(1, 9)
ICONS = (
    "arrow-left", "arrow-right", "calendar", "check", "circle", "circle-check", "circle-dot", "clock",
    "download", "external-link", "file-text", "inbox", "info", "menu", "octagon-alert", "pencil", "plus",
    "search", "trash-2", "triangle-alert", "upload", "users", "x",
)  # fmt: skip


class Sample(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label=_("Title"), max_length=40, help_text=_("At most 40 characters."))
    text = forms.CharField(label=_("Text"), widget=forms.Textarea, required=False, help_text=_("Markdown."))
    day = forms.DateField(label=_("Day"), widget=DateInput)
    deadline = DeadlineField(label=_("Deadline"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", "–"), ("a", _("roadmap")), ("b", _("white paper"))]
    )
    precision = forms.ChoiceField(
        label=_("Exact to the"),
        choices=[("d", _("day")), ("m", _("month")), ("y", _("year"))],
        widget=forms.RadioSelect,
    )
    agencies = forms.MultipleChoiceField(
        label=_("Contributing agencies"),
        choices=[("csa", "CSA"), ("esa", "ESA"), ("jaxa", "JAXA")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    picture = forms.FileField(label=_("Picture"), required=False, help_text=_("JPEG, PNG or WebP."))
    public = forms.BooleanField(label=_("Everybody may read it"), required=False)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; the form can be sent to see what it answers, and saves nothing."""
    require(secretariat_only(request.user))
    form = Sample(request.GET or None, prefix="sent")
    context = {"form": form, "wrong": Sample(WRONG, prefix="wrong"), **_tokens(), **_samples(), **_files()}
    return render(request, "design.html", context)


WRONG = {"wrong-title": "x" * 41, "wrong-text": "What was typed stays."}


def _tokens() -> dict[str, Any]:
    return {
        "schemes": [
            (scheme, palette.colours(scheme), palette.meetings(scheme)) for scheme in palette.SCHEMES
        ],
        "sizes": TEXT_SIZES,
        "spaces": SPACES,
        "icons": ICONS,
    }


def _samples() -> dict[str, Any]:
    return {
        "denied": Denied(_("Only the secretariat can publish a report.")),
        "page": Paginator(range(70), 10).page(3),
        "today": dt.date(2026, 11, 23),
        "deadlines": [deadlines.end_of(dt.date(2099, 12, 14)), deadlines.end_of(dt.date(2026, 1, 5))],
        "rows": [
            {"when": "2021 –", "words": _("the latest row, which still holds"), "now": True},
            {
                "when": "2015 – 2021",
                "words": _("an earlier one"),
                "note": _("with a note on what is known of it"),
            },
            {"when": _("May 2007"), "words": _("the first one")},
        ],
        "facts": [
            (_("Country"), _("Germany")),
            (_("Website"), "dlr.de", "https://www.dlr.de/"),
            (_("Note"), ""),
        ],
        "tabs": [
            {"words": _("Open"), "address": "#tabs", "current": True, "count": 3},
            {"words": _("Done"), "address": "#tabs", "count": 0},
            {"words": _("All"), "address": "#tabs"},
        ],
        "steps": [
            {"words": _("Drafting"), "stands": "done", "at": dt.datetime(2026, 3, 2, tzinfo=dt.UTC)},
            {"words": _("Consultation"), "stands": "done", "at": dt.datetime(2026, 4, 7, tzinfo=dt.UTC)},
            {"words": _("Silence"), "stands": "now", "note": _("broken by an objection")},
            {"words": _("Agreed"), "stands": "ahead"},
            {"words": _("Issued"), "stands": "ahead"},
        ],
        "long": "Weltraumforschungskoordinierungsgruppensekretariatsangelegenheiten",
    }


def _files() -> dict[str, Any]:
    """What stands beside a PDF."""
    return {
        "checks": [
            {"check": "pdf_a", "passed": True, "words": "PDF/A-3a: 0 / 155"},
            {"check": "pdf_ua", "passed": None, "words": "PDF/UA-1"},
        ],
        "citations": [
            Cited(FORMS["txt"].name, "txt", str(_("A work in one line, to copy.")), "#citations", "en"),
            Cited(
                FORMS["bib"].name, "bib", "@techreport{isecg-2025,\n  year = {2025},\n}", "#citations", "en"
            ),
        ],
    }
