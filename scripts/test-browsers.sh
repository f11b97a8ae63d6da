#!/usr/bin/env bash
# All of tests/e2e: every command and control, and every page, dialog, menu and widget in every
# size, theme and language; the most important things in Firefox and WebKit, too. `make test` runs
# those marked `smoke`. Those marked `alone` come last, one after the other. Arguments go to pytest:
# `scripts/test-browsers.sh -k dialogs`.
. "$(dirname "$0")/lib.sh"

scripts/setup.sh
scripts/develop.sh
scripts/install_services.sh
missing=()
has firefox-esr || missing+=(firefox-esr)
has WebKitWebDriver || missing+=(webkit2gtk-driver)
has Xvfb || missing+=(xvfb)
[ ${#missing[@]} = 0 ] || need_packages "${missing[@]}"
unset DATABASE_URL REDIS_URL DEBUG ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS CORS_ALLOWED_ORIGINS PORT

say "Every state of every page"
failed=0
browse() {
    timeout "${BROWSERS_SECONDS:-7200}" "$PYTHON" -m pytest "${@}" tests/e2e || {
        status=$?
        [ "$status" = 5 ] || failed=$status # 5: the arguments select none of these
    }
}
browse -n 3 --dist loadfile -m "not alone" "$@"
say "How long the page does nothing but work"
browse -n 0 -m alone "$@"
exit "$failed"
