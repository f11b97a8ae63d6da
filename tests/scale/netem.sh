#!/bin/sh
# Runs a command where packets to and from one port are 200 ms on their way, and 2 % are lost, by the kernel itself.
# As root, in a network of its own: `unshare --net tests/scale/netem.sh …`, or in a guest, `python -m tests.guest …`.
set -eu
export SLOW_PORT=7777
ip link set lo up gso_max_segs 1 mtu 1500
tc qdisc add dev lo root handle 1: prio bands 2 priomap 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
tc qdisc add dev lo parent 1:2 netem limit 10000 delay 200ms loss 2%
for end in sport dport; do
    tc filter add dev lo parent 1: protocol ip u32 match ip "$end" "$SLOW_PORT" 0xffff flowid 1:2
done
"$@" && status=0 || status=$?
tc -s qdisc show dev lo
exit "$status"
