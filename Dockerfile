# One file, two images: `--target web` serves pages and terminals, `--target executor` runs programs.
# Each has a user of its own: what Linux counts for each user is not shared by the two.
#
# Debian's packages are those of the day of the build, with its security fixes; apt verifies their
# signatures. Everything else is locked, and `python scripts/pin_images.py` locks the base images.

FROM node:20-bookworm-slim AS page
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund --no-update-notifier --loglevel=error
COPY *.json *.ts ./
COPY static static
RUN npm run --silent build

FROM python:3.12-slim-bookworm AS packages
RUN python3 -m venv /opt/venv
COPY requirements.txt .
RUN /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --quiet \
    --require-hashes -r requirements.txt

FROM python:3.12-slim-bookworm AS base
# tini: the first process of a container must wait for orphans, of which sandboxes leave some.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends tini >/dev/null \
    && rm -rf /var/lib/apt/lists/*
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LOG_FORMAT=json
WORKDIR /app
COPY manage.py pyproject.toml ./
COPY coderunner coderunner
COPY accounts accounts
COPY runner runner
COPY templates templates
RUN python -m compileall -q accounts coderunner runner

FROM base AS web
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent web
COPY --from=page /app/static/dist static/dist
COPY locale locale
COPY scripts/messages.py scripts/messages.py
RUN python scripts/messages.py --compile
COPY deploy/compose/make_secrets.py /usr/local/bin/make-secrets
# Collecting signs nothing. A volume made on /static belongs to the user.
RUN SECRET_KEY=unused DATABASE_URL=sqlite://:memory: python manage.py collectstatic --noinput --verbosity 0 \
    && install -d -o web -g web /static
USER 10001:10001
EXPOSE 8000
ENTRYPOINT ["tini", "--"]
# A proxy must be in front. If there are several, say how many; not Daphne's --proxy-headers, which takes
# the word of whoever wrote first.
ENV TRUSTED_PROXIES=1
CMD ["daphne", "-v", "0", "-b", "0.0.0.0", "-p", "8000", "coderunner.asgi:application"]

FROM python:3.12-slim-bookworm AS locales
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends locales >/dev/null \
    && rm -rf /var/lib/apt/lists/*
COPY scripts/locales.sh /usr/local/bin/locales
RUN locales make

FROM base AS executor
# What programs run on is Debian's own Python: ours, with all its packages, is not visible to them.
# The second range of ids is for hosts whose containers have only 65,536 of them.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends bubblewrap netbase python3 tzdata >/dev/null \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10002 --user-group --no-create-home --home-dir /nonexistent executor \
    && printf 'executor:1900000000:3534\nexecutor:62000:3534\n' | tee /etc/subuid >/etc/subgid \
    && install -d -o executor -g executor -m 700 /run/coderunner
COPY --from=locales /usr/lib/locale /usr/lib/locale
COPY deploy/container/delegate.py /usr/local/bin/delegate
# Started as root it has control groups and users for sandboxes, and is this user from then on.
USER 10002:10002
ENTRYPOINT ["delegate", "tini", "--"]
CMD ["python", "manage.py", "executor"]
