from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from isecg import translations


class Command(BaseCommand):
    help = "Merges new words into the German catalogue; with --check only says what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail on what is missing")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if not check:
            translations.save(translations.merged())
        if complaints := translations.complaints():
            raise CommandError("\n".join(complaints))
        self.stdout.write("Every word has its German.")
