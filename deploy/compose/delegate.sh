#!/bin/sh
# Entry point of an executor's container. Started as root, it gives the container's control groups to the
# user coderunner, so that each run can have its own limits, and then drops all privileges for good.
set -eu
[ "$(id -u)" = 0 ] || exec "$@"
while read -r _ place kind options _; do
    case $kind in cgroup | cgroup2) ;; *) continue ;; esac
    case $options in
    ro | ro,*) mount -o remount,bind,rw,nosuid,nodev,noexec "$place" ;;
    esac
    # Not the limits of the container itself: only membership, and the creation of groups.
    chown coderunner "$place"
    for file in cgroup.procs cgroup.subtree_control cgroup.threads; do
        [ ! -e "$place/$file" ] || chown coderunner "$place/$file"
    done
done </proc/mounts
exec setpriv --reuid=coderunner --regid=coderunner --clear-groups --inh-caps=-all --bounding-set=-all "$@"
