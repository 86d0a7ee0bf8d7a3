                  |#!/bin/sh
                  |# Hosts of group hv: plan golden of 2026-11-23, SHA-256 0000000000000000000000000000000000000000000000000000000000000000
                  |#
                  |#   irq-affinity.sh [--dry-run | --undo]
                  |#
                  |# Gives each port physical cores of its own on the node that its card is plugged into, never core 0:
                  |# as many queues as cores, at most 8, each with its interrupt on one core. Run it at every start,
                  |# after the ports are up. What was set before is kept in /var/lib/tenfold/irq-before.
                  |set -eu
                  |mode=${1:-}
                  |case $mode in '' | --dry-run | --undo) ;; *) sed -n '4s/^# *//p' "$0" >&2; exit 2 ;; esac
                  |before=/var/lib/tenfold/irq-before
                  |if [ "$mode" = --undo ]; then
                  |  [ -f "$before" ] || { echo "nothing to put back"; exit 0; }
                  |  while read -r what name value; do
                  |    case $what in
LIN-82:M          |      queues) ethtool -L "$name" combined "$value" || true ;;
LIN-83:M          |      irq) [ ! -e "/proc/irq/$name" ] || echo "$value" >"/proc/irq/$name/smp_affinity_list" ;;
                  |    esac
                  |  done <"$before"
                  |  rm "$before"
                  |  exit 0
                  |fi
LIN-84:M          |if systemctl is-active --quiet irqbalance 2>/dev/null; then
                  |  echo "irqbalance runs and would move the interrupts again: stop it first (systemctl disable --now irqbalance)" >&2
                  |  exit 1
                  |fi
                  |ports="nic1-p1 nic1-p2 nic2-p1 nic2-p2"
                  |
                  |# list 0-3,8: each number on a line of its own.
                  |list() { echo "$1" | tr ',' '\n' | while IFS=- read -r low high; do seq "$low" "${high:-$low}"; done; }
                  |node() {
LIN-85:M          |  number=$(cat "/sys/class/net/$1/device/numa_node" 2>/dev/null || echo -1)
                  |  [ "$number" -ge 0 ] && echo "$number" || echo 0
                  |}
                  |# Physical cores of a node: the first thread of each, without the one of processor 0.
                  |cores() {
LIN-85:M          |  for cpu in $(list "$(cat "/sys/devices/system/node/node$1/cpulist")"); do
LIN-85:M          |    first=$(list "$(cat "/sys/devices/system/cpu/cpu$cpu/topology/thread_siblings_list")" | sort -n | head -n 1)
                  |    if [ "$cpu" = "$first" ] && [ "$cpu" != 0 ]; then echo "$cpu"; fi
                  |  done
                  |}
                  |keep() {
                  |  [ "$mode" = --dry-run ] && return 0
                  |  mkdir -p "$(dirname "$before")"
                  |  grep -q "^$1 $2 " "$before" 2>/dev/null || echo "$1 $2 $3" >>"$before"
                  |}
                  |for port in $ports; do
                  |  [ -d "/sys/class/net/$port/device" ] || { echo "$port: no such port: run name-nics.sh first" >&2; exit 1; }
                  |  own=$(node "$port")
                  |  alike=0 place=0
                  |  for other in $ports; do
                  |    if [ "$(node "$other")" = "$own" ]; then
                  |      [ "$other" = "$port" ] && place=$alike
                  |      alike=$((alike + 1))
                  |    fi
                  |  done
                  |  all=$(cores "$own")
                  |  count=$(($(echo "$all" | wc -w) / alike))
LIN-86:D          |  [ "$count" -le 8 ] || count=8
                  |  if [ "$count" -lt 1 ]; then
                  |    echo "$port: too few cores on node $own for $alike ports: lay out its queues by hand"
                  |    continue
                  |  fi
                  |  mine=$(echo $all | cut -d' ' -f$((place * count + 1))-$((place * count + count)))
LIN-82:M          |  now=$(ethtool -l "$port" 2>/dev/null | sed -n 's/^Combined:[[:space:]]*//p')
                  |  most=$(echo "$now" | head -n 1) now=$(echo "$now" | tail -n 1)
                  |  case $most in
                  |    '' | n/a) ;;
                  |    *)
                  |      queues=$count
                  |      [ "$queues" -le "$most" ] || queues=$most
                  |      if [ "$now" != "$queues" ]; then
                  |        echo "$port: queues: $now -> $queues"
                  |        keep queues "$port" "$now"
LIN-82:M          |        [ "$mode" = --dry-run ] || ethtool -L "$port" combined "$queues"
                  |      fi
                  |      ;;
                  |  esac
                  |  number=0
LIN-83:M          |  for irq in $(ls "/sys/class/net/$port/device/msi_irqs" | sort -n); do
                  |    [ -e "/proc/irq/$irq/smp_affinity_list" ] || continue
                  |    core=$(echo $mine | cut -d' ' -f$((number % count + 1)))
LIN-83:M          |    now=$(cat "/proc/irq/$irq/smp_affinity_list")
                  |    if [ "$now" != "$core" ]; then
                  |      echo "$port: interrupt $irq: $now -> $core"
                  |      keep irq "$irq" "$now"
                  |      # The kernel keeps some interrupts for itself and refuses.
LIN-83:M          |      [ "$mode" = --dry-run ] || echo "$core" >"/proc/irq/$irq/smp_affinity_list" || echo "$port: interrupt $irq stays on $now"
                  |    fi
                  |    number=$((number + 1))
                  |  done
                  |done
