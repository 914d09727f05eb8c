"""Reports to render: few agencies or all, short words or long, pictures of every shape."""

import datetime as dt
import io
import random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from agencies.models import Agency, AgencyName, ChairTerm, Membership
from reports import pictures
from reports.models import AnnualReport, Document, Goal, Highlight, Photograph, ProgressEntry, WorkItem

NAMES = {
    "AEB": ("Agência Espacial Brasileira", "Brazilian Space Agency", "BR"),
    "AEM": ("Agencia Espacial Mexicana", "Mexican Space Agency", "MX"),
    "ASA": ("Australian Space Agency", "", "AU"),
    "ASI": ("Agenzia Spaziale Italiana", "Italian Space Agency", "IT"),
    "CNES": ("Centre National d’Études Spatiales", "National Centre for Space Studies", "FR"),
    "CNSA": ("China National Space Administration", "", "CN"),
    "CSA": ("Canadian Space Agency / Agence spatiale canadienne", "", "CA"),
    "CSIRO": ("Commonwealth Scientific and Industrial Research Organisation", "", "AU"),
    "DLR": ("Deutsches Zentrum für Luft- und Raumfahrt e.V.", "German Aerospace Center", "DE"),
    "ESA": ("European Space Agency", "", ""),
    "GISTDA": ("Geo-Informatics and Space Technology Development Agency", "", "TH"),
    "ISRO": ("Indian Space Research Organisation", "", "IN"),
    "JAXA": ("Japan Aerospace Exploration Agency", "", "JP"),
    "KASA": ("Korea AeroSpace Administration", "", "KR"),
    "LSA": ("Luxembourg Space Agency", "", "LU"),
    "NASA": ("National Aeronautics and Space Administration", "", "US"),
    "NOSA": ("Norwegian Space Agency", "", "NO"),
    "NZSA": ("New Zealand Space Agency", "", "NZ"),
    "POLSA": ("Polska Agencja Kosmiczna", "Polish Space Agency", "PL"),
    "PT Space": ("Agência Espacial Portuguesa", "Portuguese Space Agency", "PT"),
    "ROSA": ("Agenția Spațială Română", "Romanian Space Agency", "RO"),
    "Roscosmos": ("Roscosmos State Corporation for Space Activities", "", "RU"),
    "SSAU": ("State Space Agency of Ukraine", "", "UA"),
    "SSO": ("State Secretariat for Education, Research and Innovation, Swiss Space Office", "", "CH"),
    "UAESA": ("United Arab Emirates Space Agency", "", "AE"),
    "UKSA": ("UK Space Agency", "", "GB"),
    "VNSC": ("Vietnam National Space Center", "", "VN"),
}
SHAPES = [(2400, 1500), (1400, 2000), (2600, 900), (900, 900)]
SENTENCES = [
    "The agency completed the review of its lunar surface activities and shared the findings with all.",
    "Engineers from three centres compared power interfaces for rovers and habitats; two suffice.",
    "A workshop on polar volatiles brought together 84 scientists; its summary is open to every agency.",
    "The instrument was delivered for integration, after vibration tests that it passed the second time.",
    "Data from the first season are released without embargo, in the archiving standard of the group.",
    "Students at twelve universities worked on the analogue campaign, half of them for the first time.",
]
MARKDOWN = "\n\nWhat followed:\n\n- a **joint team** for communications, with [its own page](https://example.org/team);\n"
MARKDOWN += "- a common list of interfaces;\n- an offer of two payload places to members.\n"


def photograph(number: int = 0, *, seed: int = 0) -> bytes:
    """A JPEG that could be a landscape: sky, ground, craters."""
    width, height = SHAPES[number % len(SHAPES)]
    chance = random.Random(f"{number} {seed}")
    small = Image.new("RGB", (1, 64))
    for y in range(64):
        small.putpixel(
            (0, y), (10 + y * 2, 20 + y * 2, 50 + y * 3 // 2) if y < 40 else (150 - y, 140 - y, 130 - y)
        )
    picture = small.resize((width, height), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y = chance.randrange(width), chance.randrange(height * 5 // 8, height)
        size = (y - height // 2) // 6 * chance.randrange(3, 9) // 8
        tone = chance.randrange(60, 110)
        draw.ellipse((x - size, y - size // 3, x + size, y + size // 3), fill=(tone, tone, tone + 6))
        draw.arc((x - size, y - size // 3, x + size, y + size // 3), 150, 330, fill=(190, 188, 184), width=5)
    draw.ellipse(
        (width * 3 // 4, height // 8, width * 3 // 4 + height // 6, height // 8 + height // 6),
        fill=(214, 226, 240),
    )
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def upload(data: bytes, name: str = "picture.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def stored(number: int = 0) -> Photograph:
    """A photograph as the upload stores it."""
    return pictures.store(upload(photograph(number)))


def make_report(
    count: int = 4,
    *,
    paragraphs: int = 2,
    highlights: int = 1,
    items: int = 8,
    photographs: bool = True,
    year: int = 2025,
) -> AnnualReport:
    """The report of `year` with `count` agencies, and everything that belongs to it."""
    report = AnnualReport.objects.create(
        year=year,
        period_start=dt.date(year, 1, 1),
        foreword="\n\n".join([" ".join(SENTENCES[:4]), " ".join(SENTENCES[3:]), " ".join(SENTENCES[1:4])]),
        foreword_by="The chair of the International Space Exploration Coordination Group",
        cover_note="Demonstration, compiled from public sources. Not a publication of ISECG.",
    )
    agencies = [_agency(acronym, number) for number, acronym in enumerate(list(NAMES)[:count])]
    for number, agency in enumerate(agencies):
        for turn in range(highlights):
            _highlight(agency, number + turn, year, paragraphs, photographs)
    work = [_item(number, agencies, year) for number in range(items)]
    for number in range(1, 5):
        goal = Goal.objects.create(year=year + 1, number=number, text=SENTENCES[number])
        goal.items.set(work[number : number + 2])
    _rest(agencies, year)
    return report


def _agency(acronym: str, number: int) -> Agency:
    name, english, country = NAMES[acronym]
    agency = Agency.objects.create(slug=acronym.lower().replace(" ", "-"), country=country)
    AgencyName.objects.create(
        agency=agency, acronym=acronym, name=name, name_en=english, start=dt.date(2007, 5, 1)
    )
    founder = number % 2 == 1
    Membership.objects.create(
        agency=agency,
        founder=founder,
        start=dt.date(2007, 5, 1) if founder else dt.date(2019, 1, 1),
        start_precision="month" if founder else "year",
    )
    return agency


def _highlight(agency: Agency, number: int, year: int, paragraphs: int, photographs: bool) -> Highlight:
    text = "\n\n".join(
        " ".join(SENTENCES[(number + at) % 6 :][:3] or SENTENCES[:3]) for at in range(paragraphs)
    )
    picture: dict[str, Any] = {}
    if photographs and number % 3 != 2:
        picture = {
            "photograph": stored(number),
            "credit": f"{agency} / flight team",
            "alt_text": "A grey plain with craters under a dark sky, the Earth small above the horizon.",
        }
    return Highlight.objects.create(
        agency=agency,
        day=dt.date(year, number * 5 % 12 + 1, number * 7 % 27 + 1),
        title=SENTENCES[number % 6].split(",")[0].split(";")[0].removesuffix("."),
        text=text + MARKDOWN if number % 2 else text,
        source="Agency news of that month, example.org/news/2025/a-long-address-that-goes-on"
        if number % 2 == 0
        else "",
        **picture,
    )


def _item(number: int, agencies: list[Agency], year: int) -> WorkItem:
    start = dt.date(year - 1 + number % 2, number * 3 % 12 + 1, 1)
    item = WorkItem.objects.create(
        code=f"WP-{number + 1:02}",
        title=[
            "Roadmap update",
            "Standards for power and data interfaces between surface elements",
            "Lunar volatiles: "
            "a common vocabulary, a shared catalogue of samples and instruments, and who may use them when",
        ][number % 3],
        description=SENTENCES[number % 6],
        lead=agencies[number % len(agencies)] if number % 4 else None,
        working_group="Technology Working Group" if number % 2 else "",
        start=start,
        due=dt.date(year + number * 5 % 3, number * 7 % 12 + 1, 28) if number % 5 else dt.date(year, 10, 28),
    )
    item.contributors.set(agencies[: number % 6])
    for turn in range(number % 4):
        percent = 100 if number % 3 == 0 and turn == number % 4 - 1 else 20 + 20 * turn
        ProgressEntry.objects.create(
            item=item,
            day=dt.date(year, 2 + turn * 4, 10 + number % 15),
            percent=percent,
            text=SENTENCES[(number + turn) % 6],
        )
    return item


def _rest(agencies: list[Agency], year: int) -> None:
    ChairTerm.objects.create(
        start=dt.date(year - 2, 12, 8), start_precision="by", agency=agencies[0], person=""
    )
    ChairTerm.objects.create(
        start=dt.date(year, 7, 1), start_precision="month", agency=agencies[1], start_note="about"
    )
    Membership.objects.filter(agency=agencies[-1]).update(
        start=dt.date(year, 3, 1), start_precision="month", founder=False
    )
    Document.objects.create(
        slug="roadmap",
        title="Global Exploration Roadmap, supplement",
        kind="roadmap",
        day=dt.date(year, 8, 1),
        day_precision="month",
        about=SENTENCES[0],
        link="https://example.org/roadmap.pdf",
    )
