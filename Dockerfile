# One file, several images: `--target web` serves pages and terminals, the others run programs.
#
#   executor-python   Python alone
#   executor-small    and JavaScript, TypeScript, Java, C and C++, and packages for Python; also `executor`
#   executor-full     every language of runner/languages/definitions
#
# With `--build-arg PYTHONS=official` the latter two have the Pythons of the official images too. Web
# workers and executors are users of their own: what Linux counts for each user is not shared by them.
#
# Debian's packages are those of the day of the build, with its security fixes; apt verifies their
# signatures. Everything else is locked, and `python scripts/pin_images.py` locks the base images.

ARG PYTHONS=none
ARG SMALL="javascript typescript node-console java c cpp windows"

FROM node:20-bookworm-slim AS node

FROM node AS page
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

FROM python:3.12-slim-bookworm AS system
# tini: the first process of a container must wait for orphans, of which sandboxes leave some.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends tini >/dev/null \
    && rm -rf /var/lib/apt/lists/*
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LOG_FORMAT=json
WORKDIR /app

FROM system AS base
COPY manage.py pyproject.toml ./
COPY coderunner coderunner
COPY accounts accounts
COPY runner runner
COPY templates templates
RUN python -m compileall -q accounts coderunner runner

FROM python:3.12-slim-bookworm AS locales
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends locales >/dev/null \
    && rm -rf /var/lib/apt/lists/*
COPY scripts/locales.sh /usr/local/bin/locales
RUN locales make

FROM system AS sandbox
# What programs run on is Debian's own Python: ours, with all its packages, is not visible to them.
# The second range of ids is for hosts whose containers have only 65,536 of them.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends bubblewrap netbase python3 tzdata >/dev/null \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10002 --user-group --no-create-home --home-dir /nonexistent executor \
    && printf 'executor:1900000000:3534\nexecutor:62000:3534\n' | tee /etc/subuid >/etc/subgid \
    && install -d -o executor -g executor -m 700 /run/coderunner
COPY --from=locales /usr/lib/locale /usr/lib/locale
# Copied at last, with the product: a change of it would make all toolchains anew. Started as root
# it has control groups and users for sandboxes, and is 10002 from then on.
ENTRYPOINT ["delegate", "tini", "--"]
CMD ["python", "manage.py", "executor"]

FROM sandbox AS executor-python
COPY --from=base /app /app
COPY deploy/container/delegate.py /usr/local/bin/delegate
USER 10002:10002

# --- Pythons beside Debian's: each in a folder of its own, as a language of its own ------------------
FROM python:3.14-slim-bookworm AS python-3.14
FROM python:3.13-slim-bookworm AS python-3.13
FROM sandbox AS pythons-none
RUN mkdir -p /opt/python
FROM pythons-none AS pythons-official
COPY --from=python-3.14 /usr/local /opt/python/3.14
COPY --from=python-3.13 /usr/local /opt/python/3.13
COPY --from=packages /usr/local /opt/python/3.12
FROM pythons-${PYTHONS} AS pythons

# --- Toolchains --------------------------------------------------------------------------------------
# Debian's are installed in the image. What comes from PyPI and npm, by the hashes of lock files, and
# what compilers prepare once, is made in a stage of its own: the image gets its folder alone. That
# takes minutes, so these stages get only the sources that decide about toolchains; the rest of the
# product comes after them.
FROM sandbox AS debian-small
ARG SMALL
COPY runner/__init__.py runner/limits.py runner/
COPY runner/protocol/__init__.py runner/protocol/reasons.py runner/protocol/
COPY runner/languages runner/languages
COPY runner/management/__init__.py runner/management/preparation.py runner/management/
COPY scripts/languages.py scripts/languages.py
# The JRE's installation fails without the folder, which the slim image lacks.
RUN mkdir -p /usr/share/man/man1 \
    && apt-get update -qq \
    && packages=$(set -e; for name in $SMALL; do python -m scripts.languages packages "$name"; done) \
    && apt-get install -y -qq --no-install-recommends $packages >/dev/null \
    && rm -rf /var/lib/apt/lists/*

FROM debian-small AS toolchains-small
ARG SMALL
# npm fetches some of them.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
COPY --from=pythons /opt/python /opt/python
COPY requirements.txt requirements-languages.txt requirements-toolchains.txt ./
# And the operator's own list, where there is one.
COPY requirements-programs*.txt ./
COPY toolchains toolchains
COPY scripts/lib.sh scripts/languages.sh scripts/
COPY scripts/python_packages.py scripts/python_packages.sh scripts/
COPY scripts/python_stubs.py scripts/stub_maker.py scripts/
# Without the `__init__` of the packages, which would import all of the sandbox.
COPY runner/sandbox/interpreter.py runner/sandbox/spawner.py runner/sandbox/
COPY runner/sandbox/system_files.py runner/sandbox/uids.py runner/sandbox/
COPY runner/sandbox/packages/explanations.py runner/sandbox/packages/matplotlib_backend.py \
     runner/sandbox/packages/pip.py runner/sandbox/packages/show.py runner/sandbox/packages/
RUN ln -s /opt/venv .venv \
    && scripts/languages.sh python-packages $SMALL

FROM base AS web
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent web
COPY --from=page /app/static/dist static/dist
COPY locale locale
# What editors know of the packages: made with them, and read by web workers.
COPY --from=toolchains-small /opt/coderunner/stubs /opt/coderunner/stubs
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

FROM debian-small AS executor-small
# From where their libraries were compiled: else each start would take 0.3 s more.
COPY --from=toolchains-small /opt/python /opt/python
COPY --from=toolchains-small /opt/coderunner /opt/coderunner
COPY --from=base /app /app
COPY deploy/container/delegate.py /usr/local/bin/delegate
USER 10002:10002

FROM debian-small AS debian-full
RUN apt-get update -qq \
    && packages=$(set -e; for name in $(python -m scripts.languages names | grep -v '^python-packages$'); do \
        python -m scripts.languages packages "$name"; done) \
    && apt-get install -y -qq --no-install-recommends $packages >/dev/null \
    && rm -rf /var/lib/apt/lists/*

FROM debian-full AS toolchains-full
COPY --from=toolchains-small /usr/local /usr/local
COPY --from=toolchains-small /app /app
COPY --from=toolchains-small /opt/coderunner /opt/coderunner
COPY --from=toolchains-small /opt/venv /opt/venv
COPY --from=toolchains-small /opt/python /opt/python
RUN scripts/languages.sh

FROM debian-full AS executor-full
COPY --from=toolchains-full /opt/python /opt/python
COPY --from=toolchains-full /opt/coderunner /opt/coderunner
COPY --from=base /app /app
COPY deploy/container/delegate.py /usr/local/bin/delegate
USER 10002:10002

# The usual one, and what a build without a target makes.
FROM executor-small AS executor
