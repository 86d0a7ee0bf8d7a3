"""Looks whether hier-config finds anything to change between two orders of the same text.

  orders.py FOLDER

FOLDER holds DIALECT/N/switches/NAME.cfg. The outermost blocks are shuffled; what hier-config would
send to a switch to get from one to the other must be nothing, both ways.
"""
import pathlib
import random
import sys

from hier_config import Platform, WorkflowRemediation, get_hconfig

PLATFORMS = {"eos": Platform.ARISTA_EOS, "nxos": Platform.CISCO_NXOS}


def blocks(text):
    found = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("!"):
            continue
        if line.startswith(" "):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def main(folder):
    total = failures = 0
    for dialect, platform in PLATFORMS.items():
        texts = sorted(pathlib.Path(folder).glob(f"{dialect}/*/switches/*.cfg"))
        for number, path in enumerate(texts):
            parts = blocks(path.read_text())
            shuffled = parts[:]
            random.Random(number).shuffle(shuffled)
            both = ["\n".join(line for part in order for line in part) + "\n" for order in (parts, shuffled)]
            one, two = (get_hconfig(platform, text) for text in both)
            changes = [
                line.cisco_style_text()
                for a, b in ((one, two), (two, one))
                for line in WorkflowRemediation(a, b).remediation_config.all_children_sorted()
            ]
            total += 1
            if changes:
                failures += 1
                print(f"{path}:", *changes[:10], sep="\n  ")
    print(f"hier-config: {total} texts in two orders, {failures} with something to change")
    return 1 if failures or not total else 0


sys.exit(main(sys.argv[1]))
