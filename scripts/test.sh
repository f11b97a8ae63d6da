#!/usr/bin/env bash
# Every test, those of the front end first. Arguments go to pytest.
. "$(dirname "$0")/lib.sh"

scripts/setup.sh
scripts/develop.sh
scripts/install_services.sh
# A developer's own configuration is not what the tests are about.
unset DATABASE_URL REDIS_URL DEBUG ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS CORS_ALLOWED_ORIGINS PORT

say "Front-end tests"
npm run --silent test
say "Python and end-to-end tests"
exec "$PYTHON" -m pytest -n 3 --dist loadfile "$@"
