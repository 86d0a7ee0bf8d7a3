"""Looks whether ciscoconfparse2 gives every line the parent that its block is.

  parents.py FOLDER

FOLDER holds DIALECT/N/switches/NAME.cfg. The parent that is expected is the last line with less
indentation, found here without that library.
"""
import pathlib
import sys

from ciscoconfparse2 import CiscoConfParse

SYNTAX = {"eos": "ios", "nxos": "nxos", "os9": "ios", "os10": "ios"}


def expected(lines):
    stack = []
    for line in lines:
        indent = len(line) - len(line.lstrip())
        while stack and stack[-1][0] >= indent:
            stack.pop()
        yield stack[-1][1] if stack else None
        stack.append((indent, line))


def main(folder):
    total = lines = failures = 0
    for dialect, syntax in SYNTAX.items():
        for path in sorted(pathlib.Path(folder).glob(f"{dialect}/*/switches/*.cfg")):
            # Comments and separators have no place in a block.
            text = [
                line
                for line in path.read_text().splitlines()
                if line.strip() and not line.lstrip().startswith("!")
            ]
            parsed = CiscoConfParse(text, syntax=syntax, ignore_blank_lines=True)
            found = [
                None if line.parent is line else line.parent.text for line in parsed.objs
            ]
            wrong = [
                f"{line} under {mine}, not {theirs}"
                for line, mine, theirs in zip(text, expected(text), found)
                if mine != theirs
            ]
            total += 1
            lines += len(text)
            if wrong or len(found) != len(text):
                failures += 1
                print(f"{path}:", *wrong[:10], sep="\n  ")
    print(f"parents: {lines} lines of {total} texts, {failures} texts with a line elsewhere")
    return 1 if failures or not total else 0


sys.exit(main(sys.argv[1]))
