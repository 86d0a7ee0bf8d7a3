                  |#!/bin/sh
                  |# hv-r1-01: plan golden of 2026-11-23, SHA-256 0000000000000000000000000000000000000000000000000000000000000000
                  |#
                  |#   nmcli/tenfold.sh [--dry-run | --undo]
                  |#
                  |# Makes or changes the connections tenfold-NAME; those that are right are left alone. They come up
                  |# when the host starts, or with `nmcli connection up NAME`. --undo deletes those that this script made.
                  |# name-nics.sh gives the ports their names first. There is no gateway here.
                  |set -eu
                  |mode=${1:-}
                  |made=/var/lib/tenfold/nmcli-made
                  |case $mode in '' | --dry-run | --undo) ;; *) sed -n '4s/^# *//p' "$0" >&2; exit 2 ;; esac
                  |
                  |if [ "$mode" = --undo ]; then
                  |  [ -f "$made" ] || { echo "nothing to put back"; exit 0; }
                  |  while read -r name; do
LIN-70:M          |    if nmcli -g connection.id connection show "$name" >/dev/null 2>&1; then
LIN-70:M          |      nmcli connection delete "$name"
                  |    fi
                  |  done <"$made"
                  |  rm "$made"
                  |  exit 0
                  |fi
                  |
                  |# connection NAME TYPE PROPERTY VALUE...: makes it, or changes the properties that differ.
                  |connection() {
                  |  name=tenfold-$1 type=$2 interface=$1
                  |  shift 2
LIN-70:M          |  if ! nmcli -g connection.id connection show "$name" >/dev/null 2>&1; then
                  |    echo "$name: made ($*)"
                  |    [ "$mode" != --dry-run ] || return 0
                  |    mkdir -p /var/lib/tenfold
                  |    echo "$name" >>"$made"
LIN-70:M          |    nmcli connection add type "$type" con-name "$name" ifname "$interface" "$@" >/dev/null
                  |    return 0
                  |  fi
                  |  while [ $# -gt 1 ]; do
LIN-70:M          |    now=$(nmcli -g "$1" connection show "$name")
                  |    if [ "$now" != "$2" ]; then
                  |      echo "$name: $1: $now -> $2"
LIN-70:M          |      [ "$mode" = --dry-run ] || nmcli connection modify "$name" "$1" "$2"
                  |    fi
                  |    shift 2
                  |  done
                  |}
                  |
LIN-71:M LIN-75:M LIN-5:D|connection bond0 bond bond.options mode=active-backup,miimon=100,primary=nic1-p1 802-3-ethernet.mtu 9000 ipv4.method disabled ipv6.method disabled
LIN-72:M LIN-75:M |connection nic1-p1 ethernet 802-3-ethernet.mtu 9000 connection.master bond0 connection.slave-type bond
LIN-72:M LIN-75:M |connection nic1-p2 ethernet 802-3-ethernet.mtu 9000 connection.master bond0 connection.slave-type bond
LIN-71:M LIN-75:M LIN-5:D|connection bond1 bond bond.options mode=active-backup,miimon=100,primary=nic2-p1 802-3-ethernet.mtu 1500 ipv4.method disabled ipv6.method disabled
LIN-72:M LIN-75:M |connection nic2-p1 ethernet 802-3-ethernet.mtu 1500 connection.master bond1 connection.slave-type bond
LIN-72:M LIN-75:M |connection nic2-p2 ethernet 802-3-ethernet.mtu 1500 connection.master bond1 connection.slave-type bond
LIN-73:M LIN-75:M LIN-6:D|connection vmbr20 bridge bridge.stp no 802-3-ethernet.mtu 1500 ipv4.method disabled ipv6.method disabled
LIN-73:M LIN-75:M LIN-6:D|connection vmbr30 bridge bridge.stp no 802-3-ethernet.mtu 1500 ipv4.method disabled ipv6.method disabled
LIN-74:M LIN-75:M NET-1:D|connection bond0.721 vlan vlan.parent bond0 vlan.id 721 802-3-ethernet.mtu 9000 ipv4.method manual ipv4.addresses 10.72.1.11/24 ipv4.never-default yes ipv6.method disabled
LIN-74:M LIN-75:M NET-1:D|connection bond0.731 vlan vlan.parent bond0 vlan.id 731 802-3-ethernet.mtu 9000 ipv4.method manual ipv4.addresses 10.73.1.11/24 ipv4.never-default yes ipv6.method disabled
LIN-74:M LIN-75:M |connection bond1.20 vlan vlan.parent bond1 vlan.id 20 802-3-ethernet.mtu 1500 connection.master vmbr20 connection.slave-type bridge
LIN-74:M LIN-75:M |connection bond1.30 vlan vlan.parent bond1 vlan.id 30 802-3-ethernet.mtu 1500 connection.master vmbr30 connection.slave-type bridge
