"""The project: what all apps share, and nothing that only one of them uses."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
