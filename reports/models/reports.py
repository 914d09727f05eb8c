"""The report of twelve months."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isecg.access import standing
from isecg.versions import Versioned
from reports.models.limits import TEXT


class State(models.TextChoices):
    """Where a report stands; `reports/workflow.py` says what leads where."""

    OPEN = "open", _("open")
    COLLECTING = "collecting", _("collecting")
    EDITING = "editing", _("being edited")
    CONFIRMING = "confirming", _("being confirmed")
    APPROVED = "approved", _("approved by the chair")
    PUBLISHED = "published", _("published")
    CORRECTED = "corrected", _("published, corrected since")
    WITHDRAWN = "withdrawn", _("withdrawn")


PUBLIC = (State.PUBLISHED, State.CORRECTED)
CIRCULATED = (State.CONFIRMING, State.APPROVED)


class Arrangement(models.TextChoices):
    """How the highlights stand in the report."""

    AGENCY = "agency", _("by agency")
    DESTINATION = "destination", _("by destination")


class Language(models.TextChoices):
    """The languages of the report's own words; what people wrote stays as they wrote it."""

    ENGLISH = "en", _("English")
    GERMAN = "de", _("German")


class Paper(models.TextChoices):
    A4 = "a4", _("A4")
    LETTER = "letter", _("US Letter")


def stands_in(states: Iterable[State], now: dt.datetime, report: str = "") -> Q:
    """Whether a report stands in one of the states at this instant, as others see it: a step that is held
    until later has not happened for them. `report` leads to the report, with its two underscores."""
    states = list(states)
    held = Q(**{f"{report}held_until__gt": now})
    return (held & Q(**{f"{report}state_before__in": states})) | (~held & Q(**{f"{report}state__in": states}))


class AnnualReportQuerySet(models.QuerySet["AnnualReport"]):
    def standing_in(self, *states: State, now: dt.datetime | None = None) -> Self:
        """Those that stand in one of the states, as others than the secretariat see it."""
        return self.filter(stands_in(states, now or timezone.now()))

    def public(self, now: dt.datetime | None = None) -> Self:
        """Reports anybody can read."""
        return self.standing_in(*PUBLIC, now=now)

    def visible_to(self, reader: Any) -> Self:
        """The secretariat sees every report, others those that are published."""
        return self if standing(reader).secretariat else self.public()

    def known_to(self, reader: Any) -> Self:
        """Those and the withdrawn ones: their address says that they were there, and why they are not."""
        return self if standing(reader).secretariat else self.standing_in(*PUBLIC, State.WITHDRAWN)

    def circulated_to(self, reader: Any) -> Self:
        """Those, and drafts that go round among the agencies while they confirm and the chair approves."""
        if standing(reader).secretariat:
            return self
        return self.standing_in(*PUBLIC, *(CIRCULATED if standing(reader).reads_for else ()))


WAS_WITHDRAWN = Q(state="withdrawn") | Q(state_before="withdrawn")


def english() -> list[str]:
    return [Language.ENGLISH.value]


def a4() -> list[str]:
    return [Paper.A4.value]


@pghistory.track()
class AnnualReport(Versioned):
    """The report of twelve months. Its state moves only through `reports.workflow`.

    A step that others notice is held for some minutes: `state` says what will be, `state_before` what is
    until the instant `held_until`. What was withdrawn keeps its day and reason while one of the two says so.
    """

    Arrangement = Arrangement

    year = models.PositiveSmallIntegerField(
        _("year"),
        unique=True,
        validators=[MinValueValidator(2007), MaxValueValidator(2200)],
        error_messages={"unique": _("There already is a report of this year.")},
    )
    period_start = models.DateField(_("period from"))
    foreword = models.TextField(_("foreword"), blank=True, max_length=TEXT, help_text=_("Markdown."))
    foreword_by = models.CharField(_("foreword signed by"), max_length=200, blank=True)
    cover_note = models.TextField(_("line on the cover"), blank=True, max_length=500)
    cover_picture = models.ForeignKey(
        "reports.Photograph",
        on_delete=models.PROTECT,
        related_name="covers",
        null=True,
        blank=True,
        verbose_name=_("picture of the year"),
    )
    cover_credit = models.CharField(_("credit of the picture"), max_length=200, blank=True)
    cover_alt = models.CharField(_("alternative text of the picture"), max_length=500, blank=True)
    arrangement = models.CharField(
        _("highlights stand"), max_length=11, choices=Arrangement.choices, default=Arrangement.AGENCY
    )
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language.choices),
        default=english,
        verbose_name=_("languages"),
        help_text=_("Of the report's own words; what people wrote stays as they wrote it."),
    )
    papers = ArrayField(
        models.CharField(max_length=6, choices=Paper.choices), default=a4, verbose_name=_("paper sizes")
    )
    due_at = models.DateTimeField(_("deadline for highlights"), null=True, blank=True)
    confirm_by = models.DateTimeField(_("deadline for confirming"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.OPEN, editable=False
    )
    state_before = models.CharField(
        _("state until then"), max_length=10, choices=State.choices, blank=True, editable=False
    )
    held_until = models.DateTimeField(_("held until"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawal_reason = models.TextField(_("reason of the withdrawal"), blank=True, editable=False)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="period_starts_a_month",
                condition=Q(period_start__day=1),
                violation_error_message=_("The period begins on the first day of a month."),
            ),
            models.CheckConstraint(
                name="a_cover_picture_has_credit_and_words",
                condition=Q(cover_picture__isnull=True) | (~Q(cover_credit="") & ~Q(cover_alt="")),
                violation_error_message=_("A picture needs its credit and an alternative text."),
            ),
            models.CheckConstraint(
                name="a_report_has_a_language_and_a_paper",
                condition=Q(languages__len__gt=0, papers__len__gt=0),
                violation_error_message=_("Choose at least one language and one paper size."),
            ),
            models.CheckConstraint(
                name="a_withdrawal_has_a_day_and_a_reason",
                condition=(
                    WAS_WITHDRAWN & Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")
                    | ~WAS_WITHDRAWN & Q(withdrawn_at__isnull=True, withdrawal_reason="")
                ),
            ),
            models.CheckConstraint(
                name="what_is_held_has_an_instant_and_a_state_before",
                condition=Q(held_until__isnull=False) & ~Q(state_before="")
                | Q(held_until__isnull=True, state_before=""),
            ),
        ]
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")

    def __str__(self) -> str:
        return str(_("Annual report %(year)s") % {"year": self.year})

    def get_absolute_url(self) -> str:
        return reverse("reports:detail", args=[self.year])

    def is_held(self, now: dt.datetime) -> bool:
        """Whether the last step is yet to take effect."""
        return self.held_until is not None and self.held_until > now

    def state_at(self, now: dt.datetime) -> State:
        """Where it stands at this instant, as others than the secretariat see it."""
        return State(self.state_before if self.is_held(now) else self.state)

    @property
    def shown_state(self) -> State:
        return self.state_at(timezone.now())

    @property
    def is_public(self) -> bool:
        return self.shown_state in PUBLIC

    @property
    def is_withdrawn(self) -> bool:
        return self.shown_state == State.WITHDRAWN

    @property
    def period_end(self) -> dt.date:
        """The first day after the twelve months."""
        return self.period_start.replace(year=self.period_start.year + 1)

    @property
    def last_day(self) -> dt.date:
        return self.period_end - dt.timedelta(days=1)
