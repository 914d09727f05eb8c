"""Why a job failed: found by a worker, read later by people, each in their own language."""

import json
from typing import Any

from django.db import models

from isecg.pdf.sentences import Words, in_words

MARK = '{"msgid": '


class ReasonField(models.TextField):
    """Takes a sentence (`isecg.pdf.sentences`) or plain words, and gives it in the language that is active
    when the row is read. In the database a plain text."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def get_prep_value(self, value: Words | Any) -> Any:
        if isinstance(value, dict):
            return json.dumps({"msgid": value["msgid"], "holes": value["holes"]}, ensure_ascii=False)
        return super().get_prep_value(value)

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        return in_words(json.loads(value)) if value and value.startswith(MARK) else value
