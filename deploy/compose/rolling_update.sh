#!/usr/bin/env bash
# Upgrades without interruption: ./deploy/compose/rolling_update.sh [SERVICE…]   (default: web executor)
#
# 1. Builds images and migrates the database, beside the running version.
# 2. Starts as many new containers as there are old ones, and waits until they are healthy.
# 3. Stops old web workers one after the other; their pages reconnect to another one within a second or
#    two. Retires old executors: they claim no more runs, and exit after their last program.
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
        echo "Old executors are retired; waiting for their programs to end."
        docker wait "${old[@]}" >/dev/null
    else
        for container in "${old[@]}"; do
            docker stop "$container" >/dev/null
        done
    fi
    docker rm "${old[@]}" >/dev/null
    echo "$service: replaced ${#old[@]} containers."
done
