"""The web application, served by gunicorn's threads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isecg.settings")
application = get_wsgi_application()

# gunicorn runs no system checks of its own.
from isecg.checks import refuse_unsafe_start  # noqa: E402

refuse_unsafe_start()
