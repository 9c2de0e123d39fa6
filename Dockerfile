# The portal's one image: web, worker, beat and release job differ by the word that docker/entry.sh is given.
ARG BASE_IMAGE=python:3.11-slim-bookworm

FROM ${BASE_IMAGE} AS packages
COPY requirements.lock /tmp/
# By its hashes only, and never built here: what runs is what was tried.
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes --no-deps --only-binary :all: -r /tmp/requirements.lock

FROM ${BASE_IMAGE}
# Pango draws the text of the PDFs. The portal brings its own fonts.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 portal \
 && useradd --uid 10001 --gid portal --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin portal \
 && install --directory --owner portal --group portal /srv/files
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/portal
COPY manage.py requirements.lock ./
COPY alliances alliances
COPY regions regions
COPY projects projects
COPY reporting reporting
COPY templates templates
COPY static static
COPY locale locale
COPY docker/entry.sh docker/health.py docker/
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PORTAL_VAR=/srv/portal/var \
    PORTAL_FILES=/srv/files \
    XDG_CACHE_HOME=/tmp/cache
# Static files and bytecode are made here, so that the file system can be read-only. The addresses lead nowhere.
RUN python -m compileall -q alliances regions projects reporting \
 && PORTAL_MODE=demo SECRET_KEY=of-the-build-alone DATABASE_URL=postgres://portal_web@nowhere/portal \
    REDIS_URL=redis://nowhere python manage.py collectstatic --no-input --verbosity 0
USER 10001:10001
EXPOSE 8000
ENTRYPOINT ["/srv/portal/docker/entry.sh"]
CMD ["web"]
