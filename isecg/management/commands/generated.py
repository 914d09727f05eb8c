"""Files that are made from code: printed from it, and compared in `make check`."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from isecg import ROOT
from recommendations import workflow as recommendations_workflow
from reports import workflow as reports_workflow

GENERATED: dict[Path, Callable[[], str]] = {
    ROOT / "recommendations" / "workflow.md": recommendations_workflow.diagram,
    ROOT / "reports" / "workflow.md": reports_workflow.diagram,
}


class Command(BaseCommand):
    help = "Writes the files that are made from code; with --check only says which are stale."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail on what is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        stale = [path for path, made in GENERATED.items() if not path.exists() or path.read_text() != made()]
        if check and stale:
            raise CommandError(
                "Stale, run `make fix`: " + ", ".join(str(path.relative_to(ROOT)) for path in stale)
            )
        for path in stale:
            path.write_text(GENERATED[path]())
        self.stdout.write(f"{len(GENERATED)} generated files are as their code says.")
