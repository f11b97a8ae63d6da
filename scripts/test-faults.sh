#!/usr/bin/env bash
# The day things break, again and again: every fault of tests/scale, FAULTS_TIMES times (10), with
# outages of 20 seconds; and once what takes too long for `make test`, marked `faults`. Arguments go
# to pytest: `scripts/test-faults.sh -k redis`.
. "$(dirname "$0")/lib.sh"

scripts/setup.sh
scripts/develop.sh
scripts/install_services.sh without-browser
unset DATABASE_URL REDIS_URL DEBUG ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS CORS_ALLOWED_ORIGINS PORT

export FAULTS_TIMES="${FAULTS_TIMES:-10}"
say "Every fault, $FAULTS_TIMES times"
faults=()
for name in lost_processes services_away clocks full_disk faulty_channel_layer slow_network; do
    faults+=("tests/scale/test_$name.py")
done
timeout "${FAULTS_SECONDS:-7200}" \
    "$PYTHON" -m pytest -n 3 --dist loadfile -m "" "${faults[@]}" "$@"
say "What takes too long for make test, once"
unset FAULTS_TIMES
"$PYTHON" -m pytest -n 3 --dist loadfile -m faults tests "$@" || status=$?
say "Properties, with more inputs"
PROPERTY_EXAMPLES=${PROPERTY_EXAMPLES:-500} "$PYTHON" -m pytest -n 3 -m "" tests/properties "$@" || status=$?
exit "${status:-0}"
