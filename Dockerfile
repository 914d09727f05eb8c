# One image for web, worker, clock and release (docker-compose.yml says which is which).
FROM python:3.13-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.txt /requirements.txt
RUN python -m venv /venv \
 && /venv/bin/pip install --require-hashes --no-deps --only-binary :all: -r /requirements.txt

FROM python:3.13-slim-bookworm
# What WeasyPrint draws text with (its fonts come as Python packages, so that a report's bytes repeat), and
# the Java that veraPDF runs on. Java's set-up wants the folder of manual pages, which this image lacks.
RUN mkdir -p /usr/share/man/man1 \
 && apt-get update \
 && apt-get install -y --no-install-recommends \
      libfontconfig1 libglib2.0-0 libharfbuzz-subset0 libharfbuzz0b libpango-1.0-0 libpangoft2-1.0-0 \
      openjdk-17-jre-headless \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /srv/portal --shell /usr/sbin/nologin portal \
 && install -d -o portal -g portal -m 0755 /data

COPY --from=packages /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=isecg.settings DATA_DIR=/data BIND=0.0.0.0

WORKDIR /srv/portal
COPY . .
# Translations are compiled once, here. Static files are collected as well, only to see that every one that a
# style sheet names is there: `release` puts them into the volume that nginx reads.
RUN python -c "from isecg.stack import messages; messages.compile_stale()" \
 && python -m compileall -q . \
 && DATA_DIR=/tmp/build python manage.py collectstatic --noinput --verbosity 0 \
 && rm -rf /tmp/build

USER portal
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "-c", "python:isecg.deploy.gunicorn"]
