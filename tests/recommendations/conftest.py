"""A chair beside the cast, and recommendations in every state (see `world`)."""

from collections.abc import Callable

import pytest

from agencies.models import Agency, ChairTerm
from members.models import Member, Role
from recommendations.models import Consultation, Recommendation, SilenceProcedure
from tests.conftest import PAST
from tests.recommendations import said, world


@pytest.fixture
def asi(make_agency: Callable[..., Agency]) -> Agency:
    """The chairing agency, since always."""
    agency = make_agency("ASI", name="Agenzia Spaziale Italiana", country="IT")
    ChairTerm.objects.create(agency=agency, start=PAST)
    return agency


@pytest.fixture
def chair(make_member: Callable[..., Member], asi: Agency) -> Member:
    return make_member(Role.HEAD, asi)


@pytest.fixture
def observer_b(make_member: Callable[..., Member], jaxa: Agency) -> Member:
    return make_member(Role.OBSERVER, jaxa)


@pytest.fixture
def asked(dlr: Agency, jaxa: Agency) -> list[Agency]:
    """The agencies that the consultations and silence procedures of these fixtures ask; not the chair's."""
    return [dlr, jaxa]


@pytest.fixture
def draft(editor: Member) -> Recommendation:
    return world.drafted(editor)


@pytest.fixture
def revised(editor: Member) -> Recommendation:
    return world.revised(editor)


@pytest.fixture
def consultation(editor: Member, asked: list[Agency]) -> Consultation:
    """Open from world.START for three weeks, whatever the clock says: pass `now` on."""
    return world.in_consultation(editor, asked)


@pytest.fixture
def closed(editor: Member, asked: list[Agency]) -> Consultation:
    """Over at world.START."""
    return world.closed(editor, asked)


@pytest.fixture
def silence(editor: Member, asked: list[Agency]) -> SilenceProcedure:
    """Running from world.START for ten days."""
    return world.under_silence(editor, asked)


@pytest.fixture
def agreed(editor: Member, asked: list[Agency], chair: Member) -> Recommendation:
    return world.agreed(editor, asked)


@pytest.fixture
def issued(editor: Member, asked: list[Agency], chair: Member) -> Recommendation:
    """Issued at world.START."""
    return world.issued(editor, asked, chair)


@pytest.fixture
def over(editor: Member, asked: list[Agency]) -> Consultation:
    """Over two days ago by today's clock, for pages, which know no other."""
    return world.closed(editor, asked, now=said.NOW)
