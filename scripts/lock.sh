#!/usr/bin/env bash
# Compiles requirements*.in and package.json into lock files. `ARGS=--upgrade` takes the newest
# releases of indirect dependencies; without it only what has changed in the .in files changes.
. "$(dirname "$0")/lib.sh"

scripts/develop.sh

# --universal: one file for every platform and Python from 3.11 on, or from PYTHON_FROM; pip evaluates
# its markers.
# --no-config, --default-index: hashes are those of the public index, whatever this machine uses.
lock() {
    say "Compiling $1.txt"
    uv pip compile --no-config --default-index https://pypi.org/simple --quiet --universal \
        --python-version "${PYTHON_FROM:-3.11}" --generate-hashes "${@:2}" --output-file "$1.txt" "$1.in"
}

lock requirements "$@"
lock requirements-dev "$@"
lock requirements-audit "$@"
lock requirements-node "$@"
lock requirements-toolchains "$@"
lock requirements-languages "$@"
lock requirements-programs "$@"
PYTHON_FROM=3.9 lock requirements-programs-pypy "$@"

# In a folder of its own: beside node_modules npm lists the optional packages of this platform alone.
lock_npm() {
    local folder
    say "Compiling $1/package-lock.json"
    folder=$(mktemp -d)
    cp "$1/package.json" "$1/package-lock.json" "$folder"
    npm install --prefix "$folder" --package-lock-only --omit-lockfile-registry-resolved \
        --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
    cp "$folder/package-lock.json" "$1"
    rm -r "$folder"
}

lock_npm .
lock_npm toolchains
