"""Compares texts for Arista EOS with what pyavd renders from the plan's intents.

  eos.py FOLDER

FOLDER holds eos/N/plan.json and eos/N/switches/NAME.cfg. The structured configuration is built here from
the intents of plan.json alone, by the field's words for them, not by reading the text. Order,
comments, lone `!` and the secret are left out on both sides.
"""
import difflib
import json
import pathlib
import re
import sys

from pyavd import get_device_config, validate_structured_config


def ranges(numbers):
    """`20,30-32`."""
    parts, numbers = [], sorted(numbers)
    while numbers:
        end = 0
        while end + 1 < len(numbers) and numbers[end + 1] == numbers[end] + 1:
            end += 1
        parts.append(f"{numbers[0]}-{numbers[end]}" if end else str(numbers[0]))
        numbers = numbers[end + 1 :]
    return ",".join(parts)


def switchport(membership, forwards):
    tagged, untagged = membership.get("tagged", []), membership.get("untagged")
    if not tagged and untagged is None:
        # What is up and in no VLAN says so: left alone it would be in VLAN 1.
        return {"switchport": {"mode": "trunk", "trunk": {"allowed_vlan": "none"}}} if forwards else {}
    if not tagged:
        return {"switchport": {"access_vlan": untagged}}
    trunk = {"allowed_vlan": ranges(tagged + ([untagged] if untagged else []))}
    if untagged:
        trunk["native_vlan"] = untagged
    return {"switchport": {"mode": "trunk", "trunk": trunk}}


def tracking(groups, name, direction):
    members = [
        {"name": f"uplink-{group['id']}", "direction": direction}
        for group in groups
        if name in group["upstreamLAGs" if direction == "upstream" else "downstream"]
    ]
    return {"link_tracking_groups": members} if members else {}


def lag(intent, lag):
    entry = {"name": f"Port-Channel{lag['number']}"}
    if lag["description"]:
        entry["description"] = lag["description"]
    if lag["isPeerLink"]:
        entry["switchport"] = {"mode": "trunk", "trunk": {"groups": ["mlag-peer"]}}
    else:
        entry |= switchport(lag["membership"], True)
    if lag.get("pairLAG"):
        entry["mlag"] = lag["pairLAG"]
    members = [port for port in intent["ports"] if port.get("lag") == lag["number"]]
    if any(port["lossless"] for port in members):
        entry["service_profile"] = intent["qos"]["policy"]
    return entry | tracking(intent["uplinkGroups"], lag["number"], "upstream")


def port(intent, port, lacp, lossless):
    entry = {"name": port["name"]}
    if port["description"]:
        entry["description"] = port["description"]
    if port["enabled"]:
        entry["mtu"] = port["mtu"]
    else:
        entry["shutdown"] = True
    if any(split["port"] == port["name"] for split in intent["splits"]):
        entry["speed"] = "forced 10000full"
    elif port.get("rate"):
        speeds = {10**10: "forced 10000full", 4 * 10**10: "forced 40gfull"}
        entry["speed"] = speeds[port["rate"]]
    entry |= switchport(port["membership"], port["enabled"] and not port.get("lag"))
    if port.get("lag"):
        mode = "active" if lacp[port["lag"]] else "on"
        entry["channel_group"] = {"id": port["lag"], "mode": mode}
    if port["lossless"]:
        if not port.get("lag"):
            entry["service_profile"] = intent["qos"]["policy"]
        priorities = [{"priority": number, "no_drop": True} for number in lossless]
        entry["priority_flow_control"] = {"enabled": True, "priorities": priorities}
    if port["edge"]:
        entry["spanning_tree_portfast"] = "edge"
    if port["bpduGuard"]:
        entry["spanning_tree_bpduguard"] = "enabled"
    return entry | tracking(intent["uplinkGroups"], port["name"], "downstream")


def structured(intent):
    data = {"hostname": intent["hostname"]}
    roles = {True: (15, "network-admin"), False: (1, "network-operator")}
    data["local_users"] = [
        dict(zip(("privilege", "role"), roles[user["isAdministrator"]]))
        | {"name": user["name"], "sha512_password": "X"}
        for user in intent["users"]
    ]
    if intent["syslog"]:
        hosts = [{"name": address} for address in intent["syslog"]]
        data["logging"] = {"vrfs": [{"name": "default", "hosts": hosts}]}
    if intent["ntp"]:
        data["ntp"] = {"servers": [{"name": address} for address in intent["ntp"]]}
    tree = intent["spanningTree"]
    rstp = tree["mode"] == "rstp"
    data["spanning_tree"] = {"mode": "rstp" if rstp else "none"}
    if rstp:
        data["spanning_tree"]["rstp_priority"] = tree["priority"]
    data["vlans"] = [{"id": vlan["id"], "name": vlan["name"]} for vlan in intent["vlans"]]
    lossless = []
    if qos := intent.get("qos"):
        lossless = [p for group in qos["groups"] if group["lossless"] for p in group["priorities"]]
        queues = [
            {"id": g["id"], "priority": "no priority", "bandwidth_percent": g["bandwidth"]}
            for g in qos["groups"]
        ]
        data["qos_profiles"] = [{"name": qos["policy"], "trust": "cos", "tx_queues": queues}]
        data["qos"] = {
            "map": {
                "cos": [
                    f"{' '.join(map(str, g['priorities']))} to traffic-class {g['id']}"
                    for g in qos["groups"]
                ]
            }
        }
    groups = intent["uplinkGroups"]
    data["link_tracking_groups"] = [{"name": f"uplink-{group['id']}"} for group in groups]
    lacp = {lag["number"]: lag["lacp"] for lag in intent["lags"]}
    data["port_channel_interfaces"] = [lag(intent, entry) for entry in intent["lags"]]
    data["ethernet_interfaces"] = [port(intent, p, lacp, lossless) for p in intent["ports"]]
    management = intent["management"]
    address = f"{management['address']}/{management['prefixLength']}"
    data["management_interfaces"] = [
        {"name": management["interface"], "vrf": "default", "ip_address": address}
    ]
    if management.get("gateway"):
        data["static_routes"] = [{"prefix": "0.0.0.0/0", "next_hop": management["gateway"]}]
    if pair := intent.get("pair"):
        peering = pair["peering"]
        vlan = peering["vlan"]
        data["vlans"].append({"id": vlan, "name": "mlag-peer", "trunk_groups": ["mlag-peer"]})
        data["spanning_tree"]["no_spanning_tree_vlan"] = str(vlan)
        address = f"{peering['address']}/{peering['prefixLength']}"
        data["vlan_interfaces"] = [
            {"name": f"Vlan{vlan}", "no_autostate": True, "ip_address": address}
        ]
        data["mlag_configuration"] = {
            "domain_id": str(pair["domain"]),
            "local_interface": f"Vlan{vlan}",
            "peer_address": peering["peer"],
            "peer_address_heartbeat": {"peer_ip": pair["backupDestination"]},
            "peer_link": f"Port-Channel{pair['peerLAG']}",
            "dual_primary_detection_delay": 5,
            "reload_delay_mlag": str(pair["delayRestore"]),
        }
    return data


def blocks(text):
    """Lines with the blocks they stand in, so that order does not matter but place does."""
    found, stack = [], []
    for line in text.splitlines():
        words = line.strip()
        if not words or words.startswith("!"):
            continue
        depth = (len(line) - len(line.lstrip())) // 3
        words = re.sub(r" secret .*$", " secret", words)
        words = re.sub(r" secret sha512 .*$", " secret", words)
        stack = stack[:depth] + [words]
        found.append(" > ".join(stack))
    return sorted(found)


def main(folder):
    switches = failures = 0
    plans = sorted(pathlib.Path(folder).glob("eos/*/plan.json"))
    for plan in plans:
        intents = json.loads(plan.read_text())["intents"]
        for intent in intents:
            text = plan.parent / "switches" / f"{intent['hostname']}.cfg"
            if intent["os"] != "eos" or not text.exists():
                continue
            data = structured(intent)
            violations = validate_structured_config(json.loads(json.dumps(data)))
            problems = [v.message for v in violations.validation_result.violations]
            ours = blocks(text.read_text())
            theirs = blocks(get_device_config(json.loads(json.dumps(data))))
            problems += difflib.unified_diff(ours, theirs, "text", "pyavd", lineterm="", n=0)
            switches += 1
            if problems:
                failures += 1
                print(f"{text}:", *problems[:20], sep="\n  ")
    print(f"eos: {switches} texts of {len(plans)} plans equal pyavd's but for {failures}")
    return 1 if failures or not switches else 0


sys.exit(main(sys.argv[1]))
