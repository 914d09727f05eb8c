"""The portal's settings without veraPDF, which takes seconds a file: other tests start it (tests/pdf)."""

from isecg.settings import *  # noqa: F403

JAVA = ""
