"""The hashed requirement files, compiled from `pyproject.toml`.

Hashed requirement files rather than another lock format: others record where each file came from.
"""

import subprocess
import sys

from isecg import ROOT

COMPILE = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
PLAIN = [
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--python-version",
    "3.11",
]
RUN = ["pyproject.toml", "-o", "requirements.txt"]
DEV = ["--group", "dev", "-c", "requirements.txt", "pyproject.toml", "-o", "requirements-dev.txt"]


def lock() -> int:
    """Recompile both; versions that still fit stay as they are (delete a file to move everything)."""
    for what in (RUN, DEV):
        done = subprocess.run([*COMPILE, *PLAIN, *what], cwd=ROOT, check=False)
        if done.returncode != 0:
            return done.returncode
    return 0
