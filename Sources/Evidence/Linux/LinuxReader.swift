/// Reads what tools of Linux print.
///
/// `ToolOutput.command` says what an output is of; options may stand in their long form, and
/// further ones between. A reader takes the first output of a command that went well, and never
/// needs all of these:
///
/// - `cat /etc/os-release`
/// - `ip -j -d -s -s address show`, twice; `sample interval`: the milliseconds between both
/// - `ip -j route show`
/// - `bridge -j -c vlan show`
/// - `lspci -D`
/// - `sysfs cpu`: lines `cpu0/cpufreq/scaling_governor: performance` and `node0/cpulist: 0-7`
/// - `sysfs infiniband`: lines `mlx5_0/node_type: 1: CA`, and `state`, `link_layer`,
///   `gid_attrs/types/0`, `gid_attrs/ndevs/0` below `mlx5_0/ports/1`; empty, status 0, without RDMA
/// - `rdma -j link`
/// - `lldpcli -f json0 show neighbors details`, or with `-f json` or `-f keyvalue`
/// - for each port X: `ethtool X`, and with `-i`, `-k`, `-g`, `-l`, `-x`, `-a`, `-P` before X, `-k`
///   to `-a` with `--json` or without; `ethtool -S X`, twice
/// - for each port X: `dcb -j ets show dev X`, `dcb -j app show dev X`; `dcb -j -s pfc show dev X`,
///   twice; `dcb -j dcbx show dev X`, which nobody reads yet
/// - for each port and bond X: `sysfs net X`: lines `KEY=VALUE` of `speed`, `ifalias`, `bus`,
///   `driver`, `receive-queues` (the count), `device/vendor`, `device/device`, `device/numa_node`,
///   `device/current_link_speed`, `device/current_link_width`, and `irq/NUMBER=PROCESSORS NAME`
/// - with Open vSwitch: `ovs-vsctl --format=json list Bridge`, `list Port`, `list Interface`;
///   `ovs-appctl bond/show`
/// - for each bond B: `cat /proc/net/bonding/B`; for each team T: `teamdctl T state dump`
///
/// Those beginning with `sysfs` and `sample` are no commands: collectors make their text.
enum LinuxReader {
  static func facts(of file: EvidenceFile) -> HostFacts {
    let outputs = LinuxOutputs(file.outputs)
    var facts = HostFacts(host: file.host, system: .linux)
    facts.release = SystemReader.release(outputs)
    facts.interfaces = InterfaceListReader.interfaces(outputs)
    facts.hasOpenVSwitch = OVSReader(outputs)?.hasBridges ?? false
    facts.power = SystemReader.power(outputs)
    facts.routes = RouteReader.routes(outputs)
    return facts
  }
}
