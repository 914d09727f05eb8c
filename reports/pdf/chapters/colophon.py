"""What the report means in law, and what this copy is and how it can be checked."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from isecg.canonical import canonical
from isecg.pdf import fonts
from isecg.qr import code
from reports.pdf.chapters.base import Chapter, Medium
from reports.pdf.printed import Printed


def colophon(printed: Printed, medium: Medium) -> list[Chapter]:
    """Addresses are written out on paper and page alike: a copy is checked far from the page."""
    address = settings.SITE_URL + reverse("reports:check_code", args=[printed.code])
    context = {
        "address": address,
        "check": settings.SITE_URL + reverse("reports:check"),
        "code": code(address, _("QR code"), _("It leads to %(address)s.") % {"address": address}).svg("qr"),
        "others": bool(fonts.needed(canonical(printed.content).decode())),
    }
    title, about = _("About this report"), _("Not legally binding; how this copy can be checked")
    return [Chapter("colophon", "colophon", title, about, context=context)]
