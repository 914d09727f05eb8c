"""The event log's codes in plain words: every verb, the portal itself, the fields that were changed."""

import datetime as dt
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from isecg.access import Sentence

SYSTEM = "the portal"
VERBS: dict[str, Sentence] = {
    "abandon": pgettext_lazy("event", "given up"),
    "accept": gettext_lazy("invitation accepted"),
    "accept_late": gettext_lazy("late comments accepted"),
    "add": pgettext_lazy("event", "added"),
    "add_activity": gettext_lazy("activity added"),
    "add_document": gettext_lazy("document added"),
    "add_goal": gettext_lazy("goal added"),
    "add_highlight": gettext_lazy("highlight added"),
    "add_meeting": gettext_lazy("meeting added"),
    "add_progress": gettext_lazy("progress added"),
    "add_section": gettext_lazy("section added"),
    "add_work_item": gettext_lazy("work item added"),
    "admit": gettext_lazy("admitted as a member"),
    "answer_verdict": gettext_lazy("verdict answered"),
    "apply": gettext_lazy("agreed words put into the text"),
    "appoint": gettext_lazy("role given"),
    "approve": gettext_lazy("approved by the chair"),
    "ask_agency": gettext_lazy("agency asked for its part"),
    "ask_for_change": gettext_lazy("change of an agency's text asked for"),
    "ask_to_confirm": gettext_lazy("agencies asked to confirm"),
    "carry_goal": gettext_lazy("goal carried into the next year"),
    "circulate": gettext_lazy("circulated to agencies"),
    "close": gettext_lazy("consultation closed early"),
    "collect": gettext_lazy("collecting begun"),
    "collect_again": gettext_lazy("collecting begun again"),
    "conclude": gettext_lazy("silence procedure concluded"),
    "confirm_contribution": gettext_lazy("agency's text confirmed"),
    "correct": gettext_lazy("correction published"),
    "create": gettext_lazy("agency added"),
    "deactivate": gettext_lazy("account deactivated"),
    "decide_goal": gettext_lazy("outcome of a goal stated"),
    "decline": gettext_lazy("turn declined"),
    "dispose": gettext_lazy("verdict given"),
    "draft": gettext_lazy("recommendation drafted"),
    "drop_work_item": gettext_lazy("work item dropped"),
    "edit": pgettext_lazy("event", "edited"),
    "edit_activity": gettext_lazy("activity edited"),
    "edit_again": gettext_lazy("sent back to editing"),
    "edit_document": gettext_lazy("document edited"),
    "edit_goal": gettext_lazy("goal edited"),
    "edit_highlight": gettext_lazy("highlight edited"),
    "edit_mandate": gettext_lazy("role edited"),
    "edit_meeting": gettext_lazy("meeting edited"),
    "edit_profile": gettext_lazy("profile edited"),
    "edit_progress": gettext_lazy("progress edited"),
    "edit_report": gettext_lazy("report edited"),
    "edit_section": gettext_lazy("section edited"),
    "edit_texts": gettext_lazy("collecting ended"),
    "edit_work_item": gettext_lazy("work item edited"),
    "end": gettext_lazy("membership ended"),
    "end_mandate": gettext_lazy("role ended"),
    "explain": gettext_lazy("finding of the promise check explained"),
    "extend": gettext_lazy("deadline extended"),
    "extend_contribution": gettext_lazy("agency given more time"),
    "finish": gettext_lazy("rendering finished"),
    "hand_over": gettext_lazy("chair handed over"),
    "invite": gettext_lazy("person invited"),
    "issue": pgettext_lazy("event", "issued"),
    "join": gettext_lazy("account opened"),
    "leave_out": gettext_lazy("agency no longer asked"),
    "load": gettext_lazy("loaded at set-up"),
    "name": gettext_lazy("name added"),
    "object": gettext_lazy("objection made"),
    "open_report": gettext_lazy("report opened"),
    "place_comment": gettext_lazy("lost comment placed"),
    "publish": pgettext_lazy("event", "published"),
    "publish_comments": gettext_lazy("comment made public"),
    "reactivate": gettext_lazy("account reactivated"),
    "recall": gettext_lazy("step recalled"),
    "redact_comment": gettext_lazy("comment redacted"),
    "release_response": gettext_lazy("agency's answer released"),
    "release_verdicts": gettext_lazy("verdicts released"),
    "remind": gettext_lazy("agencies reminded"),
    "remove": pgettext_lazy("event", "removed"),
    "remove_document": gettext_lazy("document removed"),
    "remove_goal": gettext_lazy("goal removed"),
    "remove_highlight": gettext_lazy("highlight removed"),
    "remove_meeting": gettext_lazy("meeting removed"),
    "remove_section": gettext_lazy("section taken out"),
    "rename": pgettext_lazy("event", "renamed"),
    "render": gettext_lazy("rendering ordered"),
    "retract_response": gettext_lazy("agency's answer retracted"),
    "return_response": gettext_lazy("agency's answer returned"),
    "review_section": gettext_lazy("section reviewed"),
    "revise": gettext_lazy("revision made"),
    "roll_forward": gettext_lazy("work item rolled forward"),
    "send_again": gettext_lazy("invitation sent again"),
    "send_now": gettext_lazy("wait ended"),
    "snapshot": gettext_lazy("snapshot taken"),
    "start_silence": gettext_lazy("silence procedure started"),
    "state_position": gettext_lazy("position stated"),
    "submit": gettext_lazy("comments submitted"),
    "submit_contribution": gettext_lazy("highlights submitted"),
    "submit_response": gettext_lazy("agency's answer submitted"),
    "supersede": pgettext_lazy("event", "superseded"),
    "swap": gettext_lazy("turns swapped"),
    "take_back_contribution": gettext_lazy("highlights taken back"),
    "take_up_work_item": gettext_lazy("work item taken up again"),
    "withdraw": pgettext_lazy("event", "withdrawn"),
    "withdraw_comment": gettext_lazy("comment withdrawn"),
    "withdraw_objection": gettext_lazy("objection withdrawn"),
    "withdraw_verdict": gettext_lazy("verdict taken back"),
    "write": gettext_lazy("text written"),
}


def verb(code: str) -> Sentence:
    """What was done; a verb of which no words are kept (any more) stands as it was stored."""
    return VERBS.get(code, code)


def actor(stored: str) -> str:
    """Who did it: the portal in the reader's language, people by the name they had."""
    return _("the portal") if stored == SYSTEM else stored


def changes(record_type: str, stored: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(field, before, after) as people read it, as far as the record's model still knows the fields."""
    return [_change(_field(record_type, name), name, pair) for name, pair in stored.items()]


def _field(record_type: str, name: str) -> Any:
    try:
        return apps.get_model(record_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None


def _change(field: Any, name: str, pair: Any) -> tuple[str, str, str]:
    words = capfirst(str(getattr(field, "verbose_name", name.replace("_", " "))))
    before, after = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)
    return words, _value(field, before), _value(field, after)


def _value(field: Any, value: Any) -> str:
    """A stored value: a choice by its words, a list as a line, nothing as a dash."""
    if isinstance(value, list):
        return ", ".join(_value(field, each) for each in value) or "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, DateField) and (moment := _moment(value)):
        return date_format(
            moment, "SHORT_DATETIME_FORMAT" if isinstance(moment, dt.datetime) else "DATE_FORMAT"
        )
    words = {str(code): name for code, name in getattr(field, "flatchoices", None) or []}
    return "–" if value in (None, "") else str(words.get(str(value), value))


def _moment(value: Any) -> dt.date | None:
    """A stored day or instant; None for what is none."""
    try:
        return parse_date(str(value)) or parse_datetime(str(value))
    except ValueError:
        return None
