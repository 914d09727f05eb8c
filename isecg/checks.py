"""System checks: production refuses to start with values that are missing or unsafe, each with a sentence."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register

from isecg import env


@register(Tags.security)
def production_values(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Everything an installation that serves people must have; the local demonstration is exempt."""
    if settings.LOCAL and set(settings.ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]", "testserver"}:
        return []
    return [*_missing(), *_unsafe()]


def refuse_unsafe_start() -> None:
    """Ends the process with the sentences of `production_values`, if there are any."""
    if errors := production_values(None):
        raise SystemExit("\n".join(["The portal does not start:", *(f"- {error.msg}" for error in errors)]))


def _missing() -> list[Error]:
    return [
        Error(f"{name} is not set. {variable.description}", id="isecg.E001")
        for name, variable in env.VARIABLES.items()
        if variable.needed and not env.text(name)
    ]


def _unsafe() -> list[Error]:
    secret = settings.SECRET_KEY
    rules = [
        (settings.DEBUG, "DEBUG shows the portal's inside to strangers; set DEBUG=0."),
        (settings.DEMO, "DEMO lets anybody sign in as anybody; set DEMO=0."),
        (settings.LOCAL, "LOCAL switches https off and is for this machine's addresses only; set LOCAL=0."),
        ("*" in settings.ALLOWED_HOSTS, "ALLOWED_HOSTS has a wildcard; name the hosts."),
        (
            secret.startswith("insecure") or len(secret) < 50 or len(set(secret)) < 5,
            "SECRET_KEY is a default or too short; use 50 random characters or more.",
        ),
        (not settings.SITE_URL.startswith("https://"), "SITE_URL does not begin with https://."),
    ]
    return [Error(sentence, id="isecg.E002") for wrong, sentence in rules if wrong]
