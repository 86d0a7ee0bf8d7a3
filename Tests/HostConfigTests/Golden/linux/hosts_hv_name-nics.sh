                  |#!/bin/sh
                  |# Hosts of group hv: plan golden of 2026-11-23, SHA-256 0000000000000000000000000000000000000000000000000000000000000000
                  |#
                  |#   name-nics.sh [--dry-run | --undo | --list] [HOST]
                  |#
                  |# Gives the ports of this host the names of the plan, by the addresses that their maker gave them:
                  |# fill in the column mac of nics.csv first. --list prints the ports that this host has. HOST is this
                  |# host's name in the plan, by default its own. The names hold from the next start on; where the
                  |# distribution keeps such files in its initial RAM disk, make that anew before.
                  |set -eu
                  |mode= host=$(hostname -s)
                  |for word; do
                  |  case $word in
                  |    --dry-run | --undo | --list) mode=$word ;;
                  |    -*) sed -n '4s/^# *//p' "$0" >&2; exit 2 ;;
                  |    *) host=$word ;;
                  |  esac
                  |done
                  |table=$(dirname "$0")/nics.csv
                  |folder=/etc/systemd/network
                  |
                  |if [ "$mode" = --undo ]; then
LIN-20:M          |  rm -fv "$folder"/10-tenfold-*.link
                  |  exit 0
                  |fi
                  |# Ports of cards, not of guests or bonds.
                  |cards() {
                  |  for path in /sys/class/net/*; do
                  |    [ -e "$path/device" ] || continue
                  |    name=$(basename "$path")
LIN-22:M          |    mac=$(ethtool -P "$name" 2>/dev/null | sed 's/.*: //')
LIN-23:M          |    speed=$(cat "$path/speed" 2>/dev/null || echo -1)
                  |    echo "$name $mac $speed $(basename "$(readlink "$path/device")")"
                  |  done
                  |}
                  |if [ "$mode" = --list ]; then
                  |  echo "name mac Mbps slot"
                  |  cards
                  |  exit 0
                  |fi
                  |grep -q "^$host," "$table" || { echo "$table has no host $host: say which one this is" >&2; exit 1; }
                  |
                  |problems=0
                  |complain() { echo "$1" >&2; problems=1; }
                  |plain() { echo "$1" | tr 'A-F' 'a-f' | tr -d ' .:\r-'; }
                  |names=$(mktemp) && trap 'rm -f "$names"' EXIT
                  |for row in $(grep "^$host," "$table" | tr -d '\r'); do
                  |  port=$(echo "$row" | cut -d, -f2) gbps=$(echo "$row" | cut -d, -f4) mac=$(plain "$(echo "$row" | cut -d, -f5)")
                  |  case $mac in
                  |    *[!0-9a-f]* | '') complain "$port: fill in its address in $table"; continue ;;
                  |  esac
                  |  found=$(cards | while read -r name own speed slot; do
                  |    if [ "$(plain "$own")" = "$mac" ]; then echo "$name $speed"; fi
                  |  done)
                  |  [ "$(echo "$found" | wc -w)" = 2 ] || { complain "$port: not one port has the address $mac"; continue; }
                  |  speed=${found#* }
                  |  [ "$speed" = $((gbps * 1000)) ] || complain "$port (${found% *}) runs at $speed Mbps, the plan says $gbps Gbps"
                  |  echo "$port $mac" >>"$names"
                  |done
                  |[ "$problems" = 0 ] || { echo "nothing was changed" >&2; exit 1; }
                  |
                  |while read -r port mac; do
                  |  file=$folder/10-tenfold-$port.link
                  |  text="[Match]
                  |PermanentMACAddress=$(echo "$mac" | sed 's/../&:/g; s/:$//')
                  |
                  |[Link]
LIN-20:M          |Name=$port"
                  |  if [ -f "$file" ] && [ "$(cat "$file")" = "$text" ]; then continue; fi
                  |  echo "$file: $port has the address $mac"
                  |  [ "$mode" = --dry-run ] || { mkdir -p "$folder" && echo "$text" >"$file"; }
                  |done <"$names"
