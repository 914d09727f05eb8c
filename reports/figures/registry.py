"""Every figure, by name. The names are parts of addresses and of sections' texts: they never change."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from agencies.models import Destination
from reports.figures import rows
from reports.figures.figure import Figure
from reports.models import Outcome
from reports.queries.plan import Status

HIGHLIGHT = ("agency", "on", "title", "destination")
ITEM = ("code", "title", "due", "percent", "status")
GOAL = ("year", "number", "goal", "outcome")

PEOPLE = (
    Figure(
        "members",
        ngettext_lazy("member agency in the period", "member agencies in the period"),
        _("Agencies that were members on at least one day of the period."),
        ("agency", "name", "country", "joined", "left"),
        rows.members,
    ),
    Figure(
        "founders",
        ngettext_lazy("founding member", "founding members"),
        _("Members in the period that were among those who formed the group."),
        ("agency", "name", "joined"),
        rows.founders,
    ),
    Figure(
        "joined",
        ngettext_lazy("agency joined", "agencies joined"),
        _("Memberships that began in the period."),
        ("agency", "on"),
        rows.changes("joined"),
    ),
    Figure(
        "left",
        ngettext_lazy("agency left", "agencies left"),
        _("Memberships that ended in the period."),
        ("agency", "on"),
        rows.changes("left"),
    ),
    Figure(
        "chairs",
        ngettext_lazy("agency in the chair", "agencies in the chair"),
        _("Agencies that held the chair on at least one day of the period, as far as it is known."),
        ("agency",),
        rows.chairs,
    ),
)

TOLD = (
    Figure(
        "highlights",
        ngettext_lazy("highlight of the year", "highlights of the year"),
        _("Highlights whose day lies in the period, of all agencies."),
        HIGHLIGHT,
        rows.highlights(),
        inside=True,
    ),
    Figure(
        "photographs",
        ngettext_lazy("highlight with a photograph", "highlights with a photograph"),
        _("Highlights of the period that are shown with a photograph."),
        HIGHLIGHT,
        rows.highlights(lambda row: row["photograph"]),
        inside=True,
    ),
    Figure(
        "agencies_with_highlights",
        ngettext_lazy("agency with a highlight", "agencies with highlights"),
        _("Agencies of which at least one highlight of the period is told."),
        ("agency", "highlights"),
        rows.telling,
        inside=True,
    ),
    Figure(
        "agencies_without_highlights",
        ngettext_lazy("member without a highlight", "members without highlights"),
        _("Members in the period of which no highlight is told, whether they said so or not."),
        ("agency", "nothing_to_report"),
        rows.silent,
        inside=True,
    ),
    Figure(
        "nothing_to_report",
        ngettext_lazy("agency with nothing to report", "agencies with nothing to report"),
        _("Agencies that were asked and answered that they have nothing to report."),
        ("agency",),
        rows.nothing,
        inside=True,
    ),
    Figure(
        "activities",
        ngettext_lazy("activity that highlights tell of", "activities that highlights tell of"),
        _("Missions and programmes that highlights of the period are linked to."),
        ("name", "agencies", "destination"),
        rows.activities,
        inside=True,
    ),
)

NOUNS_OF_DESTINATIONS = {
    Destination.EARTH_ORBIT: ngettext_lazy("highlight in low Earth orbit", "highlights in low Earth orbit"),
    Destination.MOON: ngettext_lazy("highlight on the Moon", "highlights on the Moon"),
    Destination.MARS: ngettext_lazy("highlight on Mars", "highlights on Mars"),
    Destination.SMALL_BODIES: ngettext_lazy(
        "highlight on asteroids and comets", "highlights on asteroids and comets"
    ),
    Destination.FARTHER: ngettext_lazy(
        "highlight on farther destinations", "highlights on farther destinations"
    ),
    Destination.TECHNOLOGY: ngettext_lazy(
        "highlight on enabling technology", "highlights on enabling technology"
    ),
}
DESTINATIONS = (
    *(
        Figure(
            f"highlights_{place.value}",
            words,
            _("Highlights of the period that are assigned to this destination."),
            HIGHLIGHT,
            rows.highlights_at(place),
            inside=True,
        )
        for place, words in NOUNS_OF_DESTINATIONS.items()
    ),
    Figure(
        "highlights_elsewhere",
        ngettext_lazy("highlight without a destination", "highlights without a destination"),
        _("Highlights of the period that are assigned to no destination."),
        HIGHLIGHT,
        rows.highlights_at(""),
        inside=True,
    ),
)

PLAN = (
    Figure(
        "work_items",
        ngettext_lazy("item of the work plan", "items of the work plan"),
        _("Items begun before the end of the period and neither done nor dropped before its start."),
        ITEM,
        rows.items(),
    ),
    Figure(
        "work_items_done",
        ngettext_lazy("work item done", "work items done"),
        _("Items of the period at 100 % on its last day, without those that were dropped."),
        ITEM,
        rows.standing(Status.DONE),
    ),
    Figure(
        "work_items_on_track",
        ngettext_lazy("work item on track", "work items on track"),
        _("Items of the period that are begun, not done, and not past their due day on its last day."),
        ITEM,
        rows.standing(Status.ON_TRACK),
    ),
    Figure(
        "work_items_late",
        ngettext_lazy("late work item", "late work items"),
        _("Items of the period that are past their due day on its last day, and not done."),
        ITEM,
        rows.standing(Status.LATE),
    ),
    Figure(
        "work_items_not_started",
        ngettext_lazy("work item not started", "work items not started"),
        _("Items of the period without any percentage on its last day, and not past their due day."),
        ITEM,
        rows.standing(Status.NOT_STARTED),
    ),
    Figure(
        "work_items_dropped",
        ngettext_lazy("work item dropped", "work items dropped"),
        _("Items of the period that were dropped in it by a decision and not taken up again."),
        ITEM,
        rows.standing(Status.DROPPED),
    ),
    Figure(
        "work_items_unreported",
        ngettext_lazy("work item without an entry", "work items without an entry"),
        _("Items of the period of which nobody wrote down progress in it, without those dropped."),
        ITEM,
        rows.items(lambda row: not row["reported"] and not row["dropped"]),
    ),
    Figure(
        "work_items_changed",
        ngettext_lazy(
            "work item changed in content or schedule", "work items changed in content or schedule"
        ),
        _("Items of the period for which a change of content or schedule was decided in it."),
        ITEM,
        rows.items(lambda row: row["changes"]),
    ),
    Figure(
        "work_plan_percent",
        ngettext_lazy("percent of the work plan done", "percent of the work plan done"),
        _("The mean of the items' percentages on the last day, rounded; those dropped do not count."),
        ITEM,
        rows.items(lambda row: not row["dropped"]),
        rows.average,
    ),
    Figure(
        "progress_entries",
        ngettext_lazy("entry of progress in the period", "entries of progress in the period"),
        _("Entries of progress whose day lies in the period, of all items."),
        ("code", "day", "percent"),
        rows.entries,
    ),
    Figure(
        "plan_changes",
        ngettext_lazy("change of the work plan", "changes of the work plan"),
        _("Changes of content and schedule, items dropped and items taken up again in the period."),
        ("code", "day", "kind", "why"),
        rows.plan_changes,
    ),
)

GOALS = (
    Figure(
        "goals",
        ngettext_lazy("goal for the coming year", "goals for the coming year"),
        _("Goals that are set for the year after the report's."),
        ("year", "number", "goal"),
        rows.goals,
    ),
    Figure(
        "goals_of_the_year",
        ngettext_lazy("goal of the year", "goals of the year"),
        _("Goals that had been set for the year of the report, whatever became of them."),
        GOAL,
        rows.kept(),
    ),
    Figure(
        "goals_met",
        ngettext_lazy("goal met", "goals met"),
        _("Goals of the year with the outcome “met”."),
        GOAL,
        rows.kept(Outcome.MET),
    ),
    Figure(
        "goals_partly",
        ngettext_lazy("goal partly met", "goals partly met"),
        _("Goals of the year with the outcome “partly met”."),
        GOAL,
        rows.kept(Outcome.PARTLY),
    ),
    Figure(
        "goals_missed",
        ngettext_lazy("goal missed", "goals missed"),
        _("Goals of the year with the outcome “missed”."),
        GOAL,
        rows.kept(Outcome.MISSED),
    ),
    Figure(
        "goals_dropped",
        ngettext_lazy("goal dropped", "goals dropped"),
        _("Goals of the year with the outcome “dropped”."),
        GOAL,
        rows.kept(Outcome.DROPPED),
    ),
    Figure(
        "goals_open",
        ngettext_lazy("goal without an outcome", "goals without an outcome"),
        _("Goals of the year of which nobody has stated an outcome yet."),
        GOAL,
        rows.kept(""),
    ),
)

PUBLISHED = (
    Figure(
        "recommendations",
        ngettext_lazy("recommendation issued", "recommendations issued"),
        _("Recommendations issued in the period, those superseded or withdrawn since included."),
        ("number", "title", "on"),
        rows.recommendations,
    ),
    Figure(
        "documents",
        ngettext_lazy("document released", "documents released"),
        _("Documents of the group's library whose day of release lies in the period."),
        ("title", "on"),
        rows.dated("documents"),
    ),
    Figure(
        "meetings",
        ngettext_lazy("meeting held", "meetings held"),
        _("Meetings of the group and of its working groups that began in the period."),
        ("title", "on", "place"),
        rows.meetings,
    ),
)

GROUPS = (
    (_("Members and chair"), PEOPLE),
    (_("Highlights"), TOLD),
    (_("Highlights by destination"), DESTINATIONS),
    (_("Work plan"), PLAN),
    (_("Goals"), GOALS),
    (_("Recommendations, documents, meetings"), PUBLISHED),
)
FIGURES = {figure.name: figure for _words, group in GROUPS for figure in group}
