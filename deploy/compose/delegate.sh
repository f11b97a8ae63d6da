#!/bin/sh
# First program of an executor's container. Started as root it hands the container's control groups to the
# user coderunner, so that each run can have limits of its own, and then is that user for good.
set -eu
[ "$(id -u)" = 0 ] || exec "$@"
while read -r _ place kind options _; do
    case $kind in cgroup | cgroup2) ;; *) continue ;; esac
    case $options in
    ro | ro,*) mount -o remount,bind,rw,nosuid,nodev,noexec "$place" ;;
    esac
    # Not what bounds the container itself: only who is in which group, and what groups there are.
    chown coderunner "$place"
    for file in cgroup.procs cgroup.subtree_control cgroup.threads; do
        [ ! -e "$place/$file" ] || chown coderunner "$place/$file"
    done
done </proc/mounts
exec setpriv --reuid=coderunner --regid=coderunner --clear-groups --inh-caps=-all --bounding-set=-all "$@"
