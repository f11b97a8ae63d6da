# Run once by PostgreSQL's image on an empty database. `owner` migrates; `manage.py grant` grants `web` and
# `executor` their rights after each migration.
for role in owner web executor; do
    psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" \
        -v role="$role" -v password="$(cat "/secrets/$role")" <<'SQL'
CREATE ROLE :"role" LOGIN PASSWORD :'password';
SQL
done
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
-- Of the 500 connections of docker-compose.yml 120 are left to executors, and some to administrators.
ALTER ROLE web CONNECTION LIMIT 372;
ALTER DATABASE coderunner OWNER TO owner;
ALTER SCHEMA public OWNER TO owner;
REVOKE ALL ON DATABASE coderunner FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE coderunner TO web, executor;
SQL
