"""The first thing that runs, under whatever Python the machine has.

Only this file is written so that a Python of long ago can read it: far enough to say what is wrong.
"""

import os
import sys

OLDEST = (3, 11)
NEWEST = (3, 13)

if not OLDEST <= sys.version_info[:2] <= NEWEST:
    sys.exit(
        "Python 3.11, 3.12 or 3.13 is needed; this is %d.%d. "
        "If another is installed, name it: make run PYTHON=python3.12" % sys.version_info[:2]
    )

# Run as a script: our own folder's names must not hide anybody else's, and `isecg` must be found.
sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from isecg.stack import install  # noqa: E402

install.main(sys.argv[1:])
