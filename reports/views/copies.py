"""The public record: is a copy genuine, which copies are there, how is an edition cited."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from isecg import citation
from isecg.citation import Work
from reports import queries
from reports.forms.copies import CheckForm
from reports.models import AnnualReport, Publication
from reports.queries import copies

# How a file's checksum is asked for; the same in every language.
COMMANDS = [
    ("Linux", "sha256sum report.pdf"),
    ("macOS", "shasum -a 256 report.pdf"),
    ("Windows", "Get-FileHash report.pdf"),
]


@login_not_required
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Check a copy by its code or its file's checksum; the browser computes that, no file comes here."""
    form = CheckForm(request.GET if request.GET else None)
    verdict = None
    if form.is_bound and form.asked:
        code, sha256 = form.cleaned_data["code"], form.cleaned_data["sha256"]
        verdict = copies.of_file(sha256, request.user) if sha256 else copies.of_code(code, request.user)
    refused = form.is_bound and not form.is_valid()
    context = {"form": form, "verdict": verdict, "commands": COMMANDS}
    return render(request, "reports/check.html", context, status=422 if refused else 200)


@login_not_required
@require_safe
def check_code(request: HttpRequest, code: str) -> HttpResponse:
    """Where the QR in a colophon leads; 404 with the same page for a code nobody was given."""
    verdict = copies.of_code(code, request.user)
    status = 404 if verdict.answer == copies.Answer.UNKNOWN else 200
    context = {"form": CheckForm(initial={"code": code}), "verdict": verdict, "commands": COMMANDS}
    return render(request, "reports/check.html", context, status=status)


@login_not_required
@require_safe
def cite(request: HttpRequest, year: int) -> HttpResponse:
    """The current edition's citation in four forms, to copy or to download."""
    publication = _publication(request, year)
    forms = citation.every(_work(publication), lambda form: reverse("reports:citation", args=[year, form]))
    context = {"report": publication.report, "edition": publication.edition, "forms": forms}
    return render(request, "reports/cite.html", context)


@login_not_required
@require_safe
def citation_file(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """One of the four as a file."""
    return citation.as_file(_work(_publication(request, year)), form, f"ISECG-annual-report-{year}")


def _publication(request: HttpRequest, year: int) -> Publication:
    report = get_object_or_404(AnnualReport.objects.visible_to(request.user), year=year)
    publication = queries.current_publication(report)
    if publication is None:
        raise Http404
    return publication


def _work(publication: Publication) -> Work:
    """In the report's own language, so that everybody cites it alike; the address is this edition's."""
    edition, report = publication.edition, publication.report
    with override(edition.main.language):
        address = reverse("reports:edition_pdf", args=[report.year, edition.number])
        return Work(
            key=f"isecg-annual-report-{report.year}-{edition.number}",
            title=_("ISECG Annual Report %(year)s") % {"year": report.year},
            author=citation.AUTHOR,
            place="Noordwijk",
            publisher=_("ISECG Secretariat"),
            day=publication.at.date(),
            edition=_("edition %(number)s") % {"number": edition.number},
            number=edition.code,
            address=f"{settings.SITE_URL}{address}",
            language=edition.main.language,
        )
