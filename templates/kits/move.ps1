#Requires -Version 4.0
<#
.SYNOPSIS
Measures live migration between this Hyper-V host and another one. Moves guests, and changes settings of both
hosts while it runs.

.DESCRIPTION
Moves running guests there and back, under each performance option and with each number at once, and writes
into one file how long each took. Run it as administrator, signed in at this host.

What it changes, at both hosts: the performance option of live migration, and the number of simultaneous live
migrations. Both are put back at the end, also after Ctrl-C or an error; not when the window is closed.

Where guests are: every odd run moves them to the other host, every even one back. At the end they are at
home; where one is not, the last lines say where it is. After Ctrl-C migrations that run are waited for, and
guests go home one by one before the prompt comes back: press it once.

What it needs: memory for the guests at the other host, storage that both hosts reach (disks on an SMB share,
for example: storage never moves, there is no -IncludeStorage), and Kerberos as authentication of live
migration at both hosts, with constrained delegation in both directions. With CredSSP nobody but a user
signed in at the other host could bring guests back, so nothing begins. Before the first run one guest goes
there and back unmeasured: a way back that is closed keeps one guest away, and not all.

Guests that are roles of a cluster are not moved: their cluster moves them.

The file is UTF-8 and appears whole or not at all. It is written after each run. Bring it back to where the
plan is.

.PARAMETER DestinationHost
The other Hyper-V host, by a name that this host resolves.

.PARAMETER VM
Names of running guests of this host, letter by letter: * and [ stand for themselves. A name with commas that
no guest has is taken as several names.

.PARAMETER Option
Performance options: TCPIP, Compression, SMB. All three by default.

.PARAMETER AtOnce
How many guests move at once: numbers from 1 to 64. 1, 2 and 4 by default.

.PARAMETER OutFile
The file to write; tenfold-moves-NAME.json in the current folder by default.

.PARAMETER Force
Begins without asking.

.PARAMETER Help
Shows this text.

.EXAMPLE
.\move.ps1 -DestinationHost HV2 -VM vm1, vm2, vm3, vm4
Moves four guests to HV2 and back, nine times: under three options, with one, two and four at once.

.EXAMPLE
powershell -ExecutionPolicy Bypass -File move.ps1 -DestinationHost HV2 -VM "vm1,vm2" -Option SMB -AtOnce "1,2" -Force
Moves two guests to HV2 and back, twice, without asking.
#>
[CmdletBinding(DefaultParameterSetName = 'Move')]
param(
  [Parameter(ParameterSetName = 'Move', Mandatory = $true)][string]$DestinationHost,
  [Parameter(ParameterSetName = 'Move', Mandatory = $true)][string[]]$VM,
  # Words, as -File hands over lists as one word: 1,2 must not become 12.
  [Parameter(ParameterSetName = 'Move')][string[]]$Option = @('TCPIP', 'Compression', 'SMB'),
  [Parameter(ParameterSetName = 'Move')][string[]]$AtOnce = @('1', '2', '4'),
  [Parameter(ParameterSetName = 'Move')][string]$OutFile = '',
  [Parameter(ParameterSetName = 'Move')][switch]$Force,
  [Parameter(ParameterSetName = 'Help', Mandatory = $true)][switch]$Help
)

if ($Help) { Get-Help -Name $PSCommandPath -Detailed; return }
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$Collector = 'tenfold-move-windows 1'

# What the plan says: plan SHA256. What else stands here is not needed.
$Table = @'
# tenfold kit: the table of the plan begins
# tenfold kit: the table of the plan ends
'@

$Invariant = [Globalization.CultureInfo]::InvariantCulture
$EventLog = 'Microsoft-Windows-Hyper-V-VMMS-Admin'
$Guests = New-Object -TypeName Collections.ArrayList
$Running = New-Object -TypeName Collections.ArrayList
$Runs = New-Object -TypeName Collections.ArrayList

## values
# The cmdlet for this differs between releases: in how deep it goes, and in what it makes of a list.
function Write-JsonText {
  param($Builder, [string]$Text)
  [void]$Builder.Append('"')
  foreach ($letter in $Text.ToCharArray()) {
    $code = [int]$letter
    if ($code -eq 34 -or $code -eq 92) { [void]$Builder.Append('\').Append($letter) }
    elseif ($code -lt 32) { [void]$Builder.Append('\u').Append($code.ToString('x4', $Invariant)) }
    else { [void]$Builder.Append($letter) }
  }
  [void]$Builder.Append('"')
}

function Write-JsonValue {
  param($Builder, $Value)
  if ($null -eq $Value) { [void]$Builder.Append('null') }
  elseif ($Value -is [string]) { Write-JsonText -Builder $Builder -Text $Value }
  elseif ($Value -is [Collections.IDictionary]) {
    [void]$Builder.Append('{')
    $first = $true
    foreach ($name in $Value.Keys) {
      if (-not $first) { [void]$Builder.Append(',') }
      $first = $false
      Write-JsonText -Builder $Builder -Text $name
      [void]$Builder.Append(':')
      Write-JsonValue -Builder $Builder -Value $Value[$name]
    }
    [void]$Builder.Append('}')
  }
  elseif ($Value -is [Collections.IEnumerable]) {
    [void]$Builder.Append('[')
    $first = $true
    foreach ($element in $Value) {
      if (-not $first) { [void]$Builder.Append(',') }
      $first = $false
      Write-JsonValue -Builder $Builder -Value $element
    }
    [void]$Builder.Append(']')
  }
  else { [void]$Builder.Append([Convert]::ToString($Value, $Invariant)) }
}

# A property, or nothing: releases and drivers differ in which there are.
function Read-Property {
  param($Object, [string]$Name)
  if ($null -eq $Object) { return $null }
  $property = $Object.PSObject.Properties[$Name]
  if ($null -eq $property) { return $null }
  try { return $property.Value } catch { return $null }
}

# Messages are in the language of the host, so the category comes first.
function Format-Problem {
  param($Problem)
  $text = "$($Problem.CategoryInfo.Category): $($Problem.Exception.Message) (0x$($Problem.Exception.HResult.ToString('X8', $Invariant)))"
  return ($text -replace '[\r\n]+', ' ')
}

# What nobody may miss, written in a way that works after Ctrl-C too.
function Write-Loud {
  param([string]$Text)
  Write-Host -Object $Text -ForegroundColor Red
}

# Others have cmdlets of the same names, for hosts of their own.
function Test-Cmdlet {
  param([string]$Name)
  $found = @(Get-Command -Name $Name -ErrorAction SilentlyContinue)
  return ($found.Count -gt 0 -and "$(Read-Property -Object $found[0] -Name 'ModuleName')" -eq 'Hyper-V')
}

## hosts
function New-Place {
  param([string]$Name, [hashtable]$At)
  return [pscustomobject]@{ Name = $Name; At = $At; Title = ''; Option = $null; AtOnce = $null; IsChanged = $false; HasLog = $true }
}

function Read-Settings {
  param($Place)
  $at = $Place.At
  $settings = @(Get-VMHost @at -ErrorAction Stop)[0]
  $Place.Title = "$(Read-Property -Object $settings -Name 'Name')"
  $Place.Option = Read-Property -Object $settings -Name 'VirtualMachineMigrationPerformanceOption'
  $Place.AtOnce = Read-Property -Object $settings -Name 'MaximumVirtualMachineMigrations'
  $name = $Place.Name
  # What cannot be read could not be put back.
  if ($null -eq $Place.Option -or $null -eq $Place.AtOnce) { throw "$name does not tell how it migrates. Nothing was changed." }
  if (-not (Read-Property -Object $settings -Name 'VirtualMachineMigrationEnabled')) { throw "Live migration is switched off at $name. Nothing was changed." }
  if ($Place.AtOnce -lt 1) { throw "$name allows no live migration at all. Nothing was changed." }
  if ("$(Read-Property -Object $settings -Name 'VirtualMachineMigrationAuthenticationType')" -ne 'Kerberos') {
    throw "Live migration at $name is not authenticated by Kerberos, so guests could not be brought back from here. Nothing was changed."
  }
}

# Nothing, or why it could not be.
function Set-Both {
  param([string]$Option, [int]$AtOnce)
  foreach ($place in $Places) {
    $at = $place.At
    $place.IsChanged = $true
    try {
      Set-VMHost @at -VirtualMachineMigrationPerformanceOption $Option -MaximumVirtualMachineMigrations $AtOnce -Confirm:$false -ErrorAction Stop
    } catch { return "$($place.Name): $(Format-Problem -Problem $_)" }
  }
  return ''
}

function Restore-Settings {
  foreach ($place in $Places) {
    if (-not $place.IsChanged) { continue }
    $at = $place.At
    try {
      Set-VMHost @at -VirtualMachineMigrationPerformanceOption $place.Option -MaximumVirtualMachineMigrations $place.AtOnce -Confirm:$false -ErrorAction Stop
      $place.IsChanged = $false
    } catch { Write-Loud -Text "$($place.Name): $(Format-Problem -Problem $_)" }
  }
}

## guests
# All guests of a host by their identifiers. Asking for one by its name would take * and [ as patterns; asking
# for one that is not there fails like a host that does not answer.
function Get-Guests {
  param($Place)
  $at = $Place.At
  for ($try = 1; ; $try += 1) {
    $problems = @()
    $found = @()
    try { $found = @(Get-VM @at -ErrorAction SilentlyContinue -ErrorVariable problems) } catch { $problems = @($_) }
    $problems = @($problems)
    if ($found.Count -or -not $problems.Count) { break }
    if ($try -ge 3) { throw "$($Place.Name) does not tell its guests: $($problems[0])" }
    Start-Sleep -Seconds 2
  }
  $byId = @{}
  foreach ($one in $found) { $byId["$($one.Id)"] = $one }
  return $byId
}

# Guests that are anywhere but at home alone.
function Get-Away {
  $here = Get-Guests -Place $Near
  $there = Get-Guests -Place $Far
  foreach ($guest in $Guests) {
    if ($here.ContainsKey($guest.Id) -and -not $there.ContainsKey($guest.Id)) { continue }
    $where = 'at neither host'
    if ($there.ContainsKey($guest.Id)) { $where = "at $($Far.Name)" }
    if ($there.ContainsKey($guest.Id) -and $here.ContainsKey($guest.Id)) { $where = "at $($Near.Name) and at $($Far.Name)" }
    [pscustomobject]@{ Name = $guest.Name; Where = $where }
  }
}

# One by one, as each host allows that.
function Move-Home {
  $here = Get-Guests -Place $Near
  $there = Get-Guests -Place $Far
  foreach ($guest in $Guests) {
    if ($here.ContainsKey($guest.Id) -or -not $there.ContainsKey($guest.Id)) { continue }
    Write-Host -Object "$($guest.Name) goes home."
    try { [void](Move-VM -VM $there[$guest.Id] -DestinationHost $Near.Name -Confirm:$false -ErrorAction Stop) }
    catch { Write-Loud -Text "$($guest.Name): $(Format-Problem -Problem $_)" }
  }
}

## readings
# Bytes by port, sent and received. What Windows does not tell is not in the file.
function Read-Bytes {
  $bytes = @{}
  $ports = @(Get-NetAdapter -Physical -ErrorAction SilentlyContinue | ForEach-Object { "$($_.Name)" })
  foreach ($object in @(Get-NetAdapterStatistics -ErrorAction SilentlyContinue)) {
    $name = "$(Read-Property -Object $object -Name 'Name')"
    $sent, $received = (Read-Property -Object $object -Name 'SentBytes'), (Read-Property -Object $object -Name 'ReceivedBytes')
    if ($ports -notcontains $name -or $null -eq $sent -or $null -eq $received) { continue }
    $bytes[$name] = @([uint64]$sent, [uint64]$received)
  }
  return $bytes
}

function Read-Ports {
  param([hashtable]$Before, [hashtable]$After)
  foreach ($name in @($After.Keys | Sort-Object)) {
    if (-not $Before.ContainsKey($name)) { continue }
    $old, $new = $Before[$name], $After[$name]
    # A counter that fell was set back meanwhile.
    if ($new[0] -lt $old[0] -or $new[1] -lt $old[1]) { continue }
    [ordered]@{ name = $name; sent = [uint64]($new[0] - $old[0]); received = [uint64]($new[1] - $old[1]) }
  }
}

# The events that tell how long guests stood still, newest first; nothing where a host does not show its log.
function Read-Events {
  param($Place, $Since)
  if (-not $Place.HasLog) { return $null }
  $at = $Place.At
  try { return , @(Get-WinEvent @at -FilterHashtable @{ LogName = $EventLog; Id = 20415, 20417; StartTime = $Since } -ErrorAction Stop) }
  catch {
    if ("$($_.FullyQualifiedErrorId)" -like 'NoMatchingEventsFound*') { return , @() }
    # Asking a host behind a firewall takes long, and each time as long.
    $Place.HasLog = $false
    Write-Warning -Message "$($Place.Name) does not show its event log, so it tells no black-outs. $(Format-Problem -Problem $_)"
    return $null
  }
}

# What the logs have before a run. Clocks of two hosts differ, so times alone do not tell which run an event is of.
function Read-Seen {
  param($Since)
  $seen = @{}
  foreach ($place in $Places) {
    $events = Read-Events -Place $place -Since $Since
    if ($null -eq $events) { continue }
    $numbers = @{}
    foreach ($entry in $events) { $numbers["$($entry.RecordId)"] = $true }
    $seen[$place.Name] = $numbers
  }
  return $seen
}

# Black-outs by the identifiers of guests, as the text that Windows gives: no page says in what unit.
function Read-BlackOuts {
  param($Since, [hashtable]$Seen)
  $blackOuts = @{}
  $known = @($Guests | ForEach-Object { $_.Id })
  foreach ($place in $Places) {
    if (-not $Seen.ContainsKey($place.Name)) { continue }
    $events = Read-Events -Place $place -Since $Since
    if ($null -eq $events) { continue }
    foreach ($entry in $events) {
      $properties = @(Read-Property -Object $entry -Name 'Properties')
      if ($Seen[$place.Name].ContainsKey("$($entry.RecordId)") -or $properties.Count -lt 3 -or $null -eq $properties[2].Value) { continue }
      $name, $id = "$($properties[0].Value)", "$($properties[1].Value)".Trim('{}')
      foreach ($guest in $Guests) {
        # The name decides where the identifier is written in a way that nobody here foresaw.
        if ($id -ne $guest.Id -and ($name -ne $guest.Name -or $known -contains $id)) { continue }
        if (-not $blackOuts.ContainsKey($guest.Id)) { $blackOuts[$guest.Id] = [Convert]::ToString($properties[2].Value, $Invariant) }
      }
    }
  }
  return $blackOuts
}

## runs
function Test-Ended {
  param($Job)
  return @('Completed', 'Failed', 'Stopped') -contains "$($Job.JobStateInfo.State)"
}

# A job of Move-VM that failed is completed all the same: its errors tell, and where the guest then is.
function Read-Why {
  param($Job)
  $texts = @()
  foreach ($problem in @(Read-Property -Object $Job -Name 'Error')) {
    if ($null -ne $problem) { $texts += Format-Problem -Problem $problem }
  }
  $reason = Read-Property -Object $Job.JobStateInfo -Name 'Reason'
  if ($null -ne $reason) { $texts += "$($reason.Message)" -replace '[\r\n]+', ' ' }
  return ($texts -join ' ')
}

# What the job says itself, or nothing.
function Read-Duration {
  param($Job)
  $begin, $end = (Read-Property -Object $Job -Name 'PSBeginTime'), (Read-Property -Object $Job -Name 'PSEndTime')
  if ($null -eq $begin -or $null -eq $end) { return $null }
  $milliseconds = ($end.ToUniversalTime() - $begin.ToUniversalTime()).TotalMilliseconds
  if ($milliseconds -lt 0) { return $null }
  return [long]$milliseconds
}

function New-Move {
  param($Guest, $Object)
  return [pscustomobject]@{ Guest = $Guest; Object = $Object; Job = $null; Start = [long]0; End = [long]0; Took = $null; Why = '' }
}

# Only a job can be waited for after Ctrl-C, and it must be known by then.
function Start-Move {
  param($Move, $To)
  try {
    $Move.Job = @(Move-VM -VM $Move.Object -DestinationHost $To.Name -AsJob -Confirm:$false -ErrorAction Stop)[0]
    if ($null -ne $Move.Job) { [void]$Running.Add($Move) } else { $Move.Why = 'Move-VM began nothing.' }
  } catch { $Move.Why = Format-Problem -Problem $_ }
}

function Complete-Move {
  param($Move)
  $Running.Remove($Move)
  $Move.Why = Read-Why -Job $Move.Job
  $Move.Took = Read-Duration -Job $Move.Job
  try { Remove-Job -Job $Move.Job -ErrorAction Stop } catch { Write-Warning -Message (Format-Problem -Problem $_) }
}

function Add-Run {
  param([string]$Option, [int]$AtOnce, $From, $To, [long]$Milliseconds, [object[]]$Rows, [object[]]$Ports)
  [void]$Runs.Add([ordered]@{
      option = $Option; atOnce = $AtOnce; from = $From.Name; to = $To.Name; milliseconds = $Milliseconds; guests = $Rows; ports = $Ports
    })
  Save-Runs
  $failed = @($Rows | Where-Object { $_['outcome'] -ne 'moved' })
  Write-Host -Object "$Option, $AtOnce at once, $($From.Name) to $($To.Name): $($Rows.Count - $failed.Count) guests in $([long]($Milliseconds / 1000)) s, $($failed.Count) failed."
  foreach ($row in $failed) { Write-Warning -Message "$($row['name']): $($row['why'])" }
}

# A run in which nothing moved, as a host could not be set to it.
function Add-FailedRun {
  param([string]$Option, [int]$AtOnce, [string]$Why)
  $rows = @(foreach ($guest in $Guests) {
      [ordered]@{ name = $guest.Name; memory = $guest.Memory; milliseconds = 0; outcome = 'failed'; why = $Why; blackOut = $null }
    })
  Add-Run -Option $Option -AtOnce $AtOnce -From $Near -To $Far -Milliseconds 0 -Rows $rows -Ports @()
}

# Guests that are not where the run begins are not part of it: what kept them is in the run before.
function Measure-Run {
  param([string]$Option, [int]$AtOnce, $From, $To)
  $there = Get-Guests -Place $From
  $waiting = New-Object -TypeName Collections.Queue
  $moves = New-Object -TypeName Collections.ArrayList
  foreach ($guest in $Guests) {
    if (-not $there.ContainsKey($guest.Id)) { continue }
    $memory = Read-Property -Object $there[$guest.Id] -Name 'MemoryAssigned'
    if ($null -ne $memory) { $guest.Memory = [long]$memory }
    $move = New-Move -Guest $guest -Object $there[$guest.Id]
    [void]$moves.Add($move)
    $waiting.Enqueue($move)
  }
  if (-not $moves.Count) { return }
  $since = (Get-Date).AddMinutes(-10)
  $seen = Read-Seen -Since $since
  $before = Read-Bytes
  $activity = "$Option, $AtOnce at once, $($From.Name) to $($To.Name)"
  $done, $shown = 0, -1
  $clock = [Diagnostics.Stopwatch]::StartNew()
  while ($waiting.Count -or $Running.Count) {
    while ($waiting.Count -and $Running.Count -lt $AtOnce) {
      $move = $waiting.Dequeue()
      $move.Start = $clock.ElapsedMilliseconds
      Start-Move -Move $move -To $To
      if ($null -ne $move.Job) { continue }
      $move.End = $clock.ElapsedMilliseconds
      $done += 1
    }
    if ($done -ne $shown) {
      Write-Progress -Activity $activity -Status "$done of $($moves.Count)" -PercentComplete ([int](100 * $done / $moves.Count))
      $shown = $done
    }
    Start-Sleep -Milliseconds 50
    foreach ($move in @($Running)) {
      if (-not (Test-Ended -Job $move.Job)) { continue }
      $move.End = $clock.ElapsedMilliseconds
      Complete-Move -Move $move
      $done += 1
    }
  }
  Write-Progress -Activity $activity -Completed
  $first, $last = $clock.ElapsedMilliseconds, [long]0
  foreach ($move in $moves) {
    $first = [Math]::Min($first, $move.Start)
    $last = [Math]::Max($last, $move.End)
  }
  $ports = @(Read-Ports -Before $before -After (Read-Bytes))
  # Where guests are counts, not what a job says of itself.
  $here = Get-Guests -Place $To
  $there = Get-Guests -Place $From
  Start-Sleep -Seconds 2
  $blackOuts = Read-BlackOuts -Since $since -Seen $seen
  $rows = @(foreach ($move in $moves) {
      $id = $move.Guest.Id
      $outcome, $why = 'failed', $move.Why
      if ($here.ContainsKey($id) -and -not $there.ContainsKey($id)) { $outcome = 'moved' }
      elseif (-not $why) { $why = "It is not at $($To.Name) alone afterwards, and nothing says why." }
      $milliseconds = $move.Took
      if ($null -eq $milliseconds) { $milliseconds = $move.End - $move.Start }
      [ordered]@{
        name = $move.Guest.Name; memory = $move.Guest.Memory; milliseconds = [long]$milliseconds; outcome = $outcome; why = $why
        blackOut = $blackOuts[$id]
      }
    })
  Add-Run -Option $Option -AtOnce $AtOnce -From $From -To $To -Milliseconds ($last - $first) -Rows $rows -Ports $ports
}

# One guest, so that a way back that is closed keeps one away, and not all.
function Test-WayBack {
  $guest = $Guests[0]
  Write-Host -Object "$($guest.Name) goes to $($Far.Name) and back, unmeasured."
  $here = Get-Guests -Place $Near
  $move = New-Move -Guest $guest -Object $here[$guest.Id]
  Start-Move -Move $move -To $Far
  while ($Running.Count) {
    Start-Sleep -Milliseconds 50
    if (Test-Ended -Job $move.Job) { Complete-Move -Move $move }
  }
  if (-not @(Get-Away).Count) { throw "$($guest.Name) does not go to $($Far.Name). Nothing was measured. $($move.Why)" }
  Move-Home
  if (@(Get-Away).Count) { throw "$($guest.Name) did not come back from $($Far.Name). Nothing was measured." }
}

## file
function Save-Runs {
  $result = [ordered]@{
    'tenfold-moves' = 1; collector = $Collector; plan = $PlanHash; host = $Near.Name; collected = $Collected; runs = $Runs.ToArray()
  }
  $builder = New-Object -TypeName Text.StringBuilder
  Write-JsonValue -Builder $builder -Value $result
  [void]$builder.Append("`n")
  try {
    [IO.File]::WriteAllText($Temporary, $builder.ToString(), $Encoding)
    if ([IO.File]::Exists($Path)) { [IO.File]::Replace($Temporary, $Path, [NullString]::Value) } else { [IO.File]::Move($Temporary, $Path) }
  } finally {
    if ([IO.File]::Exists($Temporary)) { [IO.File]::Delete($Temporary) }
  }
}

## end
# Migrations go on without this script, so what began is waited for. Jobs that this script was stopped before
# it noted are among those that the session did not have before; one that was stopped before it began never ends.
function Wait-Moves {
  $jobs = @($Running | ForEach-Object { $_.Job })
  foreach ($job in @(Get-Job -ErrorAction SilentlyContinue)) {
    if ($OldJobs -notcontains $job.Id -and @($jobs | ForEach-Object { $_.Id }) -notcontains $job.Id) { $jobs += $job }
  }
  $clock = [Diagnostics.Stopwatch]::StartNew()
  foreach ($job in $jobs) {
    while (-not (Test-Ended -Job $job)) {
      if ("$($job.JobStateInfo.State)" -eq 'NotStarted' -and $clock.Elapsed.TotalSeconds -gt 60) { break }
      Write-Progress -Activity 'Waiting for migrations that run' -Status "$([int]$clock.Elapsed.TotalSeconds) seconds"
      Start-Sleep -Milliseconds 500
    }
    if (Test-Ended -Job $job) { Remove-Job -Job $job -ErrorAction SilentlyContinue }
  }
  Write-Progress -Activity 'Waiting for migrations that run' -Completed
}

# The last words: what is not as it was before, if anything.
function Show-Order {
  foreach ($place in $Places) {
    if ($place.IsChanged) {
      Write-Loud -Text "$($place.Name) IS NOT SET AS BEFORE. It was VirtualMachineMigrationPerformanceOption $($place.Option), MaximumVirtualMachineMigrations $($place.AtOnce)."
    }
  }
  $still = @($Running | Where-Object { -not (Test-Ended -Job $_.Job) })
  if ($still.Count) { Write-Loud -Text 'A MIGRATION STILL RUNS: look again where guests are.' }
  try {
    $away = @(Get-Away)
    foreach ($guest in $away) { Write-Loud -Text "$($guest.Name) IS NOT AT HOME: it is $($guest.Where)." }
    if ($away.Count) { Write-Loud -Text "Sign in at $($Far.Name) and move them to $($Near.Name)." }
    elseif (-not $still.Count) { Write-Host -Object "All guests are at $($Near.Name)." }
  } catch {
    Write-Loud -Text "WHERE GUESTS ARE IS UNKNOWN: $(Format-Problem -Problem $_)"
    Write-Loud -Text "Look at $($Far.Name) for: $(@($Guests | ForEach-Object { $_.Name }) -join ', ')"
  }
}

# Whatever fails, the rest is tried. Settings come first, and once more after all: a second Ctrl-C ends the
# waiting, and only that.
function Restore-Order {
  try {
    Restore-Settings
    try { Wait-Moves } catch { Write-Loud -Text (Format-Problem -Problem $_) }
    try { Move-Home } catch { Write-Loud -Text (Format-Problem -Problem $_) }
  } finally {
    Restore-Settings
    Show-Order
  }
}

## before the beginning
$IsPrivileged = $false
try {
  $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
  $principal = New-Object -TypeName Security.Principal.WindowsPrincipal -ArgumentList $identity
  $IsPrivileged = $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
} catch { $IsPrivileged = $false }
if (-not $IsPrivileged) { throw 'Run this as administrator. Nothing was changed.' }
foreach ($name in 'Get-VM', 'Get-VMHost', 'Move-VM', 'Set-VMHost') {
  if (-not (Test-Cmdlet -Name $name)) { throw "$name of Hyper-V is not here, or another one comes first. Nothing was changed." }
}

$PlanHash = ''
foreach ($line in $Table -split '\r?\n') {
  $words = @($line.Trim() -split '\s+')
  if ($words[0] -eq 'plan' -and $words.Count -eq 2) { $PlanHash = $words[1] }
}
$Options = @()
foreach ($word in @($Option -split ',')) {
  $known = @('TCPIP', 'Compression', 'SMB' | Where-Object { $_ -eq $word.Trim() })
  if (-not $known.Count) { throw "-Option takes TCPIP, Compression and SMB, not $word." }
  if ($Options -notcontains $known[0]) { $Options += $known[0] }
}
$Counts = @()
foreach ($word in @($AtOnce -split ',')) {
  if ($word.Trim() -notmatch '^[0-9]{1,2}$') { throw "-AtOnce takes numbers from 1 to 64, not $word." }
  $count = [int]$word.Trim()
  if ($count -lt 1 -or $count -gt 64) { throw "-AtOnce takes numbers from 1 to 64, not $word." }
  if ($Counts -notcontains $count) { $Counts += $count }
}

$Near = New-Place -Name ([Net.Dns]::GetHostName()) -At @{}
$Far = New-Place -Name $DestinationHost -At @{ ComputerName = $DestinationHost }
$Places = @($Near, $Far)
foreach ($place in $Places) { Read-Settings -Place $place }
if ($Far.Name -eq $Near.Name -or ($Far.Title -and $Far.Title -eq $Near.Title)) { throw "$DestinationHost is this host. Nothing was changed." }

$present = @((Get-Guests -Place $Near).Values)
foreach ($word in $VM) {
  $names = @($word)
  if (-not @($present | Where-Object { $_.Name -eq $word }).Count) { $names = @($word -split ',' | ForEach-Object { $_.Trim() } | Where-Object { $_ }) }
  foreach ($name in $names) {
    $same = @($present | Where-Object { $_.Name -eq $name })
    if (-not $same.Count) { throw "This host has no guest $name. Nothing was changed." }
    if ($same.Count -gt 1) { throw "This host has $($same.Count) guests of the name $name. Nothing was changed." }
    if ("$(Read-Property -Object $same[0] -Name 'State')" -ne 'Running') { throw "$name does not run. Nothing was changed." }
    if (Read-Property -Object $same[0] -Name 'IsClustered') { throw "$name is a role of a cluster, which moves it itself. Nothing was changed." }
    $id = "$($same[0].Id)"
    if (@($Guests | ForEach-Object { $_.Id }) -contains $id) { continue }
    [void]$Guests.Add([pscustomobject]@{ Id = $id; Name = "$($same[0].Name)"; Memory = [long]$same[0].MemoryAssigned })
  }
}
if (-not $Guests.Count) { throw '-VM names no guest.' }

# A file that cannot be written is known before anything moves.
if (-not $OutFile) { $OutFile = "tenfold-moves-$($Near.Name).json" }
$Path = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($OutFile)
$Temporary = "$Path.$PID.part"
$Encoding = New-Object -TypeName Text.UTF8Encoding -ArgumentList $false
[IO.File]::WriteAllText($Temporary, '', $Encoding)
[IO.File]::Delete($Temporary)
$Collected = [DateTime]::UtcNow.ToString("yyyy'-'MM'-'dd'T'HH':'mm':'ss'Z'", $Invariant)
$OldJobs = @(Get-Job | ForEach-Object { $_.Id })

$pairs = $Options.Count * $Counts.Count
Write-Host -Object "Guests: $(@($Guests | ForEach-Object { $_.Name }) -join ', '). Each goes from $($Near.Name) to $($Far.Name) and back $pairs time(s)."
Write-Host -Object "Options: $($Options -join ', '). At once: $($Counts -join ', ')."
Write-Host -Object "Both hosts get another performance option and another number of simultaneous live migrations until the end; now they have $($Near.Option), $($Near.AtOnce) and $($Far.Option), $($Far.AtOnce)."
if (-not $Force) {
  $answer = Read-Host -Prompt 'Begin? (yes or no)'
  if ("$answer".Trim() -ne 'yes') { Write-Host -Object 'Nothing was changed.'; return }
}

## moving
try {
  Test-WayBack
  foreach ($name in $Options) {
    foreach ($count in $Counts) {
      if (@(Get-Away).Count) {
        Restore-Settings
        Move-Home
        if (@(Get-Away).Count) { throw 'Guests do not come home. Nothing more is measured.' }
      }
      $why = Set-Both -Option $name -AtOnce $count
      # What a host cannot be set to it cannot be set to with another number either.
      if ($why) { Add-FailedRun -Option $name -AtOnce $count -Why $why; break }
      Measure-Run -Option $name -AtOnce $count -From $Near -To $Far
      Measure-Run -Option $name -AtOnce $count -From $Far -To $Near
    }
  }
} finally {
  Restore-Order
  if ($Runs.Count) { Write-Host -Object "$Path holds $($Runs.Count) runs." } else { Write-Host -Object 'No run was measured, and no file written.' }
}
if (@($Places | Where-Object { $_.IsChanged }).Count -or @(Get-Away).Count) { throw 'Not all is as it was before: see above.' }
