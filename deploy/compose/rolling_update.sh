#!/usr/bin/env bash
# A new version without an interruption: ./deploy/compose/rolling_update.sh [SERVICE…]   (default: web executor)
#
# 1. Images are built and the database is migrated, beside the version that runs.
# 2. As many new containers as there are old ones are started and become healthy.
# 3. Old web workers are stopped one after the other; each page comes back to another one within a second
#    or two. Old executors retire: they claim nothing more, and end when their last program has.
set -euo pipefail
cd "$(dirname "$0")/../.."
services=("$@")
[ $# -gt 0 ] || services=(web executor)

docker compose build --quiet "${services[@]}"
docker compose run --rm --no-deps migrate

for service in "${services[@]}"; do
    mapfile -t old < <(docker compose ps --quiet "$service")
    docker compose up --detach --wait --no-deps --no-recreate --scale "$service=$((2 * ${#old[@]}))" "$service"
    docker update --restart no "${old[@]}" >/dev/null
    if [ "$service" = executor ]; then
        docker kill --signal USR1 "${old[@]}" >/dev/null
        echo "executors retire; waiting for their programs"
        docker wait "${old[@]}" >/dev/null
    else
        for container in "${old[@]}"; do
            docker stop "$container" >/dev/null
        done
    fi
    docker rm "${old[@]}" >/dev/null
    echo "$service: ${#old[@]} of the old version gone, as many of the new one serve"
done
