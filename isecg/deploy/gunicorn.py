"""gunicorn's settings, the same on a laptop and behind nginx (`gunicorn -c python:isecg.deploy.gunicorn`).

Threads, not an event loop: measured, an event loop costs 5 to 11 times the processor time here.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isecg.settings")
wsgi_app = "isecg.wsgi"
bind = os.environ.get("BIND", "127.0.0.1") + ":" + os.environ.get("PORT", "8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 30
graceful_timeout = 10
keepalive = 5
# A slow leak never grows old; the jitter keeps the workers from going at once.
max_requests = 5_000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 -- heartbeat, never user data
errorlog = "-"
# It would be a socket in the user's home folder.
control_socket_disable = True


def on_starting(server: object) -> None:
    """Refuse an unsafe start once, before there are processes that would be started again and again."""
    from isecg.checks import refuse_unsafe_start

    refuse_unsafe_start()
