from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "isecg.mail"
    label = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from isecg.mail import tasks  # noqa: F401  (says how a mail is handed over)
