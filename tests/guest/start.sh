#!/bin/sh
# Process 1 of a guest, once all it sees can be written.
cd "$(dirname "$0")/../.."
umount -l /mnt
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/pts /dev/shm /lib/modules
mount -t devpts -o ptmxmode=0666,mode=0620,gid=5 devpts /dev/pts
for folder in /dev/shm /run /tmp; do mount -t tmpfs -o mode=1777 tmpfs "$folder"; done
ln -s "$modules"/* /lib/modules
mount -t hostfs -o "$order" order "$order" # this one may be written, and stays
/usr/bin/python3 -m tests.guest.inside "$order" </dev/null
echo $? >"$order/status"
exec /usr/bin/python3 -c 'import ctypes; ctypes.CDLL(None).reboot(0x4321FEDC)' # power off
