"""Reads the scripts for Windows as PowerShell reads them.

  kits.py [FOLDER]

templates/kits/*.ps1 must parse, with and without a plan filled in; call no command but its own
functions and those that its table in templates/kits lists, and no verb but those that read; ask
whether a release has what not all have; and hold nothing that PowerShell 4.0 lacks. move.ps1 may
call some cmdlets that change a host, by their whole names and with parameters that are listed
here. FOLDER is that of the plans which other judges read, and is left alone.
"""
import csv
import pathlib
import re
import sys
import typing

import tree_sitter_powershell
from tree_sitter import Language, Parser

KITS = pathlib.Path(__file__).parents[2] / "templates/kits"
# Verbs that read, and what else a script may call: nothing of it changes a host.
READING = {"Get", "Test"}
HARMLESS = {
    "ForEach-Object", "New-Object", "Set-StrictMode", "Sort-Object", "Start-Sleep", "Where-Object",
    "Write-Host", "Write-Progress", "Write-Warning",
}
# Static members of .NET. Files are written under the name that the user gave, and nowhere else.
MEMBERS = {
    "Convert.ToString", "DateTime.UtcNow", "Diagnostics.Stopwatch.StartNew",
    "Globalization.CultureInfo.InvariantCulture", "IO.File.Delete", "IO.File.Exists", "IO.File.Move",
    "IO.File.Replace", "IO.File.WriteAllText", "Math.Max", "Math.Min", "Net.Dns.GetHostName",
    "NullString.Value", "Security.Principal.WindowsBuiltInRole.Administrator",
    "Security.Principal.WindowsIdentity.GetCurrent",
}
TYPES = {
    "Collections.ArrayList", "Collections.Queue", "Security.Principal.WindowsPrincipal",
    "Text.StringBuilder", "Text.UTF8Encoding",
}


class Script(typing.NamedTuple):
    table: str
    # Cmdlets that change something or ask the user, with the only parameters that they may get.
    changing: dict = {}
    # Programs with the only words that may follow them, and those that no command starts.
    programs: dict = {}
    started: set = set()
    # Scripts in variables that it may run: its own, which are read like the rest.
    blocks: set = set()
    members: set = set()
    types: set = set()


SCRIPTS = {
    "windows.ps1": Script(
        table="windows-cmdlets.csv", programs={"powercfg.exe": ["/getactivescheme"]},
        started={"ping.exe"}, blocks={"$Read", "$field.Read"},
        members={
            "Convert.ToInt64", "Diagnostics.Process.Start", "Math.Ceiling",
            "Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces", "double.IsInfinity",
            "double.IsNaN", "regex.Match", "regex.Matches",
        },
        types={"Diagnostics.ProcessStartInfo", "Net.Sockets.TcpClient"}),
    "move.ps1": Script(
        table="move-cmdlets.csv", changing={
            # Never with storage, and never with a path.
            "Move-VM": {"-VM", "-DestinationHost", "-AsJob", "-Confirm", "-ErrorAction"},
            "Read-Host": {"-Prompt"},
            "Remove-Job": {"-Job", "-ErrorAction"},
            "Set-VMHost": {
                "-VirtualMachineMigrationPerformanceOption", "-MaximumVirtualMachineMigrations",
                "-Confirm", "-ErrorAction",
            },
        }),
}
# What came with PowerShell 5.0 or later.
LATER = [
    (r"::new\(", "new() of types"), (r"(?mi)^\s*(class|enum|using)\s", "a class, enum or using"),
    (r"\?\?|\?\.", "an operator for nothing"), (r"\$\w+\s\?\s", "a choice in one expression"),
    (r"&&|\|\|", "a chain of commands"), (r"ForEach-Object\s+-Parallel", "parallel loops"),
]
# `tenfold kit` fills this in.
FILLED = "plan " + "0" * 64 + "".join(
    f"\nnetwork host{place:02} storage 10.71.1.{place} 24 9000 711" for place in range(1, 17)
) + "\ncross 10.0.0.1"


def walk(node):
    nodes = [node]
    while nodes:
        node = nodes.pop()
        yield node
        nodes += node.children


def filled(text):
    changed, count = re.subn(
        r"(# tenfold kit: the table of the plan begins\n)(# tenfold kit: the table of the plan ends\n'@\n)",
        lambda found: found[1] + FILLED + "\n" + found[2], text)
    return changed if count == 1 else None


def excess(command, allowed):
    """Parameters of a cmdlet beyond those that are allowed; a host may be given in @at."""
    return {found for found in re.findall(r"\s([-@]\w+)", command) if found != "@at"} - allowed


def complaints(path, text, script, table):
    code = text.encode()
    root = Parser(Language(tree_sitter_powershell.language())).parse(code).root_node
    word = lambda node: code[node.start_byte:node.end_byte].decode()
    own, called = set(), []
    for node in walk(root):
        where = f"{path.name}:{node.start_point[0] + 1}"
        if node.type == "ERROR" or node.is_missing:
            yield f"{where}: {word(node)[:80]!r} does not parse"
        elif node.type == "function_name":
            own.add(word(node))
        elif node.type == "command_invokation_operator":
            block = word(node.parent).lstrip("&. ").split()[0]
            if block not in script.blocks:
                yield f"{where}: {word(node.parent)[:80]!r} runs what nobody can read here"
        elif node.type == "command_name":
            called.append((where, word(node), word(node.parent)))
    for where, name, command in called:
        if name in own or name.startswith("$"):
            continue
        if name in script.programs:
            if command.split()[1:] != script.programs[name]:
                yield f"{where}: {command[:80]!r} is more than a question"
            continue
        if name not in table:
            yield f"{where}: {name} is not in {script.table}"
        if name in script.changing:
            for extra in sorted(excess(command, script.changing[name])):
                yield f"{where}: {name} must not get {extra}"
        elif name not in HARMLESS and name.split("-")[0] not in READING:
            yield f"{where}: {name} may change something"
        made = set(re.findall(r"-TypeName (\S+)", command))
        if name == "New-Object" and not made & (TYPES | script.types):
            yield f"{where}: {command[:80]!r} makes an unexpected object"
        releases = table.get(name, {})
        guarded = re.search(rf"(Read-Tool -Command|Test-Cmdlet -Name) '{re.escape(name)}['\s]", text)
        if not all(value == "yes" for value in releases.values()) and not guarded:
            yield f"{where}: {name} is not on all releases, and nobody asks whether it is there"
    plain = re.sub(r"(?m)^\s*#.*$", "", re.sub(r"(?s)<#.*?#>", "", text))
    for kind, member in re.findall(r"\[([\w.]+)\]::(\w+)", plain):
        if f"{kind}.{member}" not in MEMBERS | script.members:
            yield f"{path.name}: [{kind}]::{member} is not among what it may call"
    for host in re.findall(r"-At @\{([^}]*)\}", plain):
        if not re.fullmatch(r"(\s*ComputerName = \$\w+\s*)?", host):
            yield f"{path.name}: {host!r} is more than a host"
    for change in re.findall(r"\((?:Get|Test)-[^)]*\)\.\w+\s*=[^=].*", plain):
        yield f"{path.name}: {change[:80]!r} changes what it read"
    for pattern, meaning in LATER:
        if re.search(pattern, plain):
            yield f"{path.name}: {meaning}, which PowerShell 4.0 lacks"
    used = {name for _, name, _ in called} | script.started
    for name in table.keys() - used:
        yield f"{script.table}: {name} is not called"


def read(name):
    """The releases that have each cmdlet, and what is wrong with the table that says so."""
    with open(KITS / name, newline="") as file:
        rows = list(csv.DictReader(file))
    releases = ["2012r2", "2016", "2019", "2022", "2025"]
    table = {row["cmdlet"]: {release: row[release] for release in releases} for row in rows}
    bad = [
        f"{name}: {row['cmdlet']}: yes, no or nothing, and a source" for row in rows
        if any(row[release] not in ("yes", "no", "") for release in releases) or not row["source"]
    ]
    return table, bad


def main():
    bad, count = [], 0
    for path in sorted(KITS.glob("*.ps1")):
        script = SCRIPTS.get(path.name)
        if script is None:
            bad.append(f"{path.name}: nobody said what it may call")
            continue
        table, wrong = read(script.table)
        bad += wrong
        text = path.read_text()
        plan = filled(text)
        if plan is None:
            bad.append(f"{path.name}: no place for a plan")
        for version in [text, plan or ""]:
            count += 1
            bad += complaints(path, version, script, table)
    bad = list(dict.fromkeys(bad))
    print(*bad[:20], sep="\n") if bad else None
    print(f"kits: powershell: {count} texts, {len(bad)} complaints")
    return 1 if bad or not count else 0


sys.exit(main())
