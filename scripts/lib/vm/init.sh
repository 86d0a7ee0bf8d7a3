#!/bin/busybox sh
# First program of a virtual machine: starts the writer with the words after writer= of the kernel's line,
# and says @ready.
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t devtmpfs devtmpfs /dev
mount -t tmpfs tmpfs /run
[ ! -x /work.sh ] || . /work.sh
set -- $(sed -n 's/.*writer=\([0-9,]*\).*/\1/p' /proc/cmdline | tr , ' ')
[ $# = 0 ] || writer "$@" &
echo "@ready"
while :; do sleep 1000; done
