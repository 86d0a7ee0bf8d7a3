                  |#!/bin/sh
                  |# Hosts of group hv: plan golden of 2026-11-23, SHA-256 0000000000000000000000000000000000000000000000000000000000000000
                  |#
                  |#   dcb.sh [--dry-run] [--lldptool]
                  |#
                  |# Traffic classes of the ports, the same as on the switches. Run it at every start: the kernel keeps
                  |# them only while it runs. With --lldptool they are set through lldpad, which keeps them.
                  |# What was set before is printed first: to go back, run it with the values that it shows.
                  |set -eu
                  |run= tool=dcb
                  |for word; do
                  |  case $word in
                  |    --dry-run) run=echo ;;
                  |    --lldptool) tool=lldptool ;;
                  |    *) sed -n '4s/^# *//p' "$0" >&2; exit 2 ;;
                  |  esac
                  |done
                  |
                  |for port in nic1-p1 nic1-p2; do
                  |  [ -d "/sys/class/net/$port" ] || { echo "$port: no such port: run name-nics.sh first" >&2; exit 1; }
                  |  if [ "$tool" = lldptool ]; then
LIN-64:M          |    lldptool -t -i "$port" -V ETS-CFG -c up2tc || { echo "$port: lldpad knows no classes here" >&2; exit 1; }
LIN-64:M DCB-1:V  |    $run lldptool -T -i "$port" -V ETS-CFG willing=no tsa=0:ets,1:ets,2:ets up2tc=0:0,1:0,2:0,3:1,4:0,5:2,6:2,7:2 tcbw=48,50,2
LIN-65:M DCB-1:V  |    $run lldptool -T -i "$port" -V PFC willing=no enabled=3
                  |  else
LIN-60:M          |    dcb ets show dev "$port" || { echo "$port: its driver can do no DCB" >&2; exit 1; }
LIN-61:M          |    dcb pfc show dev "$port"
LIN-62:M          |    $run dcb dcbx set dev "$port" host ieee
LIN-60:M DCB-1:V  |    $run dcb ets set dev "$port" willing off prio-tc 0:0 1:0 2:0 3:1 4:0 5:2 6:2 7:2 tc-tsa 0:ets 1:ets 2:ets tc-bw 0:48 1:50 2:2
LIN-61:M DCB-1:V  |    $run dcb pfc set dev "$port" prio-pfc all:off 3:on
                  |  fi
                  |  # Pauses of the whole link exclude those of one priority.
LIN-63:M          |  $run ethtool -A "$port" autoneg off rx off tx off || echo "$port: pauses of the whole link are off, or fixed by the driver"
                  |done
                  |# What a program sends with priority 3 keeps it in the tag; all else stays at 0.
                  |for vlan in bond0.721 bond0.731; do
LIN-66:M          |  $run ip link set dev "$vlan" type vlan egress-qos-map 3:3
                  |done
