#!/usr/bin/env bash
# Everything the product needs on a fresh Debian or Ubuntu. Run again, it only does what changed.
. "$(dirname "$0")/lib.sh"

build_front_end() {
    local sum
    sum=$(checksum package-lock.json $(files_below ./*.json ./*.ts static/src static/public))
    fresh var/stamps/build "$sum" && [ -f static/dist/.vite/manifest.json ] && return
    say "Building the front end"
    npm run --silent build
    stamp var/stamps/build "$sum"
}

compile_translations() {
    local sum
    sum=$(checksum scripts/messages.py $(find locale -name '*.po'))
    fresh var/stamps/translations "$sum" && [ -f locale/de/LC_MESSAGES/django.mo ] && return
    say "Compiling the translations"
    "$PYTHON" scripts/messages.py --compile
    stamp var/stamps/translations "$sum"
}

collect_static_files() {
    local sum
    sum=$(checksum requirements.txt coderunner/settings.py $(files_below static/dist))
    fresh var/stamps/collected "$sum" && [ -d var/static ] && return
    say "Collecting static files"
    "$PYTHON" manage.py collectstatic --noinput --verbosity 0
    stamp var/stamps/collected "$sum"
}

scripts/install.sh
compile_translations
build_front_end
collect_static_files
