"""Two people at the same time: what neither can see is held by the database."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from agencies.models import Agency, ChairTerm


@pytest.mark.django_db(transaction=True)
def test_two_handovers_to_one_agency_at_the_same_moment_are_one(make_agency: Callable[..., Agency]) -> None:
    dlr = make_agency("DLR")
    both_written = threading.Barrier(2, timeout=120)
    refused: list[str] = []

    def write(start: dt.date) -> None:
        try:
            with transaction.atomic():
                ChairTerm.objects.create(agency=dlr, start=start)
                both_written.wait()
        except IntegrityError as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[dt.date(year, 1, 1)]) for year in (2024, 2025)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ChairTerm.objects.count() == 1
    assert "neighbouring chair terms" in refused[0]
