"""How the portal comes up on one machine: installation, servers, processes, checks.

This is the roof of the project, like settings and urls: nothing else imports it, and it needs no
configured Django. `bootstrap.py` and `install.py` run under the system's Python before anything is
installed; everything else runs under the Python of `.venv` as `python -m isecg.stack`.
"""
