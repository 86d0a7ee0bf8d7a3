# What the two machines of scripts/checks/rdma do; node= of the kernel's line says which of them this is.
export PATH=/bin LD_LIBRARY_PATH=/usr/lib/x86_64-linux-gnu
ip() { /bin/ip "$@"; }
tc() { /bin/tc "$@"; }
mount -t sysfs sysfs /sys
echo /bin/modprobe >/proc/sys/kernel/modprobe
for module in virtio_pci virtio_net crc32_generic rdma_rxe rdma_ucm ib_uverbs sch_ingress cls_u32 act_gact; do
  modprobe $module
done
node=$(sed -n 's/.*node=\([0-9]\).*/\1/p' /proc/cmdline)
card=$(ls -d /sys/class/net/*/device | head -n 1)
card=${card%/device} card=${card##*/}
ulimit -l unlimited
ip link set lo up
ip addr add 10.9.0.$node/24 dev $card
ip link set $card mtu 9000 up
checks="migration-checks"
bytes=$((48 << 20))

# give NAME COMMAND: runs a receiver, and tells the other machine where it waits.
give() {
  local name=$1
  shift
  "$@" >/run/$name 2>&1 &
  until [ -s /run/$name ]; do sleep 0.2; done
  head -n 1 /run/$name | nc -l -p 9000
}
# where: what the other machine told.
where() {
  until nc 10.9.0.1 9000 >/run/where 2>/dev/null && [ -s /run/where ]; do sleep 0.5; done
  read -r port secret </run/where
}
send() {
  $checks send --own 10.9.0.2 --other 10.9.0.1 --port $port --secret $secret --bytes $bytes \
    --seconds 4 "$@"
}
# meet: both machines come this far.
meet() { if [ $node = 1 ]; then echo | nc -l -p 9001; else until echo | nc 10.9.0.1 9001; do sleep 0.5; done; fi; }

round() {
  if [ $node = 1 ]; then
    give "$1" $checks receive --own 10.9.0.1 --bytes $bytes
    wait
    echo "@received $1 $(tail -n 1 /run/$1)"
  else
    where
    echo "@sent $1 $(send --rdma --streams ${2:-1} 2>&1 | tr '\n' ' ')"
  fi
  meet
}
meet
# Neither has an adapter yet.
round without
rdma link add rxe0 type rxe netdev $card || echo "@failed no adapter"
[ $node = 1 ] || sleep 1
meet
round one
round two 2
counters() { cat /sys/class/infiniband/rxe0/ports/1/hw_counters/sent_pkts; }
echo "@packets $(counters)"
bw="ib_write_bw -d rxe0 -x 1 -n 400 -s 65536 --report_gbits -F"
if [ $node = 1 ]; then
  $bw >/dev/null
else
  sleep 3
  for attempt in 1 2 3 4 5; do $bw 10.9.0.1 >/run/peer 2>&1 && break; sleep 2; done
  echo "@peer $(awk '$1 == 65536 { print $4 }' /run/peer)"
fi
# RoCE is lost while memory is on its way, and TCP is not: the transfer goes on by that.
meet
if [ $node = 1 ]; then
  tc qdisc add dev $card ingress
  (sleep 6; tc filter add dev $card ingress protocol ip u32 match ip protocol 17 0xff action drop) &
  give lost $checks receive --own 10.9.0.1 --bytes $bytes
  wait
  echo "@received lost $(tail -n 1 /run/lost)"
else
  where
  echo "@sent lost $(send --rdma --seconds 12 2>&1 | tr '\n' ' ')"
fi
meet
echo "@done"
poweroff -f
