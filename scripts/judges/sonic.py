"""Checks texts for SONiC against its YANG models, and their members against the plan's intents.

  sonic.py FOLDER

FOLDER holds sonic/N/plan.json and sonic/N/switches/NAME.cfg. The models are those of
github.com/sonic-net/sonic-buildimage, src/sonic-yang-models/yang-models, as they stood in 2026:
sonic-port (revision 2026-04-11), sonic-portchannel (2026-07-26), sonic-vlan (2024-03-07),
sonic-mgmt_interface (2021-04-07), sonic-ntp (2025-07-21), sonic-syslog (2022-04-18),
sonic-spanning-tree (2025-02-25), sonic-dot1p-tc-map (2021-04-15), sonic-port-qos-map (2019-05-15),
sonic-scheduler and sonic-queue (2021-04-01), sonic-monitor-link-group (2026-05-12). Written down
here, as far as a plan may use them: names of tables and fields, types, ranges, mandatory fields,
references, and the conditions between tables. LOCAL_USER follows sonic-utilities config/user.py.

A text is loaded over what the platform has: each port gets lanes and a speed before it is checked.
"""
import ipaddress
import json
import pathlib
import re
import sys


def pattern(text):
    return lambda value, _: re.fullmatch(text, value) is not None


def number(low, high):
    return lambda value, _: value.isascii() and value.isdigit() and low <= int(value) <= high


def length(low, high):
    return lambda value, _: low <= len(value) <= high


def one(*words):
    return lambda value, _: value in words


def refers(*tables):
    return lambda value, config: any(value in config.get(table, {}) for table in tables)


def address(value, _):
    try:
        return bool(ipaddress.ip_address(value))
    except ValueError:
        return False


def prefix(value, _):
    try:
        return "/" in value and bool(ipaddress.ip_interface(value))
    except ValueError:
        return False


class List:
    """A leaf-list: texts in a JSON array."""

    def __init__(self, check):
        self.check = check


map_name = pattern(r"[a-zA-Z0-9]([-a-zA-Z0-9_]{0,31})")
digit = pattern("[0-7]")
status = one("up", "down")
boolean = one("true", "false")
links = refers("PORT", "PORTCHANNEL")

# Table: checks of the parts of its key, fields, mandatory fields.
TABLES = {
    "DEVICE_METADATA": ([one("localhost")], {"hostname": pattern(r"[a-zA-Z0-9]([-a-zA-Z0-9]{0,62})")}, []),
    "MGMT_PORT": ([pattern(r"eth\d")], {"admin_status": status}, []),
    "MGMT_INTERFACE": ([refers("MGMT_PORT"), prefix], {"gwaddr": address}, []),
    "LOCAL_USER": (
        [pattern(r"[a-z_][a-z0-9_-]{0,31}")],
        {"role": one("administrator", "operator"), "password_hash": one("<FILL IN SECRET>")},
        ["role", "password_hash"],
    ),
    "NTP_SERVER": ([address], {}, []),
    "SYSLOG_SERVER": ([address], {}, []),
    "STP": ([one("GLOBAL")], {"mode": one("pvst", "mst")}, ["mode"]),
    "STP_MST_INST": (
        [one("MST_INSTANCE"), one("0")],
        {"bridge_priority": lambda v, c: number(0, 61440)(v, c) and int(v) % 4096 == 0},
        [],
    ),
    "STP_PORT": (
        [links],
        {"enabled": boolean, "edge_port": boolean, "bpdu_guard": boolean, "bpdu_guard_do_disable": boolean},
        ["enabled"],
    ),
    "VLAN": (
        [pattern(r"Vlan(409[0-5]|40[0-8][0-9]|[1-3][0-9]{3}|[1-9][0-9]{2}|[1-9][0-9]|[2-9])")],
        {"vlanid": number(2, 4094), "description": length(1, 255)},
        [],
    ),
    "VLAN_MEMBER": ([refers("VLAN"), links], {"tagging_mode": one("tagged", "untagged")}, ["tagging_mode"]),
    "PORT": (
        [length(1, 128)],
        {
            "lanes": length(1, 128),
            "speed": number(1, 1600000),
            "mtu": number(68, 9216),
            "description": length(0, 255),
            "admin_status": status,
        },
        ["lanes", "speed"],
    ),
    "PORTCHANNEL": (
        [pattern(r"PortChannel[0-9]{1,4}")],
        {"admin_status": status, "mtu": number(1, 9216), "description": length(1, 255)},
        ["admin_status"],
    ),
    "PORTCHANNEL_MEMBER": ([refers("PORTCHANNEL"), refers("PORT")], {}, []),
    "DOT1P_TO_TC_MAP": ([map_name], {str(n): digit for n in range(8)}, []),
    "TC_TO_QUEUE_MAP": ([map_name], {str(n): digit for n in range(8)}, []),
    "TC_TO_PRIORITY_GROUP_MAP": ([map_name], {str(n): digit for n in range(8)}, []),
    "MAP_PFC_PRIORITY_TO_QUEUE": ([map_name], {str(n): digit for n in range(8)}, []),
    "SCHEDULER": ([length(1, 255)], {"type": one("DWRR", "WRR", "STRICT"), "weight": number(1, 100)}, []),
    "PORT_QOS_MAP": (
        [refers("PORT")],
        {
            "dot1p_to_tc_map": refers("DOT1P_TO_TC_MAP"),
            "tc_to_queue_map": refers("TC_TO_QUEUE_MAP"),
            "tc_to_pg_map": refers("TC_TO_PRIORITY_GROUP_MAP"),
            "pfc_to_queue_map": refers("MAP_PFC_PRIORITY_TO_QUEUE"),
            "pfc_enable": pattern(r"([0-7](,[0-7])*)?"),
        },
        [],
    ),
    "QUEUE": ([refers("PORT"), pattern("[0-7](-[0-7])?")], {"scheduler": refers("SCHEDULER")}, []),
    "MONITOR_LINK_GROUP": (
        [pattern("[a-zA-Z0-9_-]{1,128}")],
        {"monitored-links": List(links), "managed-links": List(links)},
        [],
    ),
}


def once(pairs):
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{name} stands twice")
    return dict(pairs)


def fields(config, place, entry, known, mandatory):
    for name, value in entry.items():
        check = known.get(name)
        if check is None:
            yield f"{place}: no model has the field {name}"
        elif isinstance(check, List):
            if not isinstance(value, list) or not all(
                isinstance(text, str) and check.check(text, config) for text in value
            ):
                yield f"{place}: {name} is {value}"
        elif not isinstance(value, str) or not check(value, config):
            yield f"{place}: {name} is {value!r}"
    for name in mandatory:
        if name not in entry:
            yield f"{place}: {name} is mandatory"


def schema(config):
    for table, entries in config.items():
        if table not in TABLES:
            yield f"no model has the table {table}"
            continue
        keys, known, mandatory = TABLES[table]
        for key, entry in entries.items():
            parts = key.split("|")
            if len(parts) != len(keys) or not all(c(p, config) for c, p in zip(keys, parts)):
                yield f"{table} {key}: the key does not fit or names what is not there"
            yield from fields(config, f"{table} {key}", entry, known, mandatory)


def conditions(config):
    """What the models want of several entries at once (their `must`)."""
    ports = config.get("PORT", {})
    members = [key.split("|") for key in config.get("PORTCHANNEL_MEMBER", {})]
    for lag, port in members:
        own, its = ports.get(port, {}).get("mtu"), config["PORTCHANNEL"].get(lag, {}).get("mtu")
        if own is not None and own != its:
            yield f"{port} has MTU {own}, its LAG {its}"
    for port in {port for _, port in members}:
        if sum(other == port for _, other in members) > 1:
            yield f"{port} is in two LAGs"
    untagged = []
    for key, entry in config.get("VLAN_MEMBER", {}).items():
        vlan, port = key.split("|")
        if any(port == member for _, member in members):
            yield f"{port} is in {vlan} and in a LAG"
        if entry.get("tagging_mode") == "untagged":
            untagged.append(port)
    for port in set(untagged):
        if untagged.count(port) > 1:
            yield f"{port} is untagged in several VLANs"
    for key, entry in config.get("VLAN", {}).items():
        if key != f"Vlan{entry.get('vlanid')}":
            yield f"{key} has the number {entry.get('vlanid')}"
    for key, entry in config.get("MONITOR_LINK_GROUP", {}).items():
        if set(entry.get("monitored-links", [])) & set(entry.get("managed-links", [])):
            yield f"{key}: a link is monitored and managed"
        if not entry.get("monitored-links"):
            yield f"{key}: fewer monitored links than it wants"


def intended(config, intent):
    """Members, states and lossless ports as the intent has them."""
    members = {}
    for key, entry in config.get("VLAN_MEMBER", {}).items():
        vlan, port = key.split("|")
        members.setdefault(port, {}).setdefault(entry.get("tagging_mode"), []).append(int(vlan[4:]))
    names = [(port["name"], port) for port in intent["ports"]]
    names += [(f"PortChannel{lag['number']}", lag) for lag in intent["lags"]]
    for name, owner in names:
        wanted = owner["membership"]
        found = members.get(name, {})
        if sorted(found.get("tagged", [])) != wanted.get("tagged", []):
            yield f"{name}: tagged {found.get('tagged')}, intended {wanted.get('tagged')}"
        if found.get("untagged", [None])[0] != wanted.get("untagged"):
            yield f"{name}: untagged {found.get('untagged')}, intended {wanted.get('untagged')}"
    for port in intent["ports"]:
        entry = config["PORT"].get(port["name"], {})
        if (entry.get("admin_status") == "up") != port["enabled"]:
            yield f"{port['name']}: is {entry.get('admin_status')}"
        if int(entry.get("mtu", 9100)) != port["mtu"]:
            yield f"{port['name']}: MTU {entry.get('mtu')}, intended {port['mtu']}"
        pauses = bool(config.get("PORT_QOS_MAP", {}).get(port["name"], {}).get("pfc_enable"))
        if pauses != port["lossless"]:
            yield f"{port['name']}: lossless {port['lossless']}"


def judge(text, intent):
    try:
        config = json.loads(text, object_pairs_hook=once)
    except ValueError as error:
        yield str(error)
        return
    config.pop("TENFOLD", None)
    for entry in config.get("PORT", {}).values():
        entry.setdefault("lanes", "1")
        entry.setdefault("speed", "10000")
    yield from schema(config)
    yield from conditions(config)
    yield from intended(config, intent)


def main(folder):
    count, failures = 0, 0
    for plan in sorted(pathlib.Path(folder).glob("sonic/*/plan.json")):
        intents = {i["hostname"]: i for i in json.loads(plan.read_text())["intents"]}
        for name, intent in sorted(intents.items()):
            path = plan.parent / "switches" / f"{name}.cfg"
            if intent["os"] != "sonic" or not path.exists():
                continue
            count += 1
            for failure in judge(path.read_text(), intent):
                failures += 1
                print(f"{path}: {failure}")
    print(f"sonic: {count} texts, {failures} failures")
    return 1 if failures or not count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
