#!/bin/sh
# Process 1 of a guest. Its root is the host's, read-only: memory is laid above it for what is written.
# The kernel hands the words of its command line in as variables: $modules, $order.
here=$(dirname "$(readlink -f "$0")")
mount -t tmpfs above /mnt
mkdir /mnt/files /mnt/work /mnt/root
insmod "$modules"/*/kernel/fs/overlayfs/overlay.ko
mount -t overlay -o lowerdir=/,upperdir=/mnt/files,workdir=/mnt/work overlay /mnt/root
cd /mnt/root
pivot_root . mnt
exec chroot . "$here/start.sh"
