"""Lets the programs that read host files read those of many plans.

  hosts.py FOLDER

FOLDER holds DIALECT/N/hosts/GROUP/... and DIALECT/N/ansible/*.yaml. PowerShell scripts must parse,
shell scripts too; Ansible must take the playbooks, netplan the files for it, ifupdown2 and
systemd-networkd theirs. What netplan makes for networkd must say the same as Tenfold's files for
networkd. A program that this machine lacks is named and left out.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import tree_sitter_powershell
from tree_sitter import Language, Parser

# Ansible takes more than a second a playbook.
PLAYBOOKS = 16
# Settings of networkd that both Tenfold and netplan write.
SAME = {
    "NetDev": {"name", "kind", "mtubytes"},
    "VLAN": {"id"},
    "Bond": {"mode", "miimonsec"},
    "Bridge": {"stp"},
    "Match": {"name"},
    "Network": {"address", "bond", "bridge", "vlan", "primaryslave", "linklocaladdressing", "ipv6acceptra"},
    "Link": {"mtubytes"},
}


def run(words, **options):
    found = subprocess.run(words, capture_output=True, text=True, **options)
    return found.returncode, (found.stdout + found.stderr).strip()


def powershell(folder):
    parser = Parser(Language(tree_sitter_powershell.language()))
    seen, bad = set(), []
    for path in sorted(folder.glob("*/*/hosts/*/*.ps1")):
        text = path.read_bytes()
        if text in seen:
            continue
        seen.add(text)
        nodes = [parser.parse(text).root_node]
        while nodes:
            node = nodes.pop()
            if node.type == "ERROR" or node.is_missing:
                bad.append(f"{path}:{node.start_point[0] + 1}: {text[node.start_byte:node.end_byte][:80]!r}")
                continue
            nodes += [child for child in node.children if child.has_error or child.is_missing]
    return len(seen), bad


def shell(folder):
    seen, bad = set(), []
    for path in sorted(folder.glob("*/*/hosts/**/*.sh")):
        text = path.read_bytes()
        if text in seen:
            continue
        seen.add(text)
        code, said = run(["sh", "-n", str(path)])
        if code:
            bad.append(f"{path}: {said}")
    return len(seen), bad


def ansible(folder):
    program = pathlib.Path(sys.executable).parent / "ansible-playbook"
    plans = sorted({path.parent for path in folder.glob("*/*/ansible/hosts.yaml")})
    plans = plans[:: max(1, len(plans) // PLAYBOOKS)]
    bad = []
    for plan in plans:
        # Of switches for which no collection has a module there is no playbook.
        books = [name for name in ("hosts.yaml", "switches.yaml") if (plan / name).exists()]
        words = [str(program), "-i", "inventory.yaml", "--syntax-check", *books]
        code, said = run(words, cwd=plan, env=dict(os.environ, ANSIBLE_LOCALHOST_WARNING="false"))
        if code or "WARNING" in said:
            bad.append(f"{plan}: {said}")
    return len(plans), bad


def netplan(folder):
    if not shutil.which("netplan"):
        return None, "netplan.io is not installed"
    seen, bad = set(), []
    for path in sorted(folder.glob("*/*/hosts/*/*/netplan/*.yaml")):
        text = path.read_text()
        shape = text.partition("\n")[2]
        if shape in seen:
            continue
        seen.add(shape)
        with tempfile.TemporaryDirectory() as root:
            place = pathlib.Path(root, "etc/netplan")
            place.mkdir(parents=True)
            (place / path.name).write_text(text)
            (place / path.name).chmod(0o600)
            code, said = run(["netplan", "generate", "--root-dir", root])
            if code or said:
                bad.append(f"{path}: {said}")
                continue
            own = path.parent.parent / "networkd"
            if own.is_dir():
                made = pathlib.Path(root, "run/systemd/network")
                bad += [f"{path}: {line}" for line in difference(networkd_files(made), networkd_files(own))]
    return len(seen), bad


def networkd_files(folder):
    """Settings by interface, section and key; those that stand several times are sorted."""
    found = {}
    for path in sorted(folder.glob("*.net*")):
        section, values = None, {}
        for line in path.read_text().splitlines():
            line = line.strip()
            if line.startswith("["):
                section = line.strip("[]")
            elif "=" in line and not line.startswith("#"):
                key, _, value = line.partition("=")
                values.setdefault((section, key.lower()), []).append(value)
        name = values.get(("NetDev", "name")) or values.get(("Match", "name")) or [path.stem]
        for (section, key), value in values.items():
            if key in SAME.get(section, ()):
                # Netplan writes numbers and truth in other words.
                value = [{"true": "yes", "false": "no", "100ms": "100"}.get(one, one) for one in value]
                found.setdefault((name[0], path.suffix), {})[section, key] = sorted(value)
    return found


def difference(made, own):
    for key in sorted(own.keys() | made.keys()):
        left, right = made.get(key, {}), own.get(key, {})
        for setting in sorted(left.keys() | right.keys()):
            # Netplan sets the MTU of a bond, VLAN or bridge in its .network file too, and says
            # nothing where a bridge has no spanning tree or an interface is only there.
            if setting == ("Link", "mtubytes") and key[1] == ".network" and setting not in right:
                continue
            if setting == ("NetDev", "mtubytes") and setting not in left:
                continue
            if left.get(setting) != right.get(setting):
                yield f"{key[0]}{key[1]} {setting}: netplan {left.get(setting)}, Tenfold {right.get(setting)}"


def has_namespaces():
    return run(["unshare", "-n", "-m", "true"])[0] == 0


def ifupdown2(folder):
    """The package is unpacked, not installed: on a machine it would take the network over."""
    if not has_namespaces():
        return None, "ifupdown2 cannot run in a namespace of its own"
    place = pathlib.Path(sys.executable).parent.parent / "ifupdown2"
    main = place / "usr/share/ifupdown2/ifup"
    if not main.exists():
        place.mkdir(exist_ok=True)
        code, said = run(["apt-get", "download", "ifupdown2"], cwd=place)
        for package in place.glob("ifupdown2_*.deb"):
            run(["dpkg", "-x", str(package), str(place)])
        if not (main.parent / "__main__.py").exists():
            return None, "ifupdown2 cannot be had"
        # Where the machine has no settings for it, it looks for them below its own folder.
        (main.parent / "etc").symlink_to(os.path.relpath(place / "etc", main.parent))
        main.symlink_to("__main__.py")
    # Its lock and its state stand in folders that the installed package would have made.
    script = (
        "mount -t tmpfs none /run && mount -t tmpfs none /var/tmp && mkdir /run/network &&"
        ' exec /usr/bin/python3 "$0" -a -s -i "$1"'
    )
    seen, bad = set(), []
    for path in sorted(folder.glob("*/*/hosts/*/*/ifupdown2/tenfold")):
        text = path.read_text()
        if text.partition("\n")[2] in seen:
            continue
        seen.add(text.partition("\n")[2])
        # It asks the kernel for the interfaces that there are, and sometimes gives up amid the answer.
        for _ in range(5):
            code, said = run(["unshare", "-n", "-m", "sh", "-c", script, str(main), str(path)])
            if "recv() error" not in said:
                break
        if code or said:
            bad.append(f"{path}: {said}")
    return len(seen), bad


def networkd(folder):
    daemon = pathlib.Path("/lib/systemd/systemd-networkd")
    if not daemon.exists() or not has_namespaces():
        return None, "systemd-networkd cannot run in a namespace of its own"
    seen, bad = set(), []
    for own in sorted(folder.glob("*/*/hosts/*/*/networkd")):
        files = {path.name: path.read_text() for path in sorted(own.iterdir())}
        shape = "".join(name + text.partition("\n")[2] for name, text in files.items())
        if shape in seen or len(seen) == 12:
            continue
        seen.add(shape)
        with tempfile.TemporaryDirectory() as root:
            # The daemon reads as a user of its own.
            os.chmod(root, 0o755)
            for name, text in files.items():
                pathlib.Path(root, name).write_text(text)
            script = (
                f"mount --bind {root} /etc/systemd/network && mkdir -p /run/systemd/netif"
                " /run/systemd/network && mount -t tmpfs none /run/systemd/network &&"
                f" SYSTEMD_LOG_LEVEL=debug SYSTEMD_LOG_TARGET=console timeout 2 {daemon}"
            )
            _, said = run(["unshare", "-n", "-m", "sh", "-c", script])
        for line in said.splitlines():
            if any(word in line for word in ("Unknown", "Invalid", "Failed to parse", "ignoring assignment", "No such")):
                if ".net" in line:
                    bad.append(f"{own}: {line}")
        made = said.count(': loaded "')
        if made != sum(name.endswith(".netdev") for name in files):
            bad.append(f"{own}: {made} interfaces loaded")
    return len(seen), bad


def main(folder):
    folder = pathlib.Path(folder)
    failures = 0
    for judge in (powershell, shell, ansible, netplan, ifupdown2, networkd):
        count, bad = judge(folder)
        if count is None:
            print(f"hosts: {judge.__name__} is left out: {bad}")
            continue
        failures += len(bad)
        print(*bad[:10], sep="\n") if bad else None
        print(f"hosts: {judge.__name__}: {count} texts, {len(bad)} complaints")
        if not count:
            failures += 1
    return 1 if failures else 0


sys.exit(main(sys.argv[1]))
