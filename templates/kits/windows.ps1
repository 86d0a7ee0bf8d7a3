#Requires -Version 4.0
<#
.SYNOPSIS
Collects into one file what Tenfold checks of this Windows host. Changes nothing.

.DESCRIPTION
Asks cmdlets that only read, and pings the other hosts of the plan from this host's own addresses.
Runs without administrator too: what that hides is missing from the file, and the file says so.
What Windows or a driver does not have is no error: the file says that as well.

The file is UTF-8 and appears whole or not at all. Bring it back to where the plan is.

.PARAMETER HostName
Name of this host in the plan, where it is not the name of the computer.

.PARAMETER OutFile
The file to write; tenfold-NAME.json in the current folder by default.

.PARAMETER NoProbes
Pings nobody.

.PARAMETER Interval
Seconds between both readings of the counters, at least. A minute under load tells most.

.PARAMETER Packets
Packets of each size to each address. Loss of less than 1 % shows in some hundred of them alone; each takes
a second.

.PARAMETER Help
Shows this text.

.EXAMPLE
.\windows.ps1 -HostName host07 -Interval 60
Collects as host07 of the plan, with a minute between both readings of the counters.
#>
[CmdletBinding()]
param(
  [string]$HostName = '',
  [string]$OutFile = '',
  [switch]$NoProbes,
  [ValidateRange(1, 3600)][int]$Interval = 10,
  [ValidateRange(1, 1000)][int]$Packets = 3,
  [switch]$Help
)

if ($Help) { Get-Help -Name $PSCommandPath -Detailed; return }
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$Collector = 'tenfold-kit-windows 1'

# What the plan says: plan SHA256, network HOST NAME ADDRESS PREFIXLENGTH MTU VLAN, cross ADDRESS for
# addresses that its networks must not reach, and reach NAME PORT for services that must answer.
$Table = @'
# tenfold kit: the table of the plan begins
# tenfold kit: the table of the plan ends
'@

$Invariant = [Globalization.CultureInfo]::InvariantCulture
$Outputs = New-Object -TypeName Collections.ArrayList

## values
# What JSON has a form for. Numbers of enumerations stay numbers: their words come beside them.
function ConvertTo-Plain {
  param($Value)
  if ($null -eq $Value) { return $null }
  if ($Value -is [enum]) { return [Convert]::ToInt64($Value, $Invariant) }
  if ($Value -is [bool] -or $Value -is [string]) { return $Value }
  if ($Value -is [datetime]) { return $Value.ToUniversalTime().ToString("yyyy'-'MM'-'dd'T'HH':'mm':'ss'Z'", $Invariant) }
  if ($Value -is [byte] -or $Value -is [sbyte] -or $Value -is [int16] -or $Value -is [uint16]) { return $Value }
  if ($Value -is [int] -or $Value -is [uint32] -or $Value -is [long] -or $Value -is [uint64]) { return $Value }
  if ($Value -is [double] -or $Value -is [single] -or $Value -is [decimal]) { return $Value }
  if ($Value -is [Collections.IEnumerable]) {
    $list = New-Object -TypeName Collections.ArrayList
    foreach ($element in $Value) { [void]$list.Add((ConvertTo-Plain -Value $element)) }
    return , $list.ToArray()
  }
  return "$Value"
}

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
  elseif ($Value -is [bool]) { if ($Value) { [void]$Builder.Append('true') } else { [void]$Builder.Append('false') } }
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
  elseif ($Value -is [double] -or $Value -is [single]) {
    if ([double]::IsNaN($Value) -or [double]::IsInfinity($Value)) { [void]$Builder.Append('null') }
    else { [void]$Builder.Append($Value.ToString('R', $Invariant)) }
  }
  else { [void]$Builder.Append([Convert]::ToString($Value, $Invariant)) }
}

## reading
# A property, or nothing: releases and drivers differ in which there are.
function Read-Property {
  param($Object, [string]$Name)
  if ($null -eq $Object) { return $null }
  $property = $Object.PSObject.Properties[$Name]
  if ($null -eq $property) { return $null }
  try { return $property.Value } catch { return $null }
}

# A field is the name of a property, or a name with a script that makes its value of the object.
function Read-Row {
  param($Object, [object[]]$Fields)
  $row = [ordered]@{}
  foreach ($field in $Fields) {
    if ($field -is [hashtable]) {
      $value = & $field.Read $Object
      $row[$field.Name] = ConvertTo-Plain -Value $value
      continue
    }
    if ($null -eq $Object.PSObject.Properties[$field]) { continue }
    $value = Read-Property -Object $Object -Name $field
    $row[$field] = ConvertTo-Plain -Value $value
    if ($value -is [enum]) { $row["${field}Text"] = "$value" }
  }
  return $row
}

# Messages are in the language of the host, so the category comes first.
function Format-Problem {
  param($Problem)
  $text = "$($Problem.CategoryInfo.Category): $($Problem.Exception.Message) (0x$($Problem.Exception.HResult.ToString('X8', $Invariant)))"
  return ($text -replace '[\r\n]+', ' ')
}

function Save-Output {
  param([string]$Command, [int]$Status, $Rows, [string]$Problems = '')
  $output = [ordered]@{ command = $Command; status = $Status }
  if ($null -ne $Rows) { $output['value'] = $Rows }
  if ($Problems) { $output['errors'] = $Problems }
  [void]$Outputs.Add($output)
}

# Whether a release has a cmdlet, and the cmdlet a parameter.
function Test-Cmdlet {
  param([string]$Name, [string]$Parameter = '')
  $found = @(Get-Command -Name $Name -ErrorAction SilentlyContinue)
  if (-not $found.Count) { return $false }
  if (-not $Parameter) { return $true }
  return $found[0].Parameters.ContainsKey($Parameter)
}

function Read-Tool {
  param([string]$Command, [object[]]$Fields, [scriptblock]$Read)
  $cmdlet = @($Command -split ' ')[0]
  if (-not (Test-Cmdlet -Name $cmdlet)) {
    Save-Output -Command $Command -Status 127 -Rows $null
    return
  }
  $rows = New-Object -TypeName Collections.ArrayList
  $problems = New-Object -TypeName Collections.ArrayList
  $ErrorActionPreference = 'Continue'
  try {
    foreach ($object in @(& $Read 2>&1)) {
      if ($null -eq $object) { continue }
      if ($object -is [Management.Automation.ErrorRecord]) { [void]$problems.Add((Format-Problem -Problem $object)) }
      else { [void]$rows.Add((Read-Row -Object $object -Fields $Fields)) }
    }
  } catch { [void]$problems.Add((Format-Problem -Problem $_)) }
  $status = 0
  if ($problems.Count) { $status = 1 }
  Save-Output -Command $Command -Status $status -Rows $rows.ToArray() -Problems ($problems -join "`n")
}

# Counters prove something only as what they grew by over a known time.
$Counters = @(
  'ReceivedBytes', 'SentBytes', 'ReceivedUnicastPackets', 'ReceivedMulticastPackets', 'ReceivedBroadcastPackets',
  'SentUnicastPackets', 'SentMulticastPackets', 'SentBroadcastPackets', 'ReceivedDiscardedPackets',
  'ReceivedPacketErrors', 'OutboundDiscardedPackets', 'OutboundPacketErrors'
)
function Read-Counters {
  $sample = @{}
  $found = @()
  try { $found = @(Get-NetAdapterStatistics -ErrorAction Stop) } catch { $script:CounterProblem = Format-Problem -Problem $_ }
  foreach ($object in $found) {
    $values = @{}
    foreach ($counter in $Counters) {
      $value = Read-Property -Object $object -Name $counter
      if ($null -ne $value) { $values[$counter] = [uint64]$value }
    }
    $sample["$($object.Name)"] = $values
  }
  return $sample
}

function Read-Growth {
  param([hashtable]$Before, [hashtable]$After, [long]$Milliseconds)
  foreach ($name in @($After.Keys | Sort-Object)) {
    if (-not $Before.ContainsKey($name)) { continue }
    $row = [ordered]@{ Name = $name; SampleInterval = $Milliseconds }
    foreach ($counter in $Counters) {
      $old, $new = $Before[$name][$counter], $After[$name][$counter]
      # A counter that fell was set back meanwhile.
      if ($null -eq $old -or $null -eq $new -or $new -lt $old) { continue }
      $row[$counter] = [uint64]($new - $old)
    }
    $row
  }
}

## plan
$Networks = New-Object -TypeName Collections.ArrayList
$Crossings = New-Object -TypeName Collections.ArrayList
$Services = New-Object -TypeName Collections.ArrayList
$PlanHash = ''
foreach ($line in $Table -split '\r?\n') {
  $words = @($line.Trim() -split '\s+')
  if ($words[0] -eq 'plan' -and $words.Count -eq 2) { $PlanHash = $words[1] }
  if ($words[0] -eq 'cross' -and $words.Count -eq 2) { [void]$Crossings.Add($words[1]) }
  if ($words[0] -eq 'reach' -and $words.Count -eq 3) {
    [void]$Services.Add([pscustomobject]@{ Name = $words[1]; Port = [int]$words[2] })
  }
  if ($words[0] -eq 'network' -and $words.Count -eq 7) {
    [void]$Networks.Add([pscustomobject]@{ Host = $words[1]; Name = $words[2]; Address = $words[3]; Mtu = [int]$words[5]; Vlan = $words[6] })
  }
}
# NetBIOS cuts names to 15 letters; DNS does not.
$names = @($HostName, $env:COMPUTERNAME)
if (-not $HostName) { $names += [Net.Dns]::GetHostName(); $names += @([Net.Dns]::GetHostName() -split '\.')[0] }
$planned = @($Networks | ForEach-Object { $_.Host } | Sort-Object -Unique)
$Self = ''
foreach ($name in $names) {
  if ($name -and -not $Self) { $Self = "$(@($planned | Where-Object { $_ -eq $name })[0])" }
  if ($HostName) { break }
}
if (-not $Self -and $planned.Count) {
  if ($HostName) { throw "The plan has no host $HostName." }
  $cut = @($planned | Where-Object { $_.Length -gt 15 -and $_.Substring(0, 15) -eq $env:COMPUTERNAME })
  if ($cut.Count -eq 1) { $Self = $cut[0] }
  else { Write-Warning -Message 'The plan has no host of this name: -HostName says which it is. Nobody is pinged.' }
}
if (-not $Self) { $Self = "$(@(@($HostName, [Net.Dns]::GetHostName()) | Where-Object { $_ })[0])" }
$IsPrivileged = $false
try {
  $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
  $principal = New-Object -TypeName Security.Principal.WindowsPrincipal -ArgumentList $identity
  $IsPrivileged = $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
} catch { $IsPrivileged = $false }
if (-not $IsPrivileged) { Write-Warning -Message 'Without administrator some values stay hidden; the file says which.' }
if (-not $OutFile) { $OutFile = "tenfold-$Self.json" }
$Path = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($OutFile)
$Collected = [DateTime]::UtcNow.ToString("yyyy'-'MM'-'dd'T'HH':'mm':'ss'Z'", $Invariant)

## probes
# Each probe is one ping to one host: size, own address, and whether an answer would be a fault.
function Get-Probes {
  param([string[]]$Local)
  foreach ($own in @($Networks | Where-Object { $_.Host -eq $Self })) {
    if ($Local -notcontains $own.Address) {
      Write-Warning -Message "This host has no address $($own.Address): nothing is pinged over $($own.Name)."
      continue
    }
    $others = @($Networks | Where-Object { $_.Vlan -eq $own.Vlan -and $_.Host -ne $own.Host } | ForEach-Object { $_.Address })
    $sizes = @(576, 1500, $own.Mtu)
    # RDMA with messages of 4096 bytes needs packets of this size.
    if ($own.Mtu -gt 4200) { $sizes += 4200 }
    foreach ($size in @($sizes | Where-Object { $_ -le $own.Mtu } | Sort-Object -Unique)) {
      if ($others.Count) { [pscustomobject]@{ Kind = 'ping'; From = $own.Address; Size = $size; To = $others } }
    }
    if ($Crossings.Count) { [pscustomobject]@{ Kind = 'crossing'; From = $own.Address; Size = 576; To = @($Crossings) } }
  }
}

# What must not answer is not waited for longer.
function Get-PacketCount {
  param([string]$Kind)
  if ($Kind -eq 'ping') { return $Packets }
  return [Math]::Min(3, $Packets)
}

function Start-Ping {
  param([string]$Program, $Probe, [string]$Target)
  $start = New-Object -TypeName Diagnostics.ProcessStartInfo
  $start.FileName = $Program
  # The size is that of what ICMP carries: 20 bytes of IP and 8 of ICMP come before it.
  $start.Arguments = "-f -l $($Probe.Size - 28) -S $($Probe.From) -n $(Get-PacketCount -Kind $Probe.Kind) -w 1000 $Target"
  $start.UseShellExecute = $false
  $start.CreateNoWindow = $true
  $start.RedirectStandardOutput = $true
  return [pscustomobject]@{
    Probe = $Probe; Target = $Target; Process = [Diagnostics.Process]::Start($start); Clock = [Diagnostics.Stopwatch]::StartNew()
  }
}

# Every language writes TTL= in answers, and in them alone. That a packet was too big to leave is said
# in words only, so it counts as unanswered.
function Measure-Answers {
  param([string]$Text, [int]$Most)
  return [Math]::Min($Most, [regex]::Matches($Text, 'TTL\s*=\s*\d+', 'IgnoreCase').Count)
}

function Invoke-Probes {
  param([string]$Program, [object[]]$Probes)
  $atOnce = 16
  $waiting = New-Object -TypeName Collections.Queue
  foreach ($probe in $Probes) { foreach ($target in $probe.To) { $waiting.Enqueue(@($probe, $target)) } }
  $total = $waiting.Count
  # An unanswered packet is waited for a second, and the next leaves a second after the last.
  $seconds = [int][Math]::Ceiling($total / $atOnce) * $Packets
  $longest = 2 * $Packets + 14
  Write-Host -Object "$total pings, $atOnce at a time: about $seconds seconds, longer where nobody answers."
  $answers = @{}
  $running = New-Object -TypeName Collections.ArrayList
  $done = 0
  while ($waiting.Count -or $running.Count) {
    while ($waiting.Count -and $running.Count -lt $atOnce) {
      $next = $waiting.Dequeue()
      try { [void]$running.Add((Start-Ping -Program $Program -Probe $next[0] -Target $next[1])) } catch { $done += 1 }
    }
    Start-Sleep -Milliseconds 50
    foreach ($ping in @($running)) {
      if (-not $ping.Process.HasExited) {
        if ($ping.Clock.Elapsed.TotalSeconds -lt $longest) { continue }
        try { $ping.Process.Kill() } catch { continue }
      }
      # What hung tells nothing.
      if ($ping.Clock.Elapsed.TotalSeconds -lt $longest) {
        $key = "$($ping.Probe.Kind) $($ping.Probe.From) $($ping.Probe.Size) $($ping.Target)"
        $answers[$key] = Measure-Answers -Text $ping.Process.StandardOutput.ReadToEnd() -Most (Get-PacketCount -Kind $ping.Probe.Kind)
      }
      $ping.Process.Dispose()
      $running.Remove($ping)
      $done += 1
      Write-Progress -Activity 'Pinging the hosts of the plan' -Status "$done of $total" -PercentComplete ([int](100 * $done / $total))
    }
  }
  Write-Progress -Activity 'Pinging the hosts of the plan' -Completed
  foreach ($probe in $Probes) {
    $to = New-Object -TypeName Collections.ArrayList
    $received = New-Object -TypeName Collections.ArrayList
    foreach ($target in $probe.To) {
      $key = "$($probe.Kind) $($probe.From) $($probe.Size) $target"
      if (-not $answers.ContainsKey($key)) { continue }
      [void]$to.Add("$target")
      [void]$received.Add([int]$answers[$key])
    }
    if (-not $to.Count) { continue }
    [ordered]@{ kind = $probe.Kind; from = $probe.From; size = [int]$probe.Size; sent = (Get-PacketCount -Kind $probe.Kind); to = $to.ToArray(); received = $received.ToArray() }
  }
}

## services
# What must answer over the LAN that was there before. A name that does not resolve and a port that does not
# answer are the same here.
function Invoke-Reach {
  param([object[]]$Wanted)
  $atOnce = 32
  Write-Host -Object "$($Wanted.Count) services over the existing LAN: up to $([int][Math]::Ceiling($Wanted.Count / $atOnce) * 3) seconds."
  for ($start = 0; $start -lt $Wanted.Count; $start += $atOnce) {
    $batch = @($Wanted[$start..([Math]::Min($start + $atOnce, $Wanted.Count) - 1)])
    $tries = @(foreach ($one in $batch) {
        $client = New-Object -TypeName Net.Sockets.TcpClient
        $try = $null
        try { $try = $client.BeginConnect($one.Name, $one.Port, $null, $null) } catch { $try = $null }
        [pscustomobject]@{ Service = $one; Client = $client; Try = $try }
      })
    $clock = [Diagnostics.Stopwatch]::StartNew()
    foreach ($one in $tries) {
      $answered = $false
      if ($null -ne $one.Try) {
        $rest = [Math]::Max(0, 3000 - $clock.ElapsedMilliseconds)
        if ($one.Try.AsyncWaitHandle.WaitOne([int]$rest)) { $answered = $one.Client.Connected }
      }
      $one.Client.Close()
      [ordered]@{ to = $one.Service.Name; port = [int]$one.Service.Port; answered = [bool]$answered }
    }
  }
}

## collecting
$HasCounters = Test-Cmdlet -Name 'Get-NetAdapterStatistics'
$Clock = [Diagnostics.Stopwatch]::StartNew()
$First = @{}
$CounterProblem = ''
if ($HasCounters) { $First = Read-Counters }

Read-Tool -Command 'Get-CimInstance Win32_OperatingSystem' -Fields 'Caption', 'Version', 'BuildNumber' -Read { Get-CimInstance -ClassName Win32_OperatingSystem }
Read-Tool -Command 'Get-CimInstance Win32_Processor' -Fields 'DeviceID', 'NumberOfCores', 'NumberOfLogicalProcessors' -Read { Get-CimInstance -ClassName Win32_Processor }
Read-Tool -Command 'Get-CimInstance Win32_DeviceGuard' -Fields 'SecurityServicesRunning' -Read {
  Get-CimInstance -Namespace 'root\Microsoft\Windows\DeviceGuard' -ClassName Win32_DeviceGuard
}

if (Get-Command -Name 'powercfg.exe' -CommandType Application -ErrorAction SilentlyContinue) {
  # The text is in the language of the host: the identifier alone counts.
  $scheme = [regex]::Match("$(powercfg.exe /getactivescheme)", '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}').Value
  if ($scheme) { Save-Output -Command 'powercfg /getactivescheme' -Status 0 -Rows @(, [ordered]@{ SchemeGuid = $scheme }) }
  else { Save-Output -Command 'powercfg /getactivescheme' -Status 1 -Rows $null -Problems 'It names no scheme.' }
} else { Save-Output -Command 'powercfg /getactivescheme' -Status 127 -Rows $null }

Read-Tool -Command 'Get-NetAdapter' -Fields @(
  'Name', 'InterfaceDescription', 'ifIndex', 'InterfaceGuid', 'DeviceID', 'Status', 'AdminStatus', 'InterfaceAdminStatus',
  'InterfaceOperationalStatus', 'MediaConnectionState', 'MediaConnectState', 'MacAddress', 'PermanentAddress', 'LinkSpeed',
  'ReceiveLinkSpeed', 'TransmitLinkSpeed', 'MtuSize', 'ActiveMaximumTransmissionUnit', 'VlanID', 'Virtual', 'HardwareInterface',
  'DriverFileName', 'DriverVersion', 'DriverProvider', 'DriverDate', 'PnPDeviceID'
) -Read { Get-NetAdapter }
Read-Tool -Command 'Get-NetAdapterHardwareInfo' -Fields @(
  'Name', 'SegmentNumber', 'BusNumber', 'DeviceNumber', 'FunctionNumber', 'SlotNumber', 'Slot', 'NumaNode', 'PcieLinkSpeed', 'PcieLinkWidth',
  'PciExpressCurrentLinkSpeedEncoded', 'PciExpressCurrentLinkWidth'
) -Read { Get-NetAdapterHardwareInfo }
# The keywords of the standard are the same in every language; names to show are not.
$keywords = @(
  '*JumboPacket', '*FlowControl', '*NetworkDirect', '*NetworkDirectTechnology', '*PriorityVLANTag', '*RSS', '*RSSProfile', '*NumRssQueues',
  '*MaxRssProcessors', '*RssBaseProcNumber', '*RssBaseProcGroup', '*RssMaxProcNumber', 'VlanID', '*ReceiveBuffers', '*TransmitBuffers'
)
Read-Tool -Command 'Get-NetAdapterAdvancedProperty' -Fields @(
  'Name', 'RegistryKeyword', 'RegistryValue', 'DisplayValue', 'ValidRegistryValues', 'NumericParameterMaxValue'
) -Read { Get-NetAdapterAdvancedProperty | Where-Object { $keywords -contains $_.RegistryKeyword } }
Read-Tool -Command 'Get-NetAdapterRss' -Fields @(
  'Name', 'Enabled', 'NumberOfReceiveQueues', 'Profile', 'BaseProcessorGroup', 'BaseProcessorNumber', 'MaxProcessorGroup',
  'MaxProcessorNumber', 'MaxProcessors', 'NumaNode',
  @{ Name = 'RssProcessorArray'; Read = {
      param($object)
      , @(foreach ($one in @(Read-Property -Object $object -Name 'RssProcessorArray')) {
          if ($null -ne $one) { "$(Read-Property -Object $one -Name 'ProcessorGroup'):$(Read-Property -Object $one -Name 'ProcessorNumber')/$(Read-Property -Object $one -Name 'PreferenceIndex')" }
        })
    }
  },
  @{ Name = 'IndirectionTable'; Read = {
      param($object)
      , @(foreach ($one in @(Read-Property -Object $object -Name 'IndirectionTable')) {
          $group, $number = (Read-Property -Object $one -Name 'ProcessorGroup'), (Read-Property -Object $one -Name 'ProcessorNumber')
          if ($null -eq $number) { $group, $number = (Read-Property -Object $one -Name 'Group'), (Read-Property -Object $one -Name 'Number') }
          if ($null -ne $group -and $null -ne $number) { "${group}:$number" }
        })
    }
  }
) -Read { Get-NetAdapterRss }
Read-Tool -Command 'Get-NetAdapterLso' -Fields 'Name', 'V1IPv4Enabled', 'IPv4Enabled', 'IPv6Enabled' -Read { Get-NetAdapterLso }
Read-Tool -Command 'Get-NetAdapterRsc' -Fields @(
  'Name', 'IPv4Enabled', 'IPv6Enabled', 'IPv4OperationalState', 'IPv6OperationalState', 'IPv4FailureReason'
) -Read { Get-NetAdapterRsc }
Read-Tool -Command 'Get-NetAdapterChecksumOffload' -Fields @(
  'Name', 'IpIPv4Enabled', 'TcpIPv4Enabled', 'TcpIPv6Enabled', 'UdpIPv4Enabled', 'UdpIPv6Enabled'
) -Read { Get-NetAdapterChecksumOffload }
Read-Tool -Command 'Get-NetAdapterRdma' -Fields 'Name', 'Enabled' -Read { Get-NetAdapterRdma }

Read-Tool -Command 'Get-NetAdapterQos' -Fields @(
  'Name', 'Enabled', @{ Name = 'OperationalFlowControl'; Read = { param($object) "$(Read-Property -Object $object -Name 'OperationalFlowControl')" } }
) -Read { Get-NetAdapterQos }
Read-Tool -Command 'Get-NetQosTrafficClass' -Fields 'Name', 'InterfaceAlias', 'Algorithm', 'BandwidthPercentage', 'Priority' -Read { Get-NetQosTrafficClass }
Read-Tool -Command 'Get-NetQosFlowControl' -Fields 'Priority', 'InterfaceAlias', 'Enabled' -Read { Get-NetQosFlowControl }
Read-Tool -Command 'Get-NetQosDcbxSetting' -Fields 'InterfaceAlias', 'Willing' -Read { Get-NetQosDcbxSetting }
if (Test-Cmdlet -Name 'Get-NetQosDcbxSetting' -Parameter 'InterfaceAlias') {
  foreach ($adapter in @(Get-NetAdapter -Physical -ErrorAction SilentlyContinue)) {
    $alias = "$($adapter.Name)"
    Read-Tool -Command "Get-NetQosDcbxSetting -InterfaceAlias $alias" -Fields 'InterfaceAlias', 'Willing' -Read { Get-NetQosDcbxSetting -InterfaceAlias $alias }
  }
}
Read-Tool -Command 'Get-NetQosPolicy' -Fields @(
  'Name', 'NetDirectPortMatchCondition', 'PriorityValue8021Action', 'TemplateMatchCondition', 'IPDstPortStartMatchCondition',
  'IPDstPortEndMatchCondition', 'DSCPAction', 'MinBandwidthWeightAction'
) -Read { Get-NetQosPolicy -PolicyStore ActiveStore }

Read-Tool -Command 'Get-NetIPInterface' -Fields 'ifIndex', 'InterfaceAlias', 'AddressFamily', 'NlMtu', 'Dhcp', 'ConnectionState' -Read { Get-NetIPInterface -AddressFamily IPv4 }
Read-Tool -Command 'Get-NetIPAddress' -Fields 'ifIndex', 'InterfaceAlias', 'IPAddress', 'PrefixLength', 'AddressState', 'PrefixOrigin' -Read { Get-NetIPAddress -AddressFamily IPv4 }
Read-Tool -Command 'Get-NetRoute' -Fields 'DestinationPrefix', 'NextHop', 'ifIndex', 'InterfaceAlias', 'RouteMetric' -Read { Get-NetRoute -AddressFamily IPv4 }

Read-Tool -Command 'Get-NetLbfoTeam' -Fields 'Name', 'Members', 'TeamNics', 'TeamingMode', 'LoadBalancingAlgorithm', 'Status', 'LacpTimer' -Read { Get-NetLbfoTeam }
Read-Tool -Command 'Get-NetLbfoTeamMember' -Fields 'Name', 'Team', 'AdministrativeMode', 'OperationalMode', 'OperationalStatus', 'FailureReason' -Read { Get-NetLbfoTeamMember }
Read-Tool -Command 'Get-NetLbfoTeamNic' -Fields 'Name', 'Team', 'VlanID', 'Primary', 'Default' -Read { Get-NetLbfoTeamNic }

$owner = @{ Name = 'ParentName'; Read = { param($object) Read-Property -Object (Read-Property -Object $object -Name 'ParentAdapter') -Name 'Name' } }
Read-Tool -Command 'Get-VMSwitch' -Fields @(
  'Name', 'Id', 'SwitchType', 'AllowManagementOS', 'NetAdapterInterfaceDescription', 'NetAdapterInterfaceDescriptions',
  'EmbeddedTeamingEnabled', 'BandwidthReservationMode'
) -Read { Get-VMSwitch }
Read-Tool -Command 'Get-VMSwitchTeam' -Fields 'Name', 'NetAdapterInterfaceDescription', 'TeamingMode', 'LoadBalancingAlgorithm' -Read { Get-VMSwitchTeam }
Read-Tool -Command 'Get-VMNetworkAdapter -ManagementOS' -Fields 'Name', 'SwitchName', 'MacAddress', 'DeviceId', 'IeeePriorityTag' -Read { Get-VMNetworkAdapter -ManagementOS }
Read-Tool -Command 'Get-VMNetworkAdapterVlan -ManagementOS' -Fields @(
  $owner, 'OperationMode', 'AccessVlanId', 'NativeVlanId', 'AllowedVlanIdList'
) -Read { Get-VMNetworkAdapterVlan -ManagementOS }
Read-Tool -Command 'Get-VMNetworkAdapterIsolation -ManagementOS' -Fields $owner, 'IsolationMode', 'DefaultIsolationID' -Read { Get-VMNetworkAdapterIsolation -ManagementOS }
Read-Tool -Command 'Get-VMNetworkAdapterTeamMapping -ManagementOS' -Fields $owner, 'NetAdapterName' -Read { Get-VMNetworkAdapterTeamMapping -ManagementOS }

Read-Tool -Command 'Get-VMHost' -Fields @(
  'VirtualMachineMigrationEnabled', 'VirtualMachineMigrationPerformanceOption', 'VirtualMachineMigrationAuthenticationType',
  'MaximumVirtualMachineMigrations', 'MaximumStorageMigrations', 'UseAnyNetworkForMigration'
) -Read { Get-VMHost }
Read-Tool -Command 'Get-VMMigrationNetwork' -Fields 'Subnet', 'Priority' -Read { Get-VMMigrationNetwork }
Read-Tool -Command 'Get-Cluster' -Fields 'Name', 'MaximumParallelMigrations' -Read { Get-Cluster }

Read-Tool -Command 'Get-SmbMultichannelConnection' -Fields @(
  'ServerName', 'Selected', 'Failed', 'ClientIpAddress', 'ServerIpAddress', 'ClientInterfaceIndex', 'ClientLinkSpeed', 'ClientRSSCapable',
  'ClientRdmaCapable', 'ServerRSSCapable', 'ServerRdmaCapable', 'CurrentChannels', 'MaxChannels'
) -Read { Get-SmbMultichannelConnection }
Read-Tool -Command 'Get-SmbClientNetworkInterface' -Fields 'FriendlyName', 'InterfaceIndex', 'LinkSpeed', 'RssCapable', 'RdmaCapable' -Read { Get-SmbClientNetworkInterface }
Read-Tool -Command 'Get-SmbClientConfiguration' -Fields 'EnableMultiChannel', 'EnableSecuritySignature', 'RequireSecuritySignature' -Read { Get-SmbClientConfiguration }
Read-Tool -Command 'Get-SmbBandwidthLimit' -Fields 'Category', 'BytesPerSecond' -Read { Get-SmbBandwidthLimit }

$Probes = @()
$ping = "$env:SystemRoot\System32\ping.exe"
if (-not $NoProbes -and $Networks.Count -and [IO.File]::Exists($ping)) {
  $local = @(foreach ($card in [Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces()) {
      foreach ($address in $card.GetIPProperties().UnicastAddresses) { "$($address.Address)" }
    })
  $wanted = @(Get-Probes -Local $local)
  if ($wanted.Count) { $Probes = @(Invoke-Probes -Program $ping -Probes $wanted) }
}

$Reached = @()
if (-not $NoProbes) {
  $wanted = @($Services | Where-Object { $_.Name -ne $Self })
  if ($wanted.Count) { $Reached = @(Invoke-Reach -Wanted $wanted) }
}

if ($HasCounters) {
  $rest = $Interval * 1000 - $Clock.ElapsedMilliseconds
  if ($rest -gt 0) {
    Write-Progress -Activity 'Waiting for the second reading of the counters' -Status "$([int]($rest / 1000)) seconds"
    Start-Sleep -Milliseconds ([int]$rest)
    Write-Progress -Activity 'Waiting for the second reading of the counters' -Completed
  }
  $elapsed = $Clock.ElapsedMilliseconds
  $growth = @(Read-Growth -Before $First -After (Read-Counters) -Milliseconds $elapsed)
  Save-Output -Command 'Get-NetAdapterStatistics' -Status ([int][bool]$CounterProblem) -Rows $growth -Problems $CounterProblem
} else { Save-Output -Command 'Get-NetAdapterStatistics' -Status 127 -Rows $null }

## file
$evidence = [ordered]@{
  'tenfold-evidence' = 1; collector = $Collector; host = $Self; system = 'windows'; plan = $PlanHash; collected = $Collected
  privileged = [bool]$IsPrivileged; outputs = $Outputs.ToArray(); probes = $Probes
}
if ($Reached.Count) { $evidence['reach'] = $Reached }
$builder = New-Object -TypeName Text.StringBuilder
Write-JsonValue -Builder $builder -Value $evidence
[void]$builder.Append("`n")
$temporary = "$Path.$PID.part"
$encoding = New-Object -TypeName Text.UTF8Encoding -ArgumentList $false
try {
  [IO.File]::WriteAllText($temporary, $builder.ToString(), $encoding)
  if ([IO.File]::Exists($Path)) { [IO.File]::Replace($temporary, $Path, [NullString]::Value) } else { [IO.File]::Move($temporary, $Path) }
} finally {
  if ([IO.File]::Exists($temporary)) { [IO.File]::Delete($temporary) }
}
$hidden = @($Outputs | Where-Object { $_.status -eq 1 }).Count
$absent = @($Outputs | Where-Object { $_.status -eq 127 }).Count
Write-Host -Object "$Path holds $($Outputs.Count) readings; $hidden failed, and for $absent this host has no cmdlet."
