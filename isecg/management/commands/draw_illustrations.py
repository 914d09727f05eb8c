"""Draw the pictures of the demonstration anew, after the drawing code has changed."""

from typing import Any

from django.core.management.base import BaseCommand

from isecg.seed import illustrations


class Command(BaseCommand):
    help = "Draw the demonstration's pictures anew into isecg/seed/pictures/ (half a minute)."

    def handle(self, *args: Any, **options: Any) -> None:
        illustrations.FOLDER.mkdir(exist_ok=True)
        for name in illustrations.SCENES:
            illustrations.draw(name, illustrations.file(name))
        self.stdout.write(f"{len(illustrations.SCENES)} pictures drawn.")
