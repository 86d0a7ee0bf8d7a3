                  |#!/bin/sh
                  |# Hosts of group hv: plan golden of 2026-11-23, SHA-256 0000000000000000000000000000000000000000000000000000000000000000
                  |#
                  |#   install.sh [--dry-run | --undo] FORMAT [HOST]
                  |#
                  |# Puts the network of this host in its place: FORMAT is one of netplan networkd ifupdown2 nmcli. HOST is its
                  |# name in the plan, by default its own. Shows each difference; what stood there before is kept in
                  |# /var/lib/tenfold/before, from which --undo puts it back. Nothing comes into force by itself: the
                  |# command for that is printed.
                  |set -eu
                  |mode= format= host=$(hostname -s)
                  |for word; do
                  |  case $word in
                  |    --dry-run | --undo) mode=$word ;;
                  |    netplan) format=netplan ;;
                  |    networkd) format=networkd ;;
                  |    ifupdown2) format=ifupdown2 ;;
                  |    nmcli) format=nmcli ;;
                  |    -*) sed -n '4s/^# *//p' "$0" >&2; exit 2 ;;
                  |    *) host=$word ;;
                  |  esac
                  |done
                  |here=$(cd "$(dirname "$0")" && pwd)
                  |before=/var/lib/tenfold/before
                  |case $format in
LIN-18:M          |  netplan) target=/etc/netplan check='netplan generate' use='netplan try' ;;
LIN-40:M          |  networkd) target=/etc/systemd/network check=: use='networkctl reload' ;;
LIN-56:M          |  ifupdown2) target=/etc/network/interfaces.d check='ifreload -a -s' use='ifreload -a' ;;
                  |  nmcli)
                  |    case $mode in '') exec "$here/$host/nmcli/tenfold.sh" ;; *) exec "$here/$host/nmcli/tenfold.sh" "$mode" ;; esac
                  |    ;;
                  |  *) sed -n '4s/^# *//p' "$0" >&2; exit 2 ;;
                  |esac
                  |[ -d "$here/$host/$format" ] || { echo "there is no host $host here: say which one this is" >&2; exit 1; }
                  |
                  |# place SOURCE TARGET: copies what differs.
                  |place() {
                  |  if [ "$mode" = --undo ]; then
                  |    if [ -f "$before$2" ]; then
                  |      echo "$2: as it was before"
                  |      cp -p "$before$2" "$2"
                  |      rm "$before$2"
                  |    elif [ -f "$before$2.none" ]; then
                  |      echo "$2: taken away"
                  |      rm -f "$2" "$before$2.none"
                  |    fi
                  |    return 0
                  |  fi
                  |  if [ -f "$2" ] && cmp -s "$1" "$2"; then return 0; fi
                  |  if [ -f "$2" ]; then diff -u "$2" "$1" || true; else echo "$2: new"; fi
                  |  [ "$mode" != --dry-run ] || return 0
                  |  mkdir -p "$(dirname "$2")" "$before$(dirname "$2")"
                  |  if [ ! -e "$before$2" ] && [ ! -e "$before$2.none" ]; then
                  |    if [ -f "$2" ]; then cp -p "$2" "$before$2"; else : >"$before$2.none"; fi
                  |  fi
                  |  # Netplan asks that others than root cannot read its files; networkd must be able to read its own.
                  |  case $2 in /etc/netplan/*) bits=600 ;; *) bits=644 ;; esac
LIN-19:M          |  install -m $bits "$1" "$2"
                  |}
                  |for file in "$here/$host/$format"/*; do place "$file" "$target/$(basename "$file")"; done
                  |place "$here/sysctl.d/60-tenfold.conf" /etc/sysctl.d/60-tenfold.conf
                  |[ "$mode" != --dry-run ] || exit 0
                  |if [ "$mode" != --undo ] && ! $check; then
                  |  echo "that does not hold up: going back" >&2
                  |  exec "$0" --undo "$format" "$host"
                  |fi
                  |echo "to use it: $use && sysctl --system"
