#!/bin/sh
# Collects evidence of this host for Tenfold: what its tools say of ports, bonds, VLANs and the power
# policy, twice for counters, and which hosts of the plan answer at which size.
#
#   linux.sh [--host NAME] [-o FILE] [--no-probes] [--interval SECONDS] [--jobs NUMBER]
#            [--packets NUMBER]
#
# It installs nothing, changes nothing, and needs no root; without root some tools say less. Each tool
# may be missing. What it writes is JSON (schemas/evidence.schema.json), by default to standard output.
#
#   --host NAME         this host's name in the plan; by default its own short name
#   -o, --output FILE   write there, all at once when done
#   --no-probes         send no packets to other hosts
#   --interval SECONDS  least time between both samples of counters (default 10)
#   --jobs NUMBER       probes at once (default 16)
#   --packets NUMBER    packets of each size to each address (default 3): loss of less than 1 % shows
#                       in some hundred of them alone
set -u
LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin
export LC_ALL PATH
umask 077

# What the plan says: `plan SHA256`, `network HOST NAME ADDRESS PREFIXLENGTH MTU VLAN`, and
# `cross ADDRESS` for addresses that networks of storage must not reach, and `reach NAME PORT` for services
# that must answer over the LAN that was there before.
table() {
  cat <<'END-OF-TABLE'
# tenfold kit: the table of the plan begins
# tenfold kit: the table of the plan ends
END-OF-TABLE
}

usage() {
  cat <<'END-OF-USAGE'
usage: linux.sh [--host NAME] [-o FILE] [--no-probes] [--interval SECONDS] [--jobs NUMBER]
                [--packets NUMBER]

Collects evidence of this host for Tenfold and writes it as JSON. It installs and changes nothing.

  --host NAME         this host's name in the plan; by default its own short name
  -o, --output FILE   write there, all at once when done; by default to standard output
  --no-probes         send no packets to other hosts
  --interval SECONDS  least time between both samples of counters (default 10)
  --jobs NUMBER       probes at once (default 16)
  --packets NUMBER    packets of each size to each address (default 3): loss of less than 1 % shows
                      in some hundred of them alone
  -h, --help          this text
END-OF-USAGE
}
refuse() {
  echo "linux.sh: $1" >&2
  echo "linux.sh: see --help" >&2
  exit 2
}
note() { echo "linux.sh: $1" >&2; }
# number TEXT LOW HIGH: whether it is a whole number between both.
number() {
  case $1 in '' | *[!0-9]* | ??????*) return 1 ;; esac
  [ "$1" -ge "$2" ] && [ "$1" -le "$3" ]
}

host='' output='' probes=yes interval=10 jobs=16 packets=3
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --no-probes) probes='' ;;
    --host | -o | --output | --interval | --jobs | --packets)
      [ $# -gt 1 ] || refuse "$1 wants a value"
      case $1 in
        --host) host=$2 ;;
        --interval) interval=$2 ;;
        --jobs) jobs=$2 ;;
        --packets) packets=$2 ;;
        *) output=$2 ;;
      esac
      shift
      ;;
    *) refuse "unknown option: $1" ;;
  esac
  shift
done
number "$interval" 0 3600 || refuse "--interval is 0 to 3600 seconds"
number "$jobs" 1 256 || refuse "--jobs is 1 to 256"
number "$packets" 1 1000 || refuse "--packets is 1 to 1000"
# What must not answer is not waited for longer.
few=$packets
[ "$few" -le 3 ] || few=3

temporary=''
work=$(mktemp -d 2>/dev/null) || { work=${TMPDIR:-/tmp}/tenfold.$$ && mkdir "$work"; } || exit 1
workers=''
finish() {
  for process in $workers; do kill "$process" 2>/dev/null; done
  rm -rf "$work"
  [ -z "$temporary" ] || rm -f "$temporary"
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
if [ -n "$output" ]; then
  temporary=$output.tmp.$$
  : >"$temporary" || exit 1
fi

# --- JSON -------------------------------------------------------------------------------------------
tab=$(printf '\t') return=$(printf '\r')
newline='
'
# No name of a file or an interface here holds any of them, and none of its characters is a pattern.
space=" $tab$newline"
IFS=$space
set -f
# Bytes to the inside of a JSON text: all but plain ASCII as \u escapes, what is no UTF-8 as U+FFFD.
escape_bytes() {
  od -An -v -tu1 | awk '
    BEGIN { for (n = 32; n < 127; n++) plain[n] = sprintf("%c", n); plain[34] = "\\\""; plain[92] = "\\\\" }
    function bad() { printf "\\ufffd"; need = 0 }
    function take(b) {
      if (need > 0) {
        if (b >= low && b <= high) {
          code = code * 64 + b - 128; low = 128; high = 191; need--
          if (need == 0) show()
          return
        }
        bad()
      }
      if (b < 128) printf "%s", (b in plain) ? plain[b] : sprintf("\\u%04x", b)
      else if (b >= 194 && b <= 223) { need = 1; code = b - 192; low = 128; high = 191 }
      else if (b >= 224 && b <= 239) {
        need = 2; code = b - 224; low = b == 224 ? 160 : 128; high = b == 237 ? 159 : 191
      }
      else if (b >= 240 && b <= 244) {
        need = 3; code = b - 240; low = b == 240 ? 144 : 128; high = b == 244 ? 143 : 191
      }
      else bad()
    }
    function show() {
      if (code < 65536) printf "\\u%04x", code
      else printf "\\u%04x\\u%04x", 55296 + int((code - 65536) / 1024), 56320 + (code - 65536) % 1024
    }
    { for (i = 1; i <= NF; i++) take($i + 0) }
    END { if (need > 0) bad() }'
}
# text FILE: its content as a JSON text. No tool says more than 4 MiB that anybody wants to read.
text() {
  head -c 4194304 "$1" >"$work/cut"
  printf '"'
  if [ "$(tr -d '\011\012\015\040-\176' <"$work/cut" | wc -c)" -eq 0 ]; then
    sed "s/\\\\/\\\\\\\\/g; s/\"/\\\\\"/g; s/$tab/\\\\t/g; s/$return/\\\\r/g; s/\$/\\\\n/" "$work/cut" |
      tr -d '\n'
  else
    escape_bytes <"$work/cut"
  fi
  printf '"'
}
# word TEXT: a short text.
word() {
  printf '%s' "$1" >"$work/word"
  printf '"'
  escape_bytes <"$work/word"
  printf '"'
}

# --- Outputs ----------------------------------------------------------------------------------------
limit=''
timeout 5 true 2>/dev/null </dev/null && limit='timeout 30'
comma=''
# save COMMAND STATUS: one element of "outputs" from the files out and err.
save() {
  {
    printf '%s\n{"command":' "$comma"
    word "$1"
    printf ',"status":%d' "$2"
    if [ -s "$work/out" ]; then printf ',"text":'; text "$work/out"; fi
    if [ -s "$work/err" ]; then printf ',"errors":'; text "$work/err"; fi
    printf '}'
  } >>"$work/outputs"
  comma=,
}
# tool NAME: its path. A shell of busybox would take its own small ip and ping before those of the host.
# One that is there and not for everybody is run in vain, so that its absence is not what is noted.
tool() {
  found=''
  IFS=:
  for folder in $PATH; do
    [ -f "$folder/$1" ] || continue
    [ ! -x "$folder/$1" ] || { found=$folder/$1 && break; }
    found=${found:-$folder/$1}
  done
  IFS=$space
  [ -n "$found" ] && printf '%s' "$found"
}
# run COMMAND...: the script itself may stand on standard input.
run() {
  said="$*"
  if place=$(tool "$1"); then
    shift
    # shellcheck disable=SC2086 # two words, or none
    $limit "$place" "$@" >"$work/out" 2>"$work/err" </dev/null
    last=$?
  else
    : >"$work/out"
    echo "$1: not found" >"$work/err"
    last=127
  fi
  save "$said" "$last"
}
# made NAME FUNCTION...: text that this script makes.
made() {
  name_of_text=$1
  shift
  "$@" >"$work/out" 2>"$work/err" </dev/null
  save "$name_of_text" $?
}
# line KEY FILE: its first line; nothing where the kernel has no value. Some files of the kernel are
# empty to readers that take one byte at a time, as read does.
line() {
  value=$(cat "$2" 2>/dev/null)
  value=${value%%"$newline"*}
  [ -z "$value" ] || printf '%s=%s\n' "$1" "$value"
}
link() {
  target=$(readlink "$2" 2>/dev/null) || return 0
  printf '%s=%s\n' "$1" "${target##*/}"
}
sysfs_port() {
  path=/sys/class/net/$1
  [ -d "$path" ] || return 1
  for file in speed ifalias device/vendor device/device device/numa_node device/current_link_speed \
    device/current_link_width; do
    line "$file" "$path/$file"
  done
  link bus "$path/device"
  link driver "$path/device/driver"
  set +f
  set -- "$path"/queues/rx-*
  set -f
  [ ! -e "$1" ] || printf 'receive-queues=%d\n' $#
  irqs=$path/device/msi_irqs
  case $(readlink "$path/device" 2>/dev/null) in */virtio*) irqs=$path/device/../msi_irqs ;; esac
  set +f
  set -- "$irqs"/*
  set -f
  for irq; do
    irq=${irq##*/}
    action=$(sed -n "s/^$irq //p" "$work/interrupts")
    processors=''
    for file in effective_affinity_list smp_affinity_list; do
      [ -n "$processors" ] || { read -r processors <"/proc/irq/$irq/$file"; } 2>/dev/null
    done
    [ -z "$action" ] || [ -z "$processors" ] || printf 'irq/%s=%s %s\n' "$irq" "$processors" "$action"
  done
}
# lines FOLDER FILE...: lines `PATH: VALUE`, paths from below the folder.
lines() {
  top=$1
  shift
  [ -d "$top" ] || return 0
  grep -H . "$@" 2>/dev/null | sed "s|^$top/||; s/:/: /"
}
sysfs_cpu() {
  [ -d /sys/devices/system/cpu ] || return 1
  set +f
  lines /sys/devices/system/cpu /sys/devices/system/cpu/cpu[0-9]*/cpufreq/scaling_governor
  lines /sys/devices/system/node /sys/devices/system/node/node[0-9]*/cpulist
  set -f
}
sysfs_infiniband() {
  [ -d /sys/class ] || return 1
  set +f
  set -- /sys/class/infiniband
  lines "$1" "$1"/*/node_type "$1"/*/ports/*/state "$1"/*/ports/*/link_layer \
    "$1"/*/ports/*/gid_attrs/types/* "$1"/*/ports/*/gid_attrs/ndevs/*
  set -f
}
# Milliseconds on a clock that nobody sets: the kernel counts hundredths of a second.
clock() {
  if [ -r /proc/uptime ]; then
    awk '{ printf "%.0f\n", $1 * 1000 }' /proc/uptime
  else
    echo "$(date +%s)000"
  fi
}
sample_interval() { echo "$between"; }

# Ports of cards: no functions that belong to guests, no wireless. In a container, where there are no
# cards, plain virtual ports stand for them.
find_ports() {
  cards='' plain=''
  set +f
  for path in /sys/class/net/*; do
    name=${path##*/}
    [ "$(cat "$path/type" 2>/dev/null)" = 1 ] || continue
    if grep -q '^DEVTYPE=' "$path/uevent" 2>/dev/null; then continue; fi
    [ ! -e "$path/device/physfn" ] || continue
    if [ -e "$path/device" ]; then
      cards=$cards$name$newline
    elif [ ! -e "$path/bridge" ] && [ ! -e "$path/bonding" ] && [ ! -e "$path/tun_flags" ]; then
      set -- "$path"/lower_*
      [ -e "$1" ] || plain=$plain$name$newline
    fi
  done
  set -f
  ports=${cards:-$plain}
  count=$(printf '%s' "$ports" | wc -l)
  [ "$count" -le 64 ] || note "this host has $count ports: the first 64 are looked at"
  ports=$(printf '%s' "$ports" | head -n 64)
}
counters() {
  run ip -j -d -s -s address show
  for port in $ports; do run ethtool -S "$port"; done
  for port in $ports; do run dcb -j -s pfc show dev "$port"; done
}
neighbours() {
  for format in json0 json keyvalue; do
    run lldpcli -f "$format" show neighbors details
    # An older release knows fewer forms, and says so in its own words.
    case $last in 126 | 127) return 0 ;; esac
    if [ "$last" -eq 0 ] && [ -s "$work/out" ]; then return 0; fi
    if grep -qi 'socket' "$work/err"; then return 0; fi
  done
}
# Open vSwitch: its ports, VLANs and bonds, of which ip knows nothing.
virtual_switches() {
  tool ovs-vsctl >/dev/null || return 0
  for table in Bridge Port Interface; do run ovs-vsctl --format=json list "$table"; done
  run ovs-appctl bond/show
}
collect() {
  awk '{ n = $1; if (sub(/:$/, "", n) && n ~ /^[0-9]+$/) print n, $NF }' /proc/interrupts \
    >"$work/interrupts" 2>/dev/null
  run ip -j route show
  run bridge -j -c vlan show
  run cat /etc/os-release
  run lspci -D
  made 'sysfs cpu' sysfs_cpu
  made 'sysfs infiniband' sysfs_infiniband
  run rdma -j link
  virtual_switches
  neighbours
  for port in $ports; do
    made "sysfs net $port" sysfs_port "$port"
    run ethtool "$port"
    for request in -i -k -g -l -x -a -P; do run ethtool "$request" "$port"; done
    run dcb -j ets show dev "$port"
    run dcb -j app show dev "$port"
    run dcb -j dcbx show dev "$port"
  done
  set +f
  for path in /proc/net/bonding/*; do
    [ -r "$path" ] || continue
    run cat "$path"
    made "sysfs net ${path##*/}" sysfs_port "${path##*/}"
  done
  set -- /sys/class/net/*
  set -f
  for path; do
    name=${path##*/}
    if "$ip" -d link show dev "$name" 2>/dev/null </dev/null | grep -q '^ *team '; then
      run teamdctl "$name" state dump
      made "sysfs net $name" sysfs_port "$name"
    fi
  done
}

# --- Probes -----------------------------------------------------------------------------------------
# Whether ping can forbid fragments, without which a probe proves nothing of MTU, and bind to a port.
find_ping() {
  can_ping='' can_bind=''
  ping=$(tool ping) || return 0
  if "$ping" -M 'do' -c 1 -W 1 127.0.0.1 2>&1 </dev/null | grep -q transmitted ||
    "$ping" -h 2>&1 </dev/null | grep -q -e '-M '; then
    can_ping=yes
  fi
  if "$ping" -M 'do' -c 1 -W 1 -I lo -I 127.0.0.1 127.0.0.1 2>&1 </dev/null | grep -q transmitted; then
    can_bind=yes
  fi
}
# Lines `NUMBER KIND FROM PORT SIZE TO`, those of one row of the file together; - for no port.
list_probes() {
  "$ip" -o -4 address show 2>/dev/null </dev/null | awk '{ sub(/@.*/, "", $2); sub(/\/.*/, "", $4); print "own", $2, $4 }' \
    >"$work/own"
  table | tr -d '\r' | cat "$work/own" - | awk -v host="$host" -v bind="$can_bind" '
    $1 == "own" { if (!($3 in port)) port[$3] = $2 }
    $1 == "cross" { cross[++crossings] = $2 }
    $1 == "network" && NF >= 7 {
      n++; name[n] = $3; address[n] = $4; mtu[n] = $6 + 0; vlan[n] = $7
      mine[n] = tolower($2) == tolower(host)
    }
    function row(kind, from, size, to) {
      device = bind && port[from] ~ /^[A-Za-z0-9._-]+$/ ? port[from] : "-"
      print ++number, kind, from, device, size, to
    }
    END {
      for (i = 1; i <= n; i++) {
        if (!mine[i]) continue
        if (!(address[i] in port)) { print "absent", name[i], address[i]; continue }
        split("", seen)
        count = split("576 1500 4200 " mtu[i], sizes, " ")
        for (s = 1; s <= count; s++) {
          size = sizes[s] + 0
          if (size in seen || size < 28 || size > 65535 || size > mtu[i] || size == 4200 && mtu[i] <= 4200) continue
          seen[size] = 1
          for (j = 1; j <= n; j++)
            if (!mine[j] && vlan[j] == vlan[i]) row("ping", address[i], size, address[j])
        }
        for (c = 1; c <= crossings; c++) row("crossing", address[i], 576, cross[c])
      }
    }' >"$work/all"
  sed -n 's/^absent \([^ ]*\) \(.*\)/network \1: this host does not have the address \2; nothing is sent from it/p' \
    "$work/all" | while IFS= read -r message; do note "$message"; done
  grep '^[0-9]' "$work/all" >"$work/jobs" || true
}
# One worker takes each job whose number leaves its own rest.
worker() {
  while read -r number kind from device size target; do
    [ $((number % jobs)) -eq "$1" ] || continue
    count=$packets
    [ "$kind" = ping ] || count=$few
    set -- "$1" -n -M 'do' -s $((size - 28)) -c "$count" -i 0.2 -W 1
    [ "$device" = - ] || set -- "$@" -I "$device"
    me=$1
    shift
    "$ping" "$@" -I "$from" "$target" 2>&1 </dev/null | awk -v job="$number $kind $from $device $size $target" -v most="$count" '
      /essage too long/ { long = 1 }
      / packets transmitted/ {
        for (i = 2; i <= NF; i++) if ($i ~ /^received/) { received = $(i - 1) == "packets" ? $(i - 2) : $(i - 1); told = 1 }
      }
      /nreachable/ { silent = 1 }
      match($0, /time[=<][0-9.]+ ms/) {
        time = substr($0, RSTART + 5, RLENGTH - 8) * 1000
        for (i = ++times; i > 1 && value[i - 1] > time; i--) value[i] = value[i - 1]
        value[i] = time
      }
      END {
        received += 0
        if (received > most) received = most
        if (!told && !long && !silent) exit
        if (long && received == 0) received = -1
        median = times > 0 ? value[int((times + 1) / 2)] : -1
        printf "%s %d %d\n", job, received, median
      }' >>"$work/answers.$me"
    set -- "$me"
  done <"$work/jobs"
}
answered() { cat "$work"/answers.* 2>/dev/null | wc -l | tr -d ' '; }
probe() {
  total=$(wc -l <"$work/jobs" | tr -d ' ')
  [ "$total" -gt 0 ] || return 0
  [ "$jobs" -le "$total" ] || jobs=$total
  # Packets leave 0.2 s apart, and 1 s more is waited where nobody answers.
  each=$((2 * packets - 1))
  note "$total probes of $packets packets: about $((total * each / jobs / 10 + 1)) s, $((total * (each + 10) / jobs / 10 + 1)) s if nobody answers"
  set +f
  index=0 workers=''
  while [ "$index" -lt "$jobs" ]; do
    : >"$work/answers.$index"
    worker "$index" &
    workers="$workers $!"
    index=$((index + 1))
  done
  if [ -t 2 ]; then
    while done_now=$(answered) && [ "$done_now" -lt "$total" ]; do
      printf '\r%s of %s probes' "$done_now" "$total" >&2
      running=''
      for process in $workers; do if kill -0 "$process" 2>/dev/null; then running=yes; fi; done
      [ -n "$running" ] || break
      sleep 1
    done
    printf '\r%s of %s probes\n' "$(answered)" "$total" >&2
  fi
  for process in $workers; do wait "$process"; done
  workers=''
  cat "$work"/answers.* | sort -n >"$work/answers"
  set -f
}

# --- Services over the LAN that was there before ------------------------------------------------------
# How a TCP port can be tried here: bash, or nc that knows -z; nothing otherwise.
find_connect() {
  connect=''
  if tool timeout >/dev/null && tool bash >/dev/null; then
    connect=bash
  elif tool nc >/dev/null && nc -h 2>&1 </dev/null | grep -q -e '-z'; then
    connect=nc
  fi
}
# A name that does not resolve and a port that does not answer are the same here.
answers() {
  case $connect in
    bash) timeout 3 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" >/dev/null 2>&1 </dev/null ;;
    *) nc -z -w 3 "$1" "$2" >/dev/null 2>&1 </dev/null ;;
  esac
}
# One worker takes each service whose number leaves its own rest.
reach_worker() {
  while read -r number target port; do
    [ $((number % reachers)) -eq "$1" ] || continue
    if answers "$target" "$port"; then answered=true; else answered=false; fi
    echo "$number $target $port $answered"
  done <"$work/services"
}
reach() {
  table | tr -d '\r' | awk -v host="$host" '
    $1 == "reach" && NF == 3 && tolower($2) != tolower(host) && $2 ~ /^[A-Za-z0-9.-]+$/ && $3 ~ /^[0-9]+$/ {
      print ++number, $2, $3
    }' >"$work/services"
  total=$(wc -l <"$work/services" | tr -d ' ')
  [ "$total" -gt 0 ] || return 0
  reachers=16
  [ "$reachers" -le "$total" ] || reachers=$total
  note "$total services over the existing LAN: up to $((total * 3 / reachers + 1)) s"
  index=0 workers=''
  while [ "$index" -lt "$reachers" ]; do
    reach_worker "$index" >"$work/reached.$index" &
    workers="$workers $!"
    index=$((index + 1))
  done
  for process in $workers; do wait "$process"; done
  workers=''
  set +f
  cat "$work"/reached.* | sort -n >"$work/reached"
  set -f
}
# The services as JSON.
services() {
  awk '{ printf "%s\n{\"to\":\"%s\",\"port\":%d,\"answered\":%s}", (NR > 1 ? "," : ""), $2, $3, $4 }' "$work/reached"
}

# Rows of the file from the answers, in the order of the jobs.
rows() {
  awk -v packets="$packets" -v few="$few" '
    function row() {
      if (key == "") return
      sent = kind == "ping" ? packets : few
      printf "%s\n{\"kind\":\"%s\",\"from\":\"%s\"%s,\"size\":%d,\"sent\":%d,\"to\":[%s],\"received\":[%s],\"microseconds\":[%s]}", \
        comma, kind, from, device, size, sent, to, received, times
      comma = ","
    }
    {
      if ($2 " " $3 " " $4 " " $5 != key) {
        row()
        key = $2 " " $3 " " $4 " " $5
        kind = $2; from = $3; size = $5; to = received = times = separator = ""
        device = $4 == "-" ? "" : ",\"interface\":\"" $4 "\""
      }
      to = to separator "\"" $6 "\""; received = received separator $7; times = times separator $8
      separator = ","
    }
    END { row() }' "$work/answers"
}

# --- The run ----------------------------------------------------------------------------------------
own_name=$(hostname -s 2>/dev/null || hostname 2>/dev/null || cat /proc/sys/kernel/hostname)
own_name=${own_name%%.*}
known=$(table | awk -v host="${host:-$own_name}" \
  '$1 == "network" && tolower($2) == tolower(host) { print $2; exit }')
if [ -n "$host" ] && [ -z "$known" ] && table | grep -q '^network '; then
  refuse "the plan has no host $host"
fi
[ -n "$known" ] || note "the plan does not name ${host:-$own_name}: no probes; say which host this is with --host"
host=${known:-${host:-$own_name}}
plan=$(table | awk '$1 == "plan" { print $2; exit }')
collected=$(date -u +%Y-%m-%dT%H:%M:%SZ)
privileged=false
[ "$(id -u)" != 0 ] || privileged=true

ip=$(tool ip) || ip=false
find_ports
: >"$work/answers"
: >"$work/outputs"
: >"$work/reached"
first=$(clock)
counters
collect
if [ -n "$probes" ] && [ -n "$known" ]; then
  find_ping
  if [ -n "$can_ping" ]; then
    list_probes
    probe
  else
    note "no ping that can forbid fragments (iputils): no probes"
  fi
  find_connect
  if [ -n "$connect" ]; then
    reach
  else
    note "neither bash with timeout nor nc: the existing LAN is not tried"
  fi
fi
# Probes are some load: they run between both samples.
rest=$((interval - ($(clock) - first) / 1000))
[ "$rest" -le 0 ] || sleep "$rest"
between=$(($(clock) - first))
[ "$between" -gt 0 ] || between=1
counters
made 'sample interval' sample_interval

{
  printf '{"tenfold-evidence":1,"collector":"tenfold-kit-linux 1","host":'
  word "$host"
  printf ',"system":"linux","plan":'
  word "$plan"
  printf ',"collected":"%s","privileged":%s,\n"outputs":[' "$collected" "$privileged"
  cat "$work/outputs"
  printf '],\n"probes":['
  rows
  if [ -s "$work/reached" ]; then
    printf '],\n"reach":['
    services
  fi
  printf ']}\n'
} >"$work/evidence"
if [ -n "$output" ]; then
  cat "$work/evidence" >"$temporary" && mv "$temporary" "$output" || exit 1
  temporary=''
  note "wrote $output"
else
  cat "$work/evidence"
fi
