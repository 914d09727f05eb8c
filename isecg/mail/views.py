"""Which mails went out, which wait and which failed, for the secretariat."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from isecg.access import require, secretariat_only
from isecg.mail import queries
from isecg.mail.forms import MailForm
from isecg.mail.models import PRIVATE, Message

PER_PAGE = 50


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """Every mail with its state, filtered by address and state."""
    require(secretariat_only(request.user))
    form = MailForm(request.GET)
    chosen = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    page = Paginator(queries.messages(**chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "chosen": chosen,
        "query": f"&{urlencode(chosen)}" if chosen else "",
    }
    return render(request, "mail_log/list.html", context, status=400 if form.errors else 200)


@require_safe
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as it was written; the link of an invitation or a new password is never shown."""
    require(secretariat_only(request.user))
    message = get_object_or_404(Message, pk=pk)
    context = {"mail": message, "text": message.text.replace(PRIVATE, "…")}
    return render(request, "mail_log/detail.html", context)
