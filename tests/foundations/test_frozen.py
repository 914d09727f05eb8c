"""What is on record stays: no update, delete or truncate, even as the owner of the tables."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pghistory.models
import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, connection, transaction

from agencies.models import Agency
from isecg.audit.models import Event
from isecg.audit.services import record
from members.models import Member, Role

pytestmark = pytest.mark.django_db


def frozen_tables() -> list[str]:
    """Tables that migrations have frozen."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_frozen' ORDER BY 1"
        )
        return [row[0] for row in cursor.fetchall()]


def history_tables() -> list[str]:
    """Tables in which pghistory keeps what rows were."""
    return sorted(
        model._meta.db_table for model in apps.get_models() if issubclass(model, pghistory.models.Event)
    )


def refused(statement: str) -> str:
    """Run a statement that must be refused; returns the refusal."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(caught.value)


def test_frozen_are_the_log_the_editions_and_the_publications(db: None) -> None:
    assert {"audit_event", "reports_edition", "reports_publication"} <= set(frozen_tables())


def test_frozen_table_refuses_to_be_emptied(db: None) -> None:
    for table in frozen_tables():
        assert "append-only: TRUNCATE refused" in refused(f"TRUNCATE {table} CASCADE")


def test_application_is_no_superuser(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


def test_no_session_switch_lifts_the_refusal(editor: Member) -> None:
    assert "permission denied" in refused("SET session_replication_role = replica")


@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.update(why="nothing"),
        lambda: Event.objects.all().delete(),
        lambda: Event.objects.get().delete(),
        lambda: Event.objects.get().save(),
        lambda: Event.objects.bulk_update([*Event.objects.all()], ["why"]),
    ],
)
def test_event_refuses_every_way_of_changing_it(change: Callable[[], Any], editor: Member) -> None:
    record(by=editor, verb="look", what=editor, why="the first")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()
    assert Event.objects.get().why == "the first"


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET why = 'x'", "DELETE FROM audit_event"])
def test_event_refuses_plain_sql(statement: str, editor: Member) -> None:
    record(by=editor, verb="look", what=editor)
    assert "append-only" in refused(statement)


def test_event_survives_what_it_tells_of(editor: Member) -> None:
    agency = Agency.objects.create(slug="gone")
    record(by=editor, verb="add", what=agency)
    pk = agency.pk
    agency.delete()
    event = Event.objects.get(record_type="agencies.agency", record_id=str(pk))
    assert (event.record, event.actor) == ("GONE", editor.name)


def test_event_of_a_transaction_that_fails_is_not_there(editor: Member) -> None:
    def fail() -> None:
        with transaction.atomic():
            record(by=editor, verb="look", what=editor)
            raise ValueError("on purpose")

    with pytest.raises(ValueError, match="on purpose"):
        fail()
    assert not Event.objects.exists()


def test_event_keeps_rows_days_and_long_names_as_text(editor: Member, dlr: Agency) -> None:
    changes = {"agency": [None, dlr], "day": [dt.date(2024, 1, 2), None], "ids": [[1, 2], [dlr]]}
    event = record(by=None, verb="change", what=editor, changes=changes)
    event.refresh_from_db()
    assert event.actor == "the portal"
    assert event.changes == {"agency": [None, "DLR"], "day": ["2024-01-02", None], "ids": [[1, 2], ["DLR"]]}


def test_event_about_one_record_leaves_out_the_others(editor: Member, dlr: Agency) -> None:
    record(by=editor, verb="first", what=editor)
    record(by=editor, verb="other", what=dlr)
    record(by=editor, verb="second", what=editor)
    assert [event.verb for event in Event.objects.about(editor)] == ["second", "first"]


def test_history_is_kept_of_an_update_that_asks_no_model(dlr: Agency) -> None:
    Agency.objects.update(country="FR")
    rows = Agency.pgh_event_model.objects.filter(pgh_obj_id=dlr.pk).order_by("pgh_id")  # type: ignore[attr-defined]
    assert list(rows.values_list("pgh_label", "country")) == [("insert", "DE"), ("update", "FR")]


def test_history_is_kept_of_plain_sql(dlr: Agency) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agencies_agency SET website = 'https://example.org'")
    rows = Agency.pgh_event_model.objects.filter(pgh_obj_id=dlr.pk, pgh_label="update")  # type: ignore[attr-defined]
    assert rows.get().website == "https://example.org"


def test_history_knows_who_in_a_request(
    editor: Member, delegate_a: Member, sign_in: Callable[..., Any]
) -> None:
    sign_in(delegate_a).post("/profile/", {"name": "New", "language": "en", "version": 1})
    row = Member.pgh_event_model.objects.filter(pgh_obj_id=delegate_a.pk).latest("pgh_id")  # type: ignore[attr-defined]
    assert row.pgh_context.metadata["user"] == delegate_a.pk


def test_history_refuses_to_be_changed(dlr: Agency) -> None:
    assert "Cannot update or delete" in refused("UPDATE agencies_agencyevent SET country = 'XX'")
    assert "Cannot update or delete" in refused("DELETE FROM agencies_agencyevent")


def test_every_history_table_is_append_only(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger "
            "WHERE tgname LIKE 'pgtrigger_append_only%'"
        )
        guarded = {row[0] for row in cursor.fetchall()}
    assert history_tables() != []
    assert set(history_tables()) - guarded == set()


def test_history_never_holds_secrets(db: None) -> None:
    for model in apps.get_models():
        if issubclass(model, pghistory.models.Event):
            for secret in ("password", "token_hash", "private"):
                with pytest.raises(FieldDoesNotExist):
                    model._meta.get_field(secret)


def test_mandate_history_outlives_the_mandate(make_member: Callable[..., Member], dlr: Agency) -> None:
    mandate = make_member(Role.DELEGATE, dlr).mandates.get()
    pk = mandate.pk
    mandate.delete()
    rows = type(mandate).pgh_event_model.objects.filter(pgh_obj_id=pk)  # type: ignore[attr-defined]
    assert sorted(rows.values_list("pgh_label", flat=True)) == ["delete", "insert"]
