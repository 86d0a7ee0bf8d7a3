# Two network namespaces with shaped links between them, for checks and benchmarks. Sourced, not run.
#
#   can_shape          whether this machine can; says why not
#   can_share          whether links can be shared alike; says why not
#   make_hosts         namespaces $host_a and $host_b
#   make_link N RATE [MTU]   link N: 10.99.N.1 at $host_a, 10.99.N.2 at $host_b, shaped in both directions
#                      (tc-tbf(8)); a RATE of - is for one that is not
#   share_link N RATE  lets connections over link N share RATE alike, as those over a fair switch do: which
#                      gets how much of one queue is chance, and depends on TCP
#   remove_link N
#   remove_hosts

can_shape() {
  if [ "$(id -u)" != 0 ]; then
    echo "skipped: network namespaces need root"
    return 1
  fi
  PATH=$PATH:/usr/sbin:/sbin command -v tc >/dev/null && return
  echo "skipped: links need tc; apt-get install -y --no-install-recommends iproute2"
  return 1
}

can_share() {
  PATH=$PATH:/usr/sbin:/sbin command -v nft >/dev/null && return
  echo "skipped: links that are shared alike need nft; apt-get install -y --no-install-recommends nftables"
  return 1
}

make_hosts() {
  host_a=tf-links-$$-a host_b=tf-links-$$-b
  local host
  for host in "$host_a" "$host_b"; do
    ip netns add "$host" && ip -n "$host" link set dev lo up || return
  done
}

# Bytes that pass at once: 10 ms of a rate, since a timer that is late must not cost any of it (tc-tbf(8)
# asks for the rate over HZ at least; virtual machines are late by milliseconds), and no less than 256 KB.
burst_of() {
  local megabits=0
  case $1 in
    *gbit) megabits=$((${1%gbit} * 1000)) ;;
    *mbit) megabits=${1%mbit} ;;
  esac
  echo "$((megabits * 1250 > 262144 ? megabits * 1250 : 262144))"
}

make_link() {
  local number=$1 rate=$2 mtu=${3:-1500} side
  ip link add "l$number" mtu "$mtu" netns "$host_a" type veth \
    peer name "l$number" mtu "$mtu" netns "$host_b" || return
  ip -n "$host_a" address add "10.99.$number.1/24" dev "l$number"
  ip -n "$host_b" address add "10.99.$number.2/24" dev "l$number"
  for side in "$host_a" "$host_b"; do
    ip -n "$side" link set dev "l$number" up
    [ "$rate" = - ] ||
      tc -n "$side" qdisc add dev "l$number" root tbf rate "$rate" burst "$(burst_of "$rate")" latency 30ms
  done
}

# A class of tc-htb(8) for each connection, nearly: ports are hashed to so many that two rarely meet.
share_link() {
  local side device=l$1 rate=$2 burst classes=1024 class
  burst=$(burst_of "$rate")
  for side in "$host_a" "$host_b"; do
    tc -n "$side" qdisc replace dev "$device" root handle 1: htb default 1 || return
    {
      echo "class add dev $device parent 1: classid 1:ffff htb rate $rate burst $burst quantum 60000"
      for ((class = 1; class <= classes; class++)); do
        printf 'class add dev %s parent 1:ffff classid 1:%x htb rate 64kbit ceil %s cburst %d quantum 6000\n' \
          "$device" "$class" "$rate" "$burst"
      done
    } | tc -n "$side" -batch - || return
    {
      printf 'table inet share\nflush table inet share\n'
      printf 'table inet share {\nchain out {\ntype filter hook output priority 0\n'
      printf 'meta l4proto tcp meta priority set jhash tcp sport . tcp dport mod %d map {' "$classes"
      for ((class = 1; class <= classes; class++)); do printf ' %d : 1:%x,' $((class - 1)) "$class"; done
      printf '}\n}\n}\n'
    } | ip netns exec "$side" nft -f - || return
  done
}

remove_link() { ip -n "$host_a" link delete dev "l$1"; }

remove_hosts() {
  local host
  for host in "$host_a" "$host_b"; do ip netns delete "$host" 2>/dev/null; done
}
