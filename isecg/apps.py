from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "isecg"
    label = "isecg"

    def ready(self) -> None:
        from isecg import checks  # noqa: F401  (registers the system checks)
