#Requires -Version 4.0
#Requires -RunAsAdministrator
<#
.SYNOPSIS
Sets the network of one host of group hv as plan copper of 2026-11-23 has it, on Windows Server 2016.

.DESCRIPTION
Plan SHA-256 e797a4c979e8825b98ce77acbeaf49fa27d14f9e20a6a26b70f1408ab69b6705

Reads what is set, changes what differs, prints each change, and does nothing on a second run. What
was there before goes into a file, from which undo.ps1 puts it back. -WhatIf shows what would change.

Before the first run:
1. Fill in the column mac of nics.csv: one row a port, the address that the card has from its maker.
   -ListNics prints what this host has. Work on a copy of the folder: a plan leaves a folder that
   somebody changed alone.
2. The switches are configured, and move guests and cluster roles off the host: ports go down and come up.

.EXAMPLE
.\apply.ps1 -PlannedHost hv-r1-01 -WhatIf
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
  # Name of this host in the plan.
  [string]$PlannedHost = $env:COMPUTERNAME,
  # The filled-in table of ports.
  [string]$NicFile = (Join-Path $PSScriptRoot 'nics.csv'),
  [string]$AddressFile = (Join-Path $PSScriptRoot 'addresses.csv'),
  # What was there before; undo.ps1 reads it.
  [string]$StateFile = (Join-Path $env:ProgramData 'Tenfold\before.json'),
  # First logical processor of a port where the layout below does not fit: @{ 'nic1-p1' = 2 }.
  [hashtable]$FirstProcessor = @{},
  # Names of file servers that SMB must reach over the ports of the plan alone; none by default.
  [string[]]$SmbServers = @(),
  # Prints the ports of this host and ends.
  [switch]$ListNics
)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

$Ports = @(
  @{ Name = 'nic1-p1'; Mtu = 9000; Rdma = $null; Technology = $null; Lossless = $false; Queues = 'Vmq'; Bare = $false }
  @{ Name = 'nic1-p2'; Mtu = 9000; Rdma = $null; Technology = $null; Lossless = $false; Queues = 'Vmq'; Bare = $false }
)
$Teams = @(
)
$Switches = @(
  @{ Name = 'nic1-switch'; Members = @('nic1-p1', 'nic1-p2'); Embedded = $true }
)
# No gateway stands here: a network of the plan leaves it through none of these.
$Interfaces = @(
  @{ Alias = 'vEthernet (csv-a)'; Kind = 'Virtual'; Network = 'csv-a'; Parent = 'nic1-switch'; TiedTo = 'nic1-p1'; Vlan = 711; Mtu = 9000; Prefix = 24; Rdma = $null; Lossless = $false }
  @{ Alias = 'vEthernet (csv-b)'; Kind = 'Virtual'; Network = 'csv-b'; Parent = 'nic1-switch'; TiedTo = 'nic1-p2'; Vlan = 712; Mtu = 9000; Prefix = 24; Rdma = $null; Lossless = $false }
  @{ Alias = 'vEthernet (live-migration-a)'; Kind = 'Virtual'; Network = 'live-migration-a'; Parent = 'nic1-switch'; TiedTo = 'nic1-p1'; Vlan = 721; Mtu = 9000; Prefix = 24; Rdma = $null; Lossless = $false }
  @{ Alias = 'vEthernet (live-migration-b)'; Kind = 'Virtual'; Network = 'live-migration-b'; Parent = 'nic1-switch'; TiedTo = 'nic1-p2'; Vlan = 722; Mtu = 9000; Prefix = 24; Rdma = $null; Lossless = $false }
)
# Guests are in VLAN 20, 30: each guest's own network adapter says in which.

$script:Changes = 0

# Keeps what was there before a change, for undo.ps1: the latest stands last.
function Save-Before {
  param([string]$Setting, [string]$Target, $Before, $After)
  $entries = @()
  if (Test-Path -LiteralPath $StateFile) {
    foreach ($entry in (ConvertFrom-Json ([IO.File]::ReadAllText($StateFile)))) { $entries += $entry }
  } else {
    $folder = Split-Path -Parent $StateFile
    if (-not (Test-Path -LiteralPath $folder)) { New-Item -ItemType Directory -Path $folder -Confirm:$false | Out-Null }
  }
  $entries += [pscustomobject]@{ Setting = $Setting; Target = $Target; Before = $Before; After = $After; Computer = $env:COMPUTERNAME }
  [IO.File]::WriteAllText($StateFile, (ConvertTo-Json -InputObject @($entries) -Depth 4))
}

# One setting: changes it where it differs, unless -WhatIf is given or the question is answered no.
function Set-Planned {
  [CmdletBinding(SupportsShouldProcess = $true)]
  param([string]$Setting, [string]$Target, $Before, $After, [scriptblock]$Change)
  if ("$Before" -eq "$After") { return }
  $was = if ("$Before") { "$Before" } else { 'nothing' }
  if ($PSCmdlet.ShouldProcess($Target, "$Setting from $was to $After")) {
    Save-Before -Setting $Setting -Target $Target -Before $Before -After $After
    & $Change | Out-Null
    $script:Changes += 1
    "$Target - ${Setting}: $was -> $After"
  }
}

# An advanced property of an adapter by the keyword of the standard; drivers that lack it are named.
function Set-Keyword {
  param([string]$Adapter, [string]$Keyword, [string]$Value)
  $property = Get-NetAdapterAdvancedProperty -Name $Adapter -RegistryKeyword $Keyword -ErrorAction SilentlyContinue
  if (-not $property) {
    if ($Adapter -in $script:Present) { "$Adapter has no setting ${Keyword}: set it in the way of its driver" }
    return
  }
  $before = @($property.RegistryValue)[0]
  Set-Planned -Setting "Keyword $Keyword" -Target $Adapter -Before $before -After $Value -Change {
    Set-NetAdapterAdvancedProperty -Name $Adapter -RegistryKeyword $Keyword -RegistryValue $Value
  }
}
# Adapters by the name that the plan has for them, found by the address in nics.csv.
function Get-PlannedAdapters {
  $physical = @(Get-NetAdapter -Physical)
  $found = @{}
  $problems = @()
  $rows = @(Import-Csv -LiteralPath $NicFile | Where-Object { $_.host -eq $PlannedHost })
  if ($rows.Count -eq 0) { throw "$NicFile has no host '$PlannedHost': say with -PlannedHost which one this is." }
  foreach ($port in $Ports) {
    $row = @($rows | Where-Object { $_.port -eq $port.Name })
    if ($row.Count -ne 1) { $problems += "$($port.Name): $($row.Count) rows in $NicFile"; continue }
    $row = $row[0]
    $mac = "$($row.mac)" -replace '[-:.\s]', ''
    if ($mac -notmatch '^[0-9A-Fa-f]{12}$') { $problems += "$($port.Name): fill in its address in $NicFile"; continue }
    $adapter = @($physical | Where-Object { ($_.PermanentAddress -replace '[-:.]', '') -eq $mac })
    if ($adapter.Count -ne 1) { $problems += "$($port.Name): $($adapter.Count) adapters have the address $($row.mac)"; continue }
    $adapter = $adapter[0]
    if (@($found.Values | Where-Object { $_ -eq $adapter.Name }).Count) { $problems += "$($port.Name): its address stands twice"; continue }
    if ($adapter.Status -ne 'Up') { $problems += "$($port.Name) ($($adapter.Name)) has no link: $($adapter.Status)" }
    elseif ($adapter.ReceiveLinkSpeed -ne [uint64]$row.gbps * 1000000000) {
      $problems += "$($port.Name) ($($adapter.Name)) runs at $($adapter.LinkSpeed), the plan says $($row.gbps) Gbps"
    }
    $found[$port.Name] = $adapter.Name
  }
  if ($problems.Count) { throw ("Nothing was changed.`n" + ($problems -join "`n")) }
  $found
}

# A port with a gateway, or with an address that the plan does not have, serves something else.
function Assert-Unused {
  $planned = @(Import-Csv -LiteralPath $AddressFile | Where-Object { $_.host -eq $PlannedHost })
  if ($planned.Count -ne $Interfaces.Count) { throw "$AddressFile has $($planned.Count) addresses of '$PlannedHost', the plan $($Interfaces.Count)." }
  foreach ($alias in @($Adapters.Values) + @($Interfaces | ForEach-Object { $_.Alias })) {
    $defaultRoute = @(Get-NetRoute -InterfaceAlias $alias -DestinationPrefix '0.0.0.0/0' -ErrorAction SilentlyContinue)
    if ($defaultRoute.Count) { throw "$alias has a default gateway: it serves another network. Nothing was changed." }
    $manual = @(Get-NetIPAddress -InterfaceAlias $alias -AddressFamily IPv4 -ErrorAction SilentlyContinue | Where-Object { "$($_.PrefixOrigin)" -eq 'Manual' })
    foreach ($address in $manual) {
      if ($address.IPAddress -notin @($planned | ForEach-Object { $_.address })) {
        throw "$alias has the address $($address.IPAddress), which the plan does not have. Nothing was changed."
      }
    }
  }
}

if ($ListNics) {
  Get-NetAdapter -Physical | Sort-Object Name | Select-Object -Property @('Name', 'PermanentAddress', 'InterfaceDescription', 'Status', 'LinkSpeed') | Format-Table -AutoSize
  Get-NetAdapterHardwareInfo -ErrorAction SilentlyContinue | Sort-Object Name | Select-Object -Property @('Name', 'Slot', 'Bus', 'Device', 'Function', 'NumaNode') | Format-Table -AutoSize
  return
}

$Build = [int](Get-CimInstance -ClassName Win32_OperatingSystem).BuildNumber
if ($Build -ne 14393) { throw "This script is for Windows Server 2016 (build 14393), and this host has build $Build." }
if (-not (Get-Command -Name 'New-VMSwitch' -ErrorAction SilentlyContinue)) { throw 'The role Hyper-V is missing.' }
if ((Get-Service -Name ClusSvc -ErrorAction SilentlyContinue | Where-Object { $_.Status -eq 'Running' }) -and -not $WhatIfPreference) {
  if ("$((Get-ClusterNode -Name $env:COMPUTERNAME).State)" -ne 'Paused') {
    throw 'This node of the cluster is not paused: drain it first (Suspend-ClusterNode -Drain).'
  }
}
$Adapters = Get-PlannedAdapters
Assert-Unused

foreach ($port in $Ports) {
  $now = $Adapters[$port.Name]
  Set-Planned -Setting 'AdapterName' -Target $port.Name -Before $now -After $port.Name -Change {
    Rename-NetAdapter -Name $now -NewName $port.Name -Confirm:$false
  }
  if (-not $WhatIfPreference) { $Adapters[$port.Name] = $port.Name }
}
$script:Present = @($Adapters.Values)

$high = '8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c'
$scheme = [regex]::Match("$(powercfg.exe /getactivescheme)", '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}').Value
Set-Planned -Setting 'PowerScheme' -Target $env:COMPUTERNAME -Before $scheme -After $high -Change { powercfg.exe /setactive $high }

foreach ($port in $Ports) {
  $name = $Adapters[$port.Name]
  # The keyword counts the 14 bytes of the Ethernet header; a driver with fixed steps gets the next.
  if ($port.Mtu -gt 1500) {
    $bytes = $port.Mtu + 14
    $property = Get-NetAdapterAdvancedProperty -Name $name -RegistryKeyword '*JumboPacket' -ErrorAction SilentlyContinue
    $steps = @(if ($property -and $property.ValidRegistryValues) { $property.ValidRegistryValues | Where-Object { $_ -match '^\d+$' } | ForEach-Object { [int]$_ } })
    if ($steps.Count) {
      $bytes = @($steps | Where-Object { $_ -ge $bytes } | Sort-Object)[0]
      if (-not $bytes) { throw "$name takes no packets of $($port.Mtu) bytes." }
    }
    Set-Keyword -Adapter $name -Keyword '*JumboPacket' -Value "$bytes"
  }
  if ($port.Lossless) {
    Set-Keyword -Adapter $name -Keyword '*FlowControl' -Value '0'
    Set-Keyword -Adapter $name -Keyword '*PriorityVLANTag' -Value '3'
  }
  if ($null -ne $port.Rdma) {
    $rdma = Get-NetAdapterRdma -Name $name -ErrorAction SilentlyContinue
    if (-not $rdma) {
      if ($port.Rdma) { throw "$name offers no RDMA: install its maker's driver and switch RDMA on in the firmware." }
    } else {
      if ($port.Rdma -and $port.Technology -and (Get-NetAdapterAdvancedProperty -Name $name -RegistryKeyword '*NetworkDirectTechnology' -ErrorAction SilentlyContinue)) {
        Set-Keyword -Adapter $name -Keyword '*NetworkDirectTechnology' -Value "$($port.Technology)"
      }
      Set-Planned -Setting 'Rdma' -Target $name -Before $rdma.Enabled -After $port.Rdma -Change {
        if ($port.Rdma) { Enable-NetAdapterRdma -Name $name } else { Disable-NetAdapterRdma -Name $name -Confirm:$false }
      }
    }
  }
  # A port under a switch or in a team passes every VLAN through: the tag belongs to what is above it.
  if (-not $port.Bare) {
    $vlan = [int](Get-NetAdapter -Name $name).VlanID
    Set-Planned -Setting 'AdapterVlan' -Target $name -Before $vlan -After 0 -Change { Set-NetAdapter -Name $name -VlanID 0 -Confirm:$false }
  }
}

# Each port gets physical cores of its own on the node that its card is plugged into, never core 0.
$cpus = @(Get-CimInstance -ClassName Win32_Processor)
$cores = ($cpus | Measure-Object -Property NumberOfCores -Sum).Sum
$logical = ($cpus | Measure-Object -Property NumberOfLogicalProcessors -Sum).Sum
$perCore = [int]($logical / $cores)
$nodes = $cpus.Count
if (Get-Command -Name 'Get-VMHostNumaNode' -ErrorAction SilentlyContinue) { $nodes = @(Get-VMHostNumaNode).Count }
$coresPerNode = [int][math]::Floor($cores / $nodes)
$hardware = @{}
foreach ($port in $Ports) {
  $info = @(Get-NetAdapterHardwareInfo -Name $Adapters[$port.Name] -ErrorAction SilentlyContinue)[0]
  $node = if ($info) { [int]$info.NumaNode } else { 65535 }
  $hardware[$port.Name] = if ($nodes -eq 1) { 0 } else { $node }
}
foreach ($port in $Ports) {
  $name = $Adapters[$port.Name]
  $node = $hardware[$port.Name]
  if ($logical -gt 64) { "${name}: more than 64 logical processors: lay out its queues by hand"; continue }
  if ($node -ge $nodes) { "${name}: its node is not known: lay out its queues by hand"; continue }
  $alike = @($Ports | Where-Object { $hardware[$_.Name] -eq $node } | ForEach-Object { $_.Name })
  $reserved = if ($node -eq 0) { 1 } else { 0 }
  $count = [int][math]::Min(8, [math]::Floor(($coresPerNode - $reserved) / $alike.Count))
  if ($count -lt 1) { "${name}: $coresPerNode cores are too few for $($alike.Count) ports: lay out their queues by hand"; continue }
  $first = ($node * $coresPerNode + $reserved + [array]::IndexOf($alike, $port.Name) * $count) * $perCore
  if ($FirstProcessor.ContainsKey($port.Name)) { $first = [int]$FirstProcessor[$port.Name] }
  $last = $first + ($count - 1) * $perCore
  if ($port.Queues -eq 'Vmq') {
    $now = Get-NetAdapterVmq -Name $name -ErrorAction SilentlyContinue
    if (-not $now) { "${name}: the driver has no VMQ"; continue }
    $before = "$([bool]$now.Enabled) $($now.BaseProcessorNumber) $($now.MaxProcessors)"
    Set-Planned -Setting 'Vmq' -Target $name -Before $before -After "True $first $count" -Change {
      Set-NetAdapterVmq -Name $name -Enabled $true -BaseProcessorGroup 0 -BaseProcessorNumber $first -MaxProcessors $count -Confirm:$false
    }
    continue
  }
  $now = Get-NetAdapterRss -Name $name -ErrorAction SilentlyContinue
  if (-not $now) { "${name}: the driver has no RSS"; continue }
  $queues = $count
  $property = Get-NetAdapterAdvancedProperty -Name $name -RegistryKeyword '*NumRssQueues' -ErrorAction SilentlyContinue
  $steps = @(if ($property -and $property.ValidRegistryValues) { $property.ValidRegistryValues | Where-Object { $_ -match '^\d+$' } | ForEach-Object { [int]$_ } })
  if ($steps.Count) { $queues = @($steps | Where-Object { $_ -le $count } | Sort-Object -Descending)[0] }
  if (-not $queues) { "${name}: the driver has no number of queues up to $count"; continue }
  $rssProfile = if ("$($now.Profile)" -eq '4') { 'NUMAStatic' } else { "$($now.Profile)" }
  $before = "$([bool]$now.Enabled) $rssProfile $($now.BaseProcessorNumber) $($now.MaxProcessorNumber) $($now.MaxProcessors) $($now.NumberOfReceiveQueues)"
  Set-Planned -Setting 'Rss' -Target $name -Before $before -After "True NUMAStatic $first $last $count $queues" -Change {
    Set-NetAdapterRss -Name $name -Enabled $true -Profile NUMAStatic -BaseProcessorGroup 0 -BaseProcessorNumber $first -MaxProcessorGroup 0 -MaxProcessorNumber $last -MaxProcessors $count -NumberOfReceiveQueues $queues -Confirm:$false
  }
}
foreach ($vmSwitch in $Switches) {
  $known = Get-VMSwitch -Name $vmSwitch.Name -ErrorAction SilentlyContinue
  if (-not $known) {
    Set-Planned -Setting 'Switch' -Target $vmSwitch.Name -Before $null -After ($vmSwitch.Members -join ',') -Change {
      if ($vmSwitch.Embedded) {
        New-VMSwitch -Name $vmSwitch.Name -NetAdapterName $vmSwitch.Members -EnableEmbeddedTeaming $true -AllowManagementOS $false
      } else {
        New-VMSwitch -Name $vmSwitch.Name -NetAdapterName $vmSwitch.Members -AllowManagementOS $false
      }
    }
  }
  if ($vmSwitch.Embedded -and (Get-VMSwitch -Name $vmSwitch.Name -ErrorAction SilentlyContinue)) {
    $algorithm = "$((Get-VMSwitchTeam -Name $vmSwitch.Name).LoadBalancingAlgorithm)"
    Set-Planned -Setting 'SwitchAlgorithm' -Target $vmSwitch.Name -Before $algorithm -After 'HyperVPort' -Change { Set-VMSwitchTeam -Name $vmSwitch.Name -LoadBalancingAlgorithm HyperVPort }
  }
}
foreach ($interface in $Interfaces | Where-Object { $_.Kind -eq 'Virtual' }) {
  $name = $interface.Network
  $known = @(Get-VMNetworkAdapter -ManagementOS -Name $name -ErrorAction SilentlyContinue)
  if ($known.Count -gt 1 -or ($known.Count -and $known[0].SwitchName -ne $interface.Parent)) { throw "A virtual port $name is on another switch." }
  if (-not $known.Count) {
    Set-Planned -Setting 'VirtualPort' -Target $name -Before $null -After $interface.Parent -Change {
      Add-VMNetworkAdapter -ManagementOS -Name $name -SwitchName $interface.Parent
    }
  }
  if (-not (Get-VMNetworkAdapter -ManagementOS -Name $name -ErrorAction SilentlyContinue)) { continue }
  $mode = Get-VMNetworkAdapterVlan -ManagementOS -VMNetworkAdapterName $name
  $before = "$($mode.OperationMode) $($mode.AccessVlanId)"
  Set-Planned -Setting 'VirtualVlan' -Target $name -Before $before -After "Access $($interface.Vlan)" -Change {
    Set-VMNetworkAdapterVlan -ManagementOS -VMNetworkAdapterName $name -Access -VlanId $interface.Vlan
  }
  if ($interface.TiedTo) {
    $tied = Get-VMNetworkAdapterTeamMapping -ManagementOS -SwitchName $interface.Parent -VMNetworkAdapterName $name -ErrorAction SilentlyContinue
    $before = if ($tied) { $tied.NetAdapterName } else { $null }
    Set-Planned -Setting 'VirtualTie' -Target "$($interface.Parent)/$name" -Before $before -After $interface.TiedTo -Change {
      Set-VMNetworkAdapterTeamMapping -ManagementOS -SwitchName $interface.Parent -VMNetworkAdapterName $name -PhysicalNetAdapterName $interface.TiedTo
    }
  }
  if ($interface.Lossless) {
    $tag = "$((Get-VMNetworkAdapter -ManagementOS -Name $name).IeeePriorityTag)"
    Set-Planned -Setting 'VirtualPriority' -Target $name -Before $tag -After 'On' -Change { Set-VMNetworkAdapter -ManagementOS -Name $name -IeeePriorityTag On }
  }
  if ($null -ne $interface.Rdma) {
    $rdma = Get-NetAdapterRdma -Name $interface.Alias -ErrorAction SilentlyContinue
    $before = [bool]($rdma -and $rdma.Enabled)
    Set-Planned -Setting 'Rdma' -Target $interface.Alias -Before $before -After $interface.Rdma -Change {
      if ($interface.Rdma) { Enable-NetAdapterRdma -Name $interface.Alias } else { Disable-NetAdapterRdma -Name $interface.Alias -Confirm:$false }
    }
  }
  if ($interface.Mtu -gt 1500) { Set-Keyword -Adapter $interface.Alias -Keyword '*JumboPacket' -Value "$($interface.Mtu + 14)" }
}
$addresses = @(Import-Csv -LiteralPath $AddressFile | Where-Object { $_.host -eq $PlannedHost })
foreach ($interface in $Interfaces) {
  $alias = if ($interface.Kind -eq 'Adapter') { $Adapters[$interface.Parent] } else { $interface.Alias }
  if (-not (Get-NetAdapter -Name $alias -ErrorAction SilentlyContinue)) { continue }
  if ($interface.Kind -eq 'Adapter') {
    $vlan = [int](Get-NetAdapter -Name $alias).VlanID
    Set-Planned -Setting 'AdapterVlan' -Target $alias -Before $vlan -After $interface.Vlan -Change { Set-NetAdapter -Name $alias -VlanID $interface.Vlan -Confirm:$false }
  }
  $row = @($addresses | Where-Object { $_.interface -eq $interface.Alias })
  if ($row.Count -ne 1) { throw "$AddressFile has $($row.Count) addresses of $PlannedHost for $($interface.Alias)." }
  $address = $row[0].address
  $ip = Get-NetIPInterface -InterfaceAlias $alias -AddressFamily IPv4
  Set-Planned -Setting 'Dhcp' -Target $alias -Before "$($ip.Dhcp)" -After 'Disabled' -Change { Set-NetIPInterface -InterfaceAlias $alias -AddressFamily IPv4 -Dhcp Disabled -Confirm:$false }
  $known = @(Get-NetIPAddress -InterfaceAlias $alias -AddressFamily IPv4 -ErrorAction SilentlyContinue | Where-Object { $_.IPAddress -eq $address -and $_.PrefixLength -eq $interface.Prefix })
  if (-not $known.Count) {
    Set-Planned -Setting 'Address' -Target $alias -Before $null -After "$address/$($interface.Prefix)" -Change {
      New-NetIPAddress -InterfaceAlias $alias -AddressFamily IPv4 -IPAddress $address -PrefixLength $interface.Prefix -Confirm:$false
    }
  }
  Set-Planned -Setting 'Mtu' -Target $alias -Before $ip.NlMtu -After $interface.Mtu -Change { Set-NetIPInterface -InterfaceAlias $alias -AddressFamily IPv4 -NlMtuBytes $interface.Mtu -Confirm:$false }
  $dns = (Get-DnsClient -InterfaceAlias $alias).RegisterThisConnectionsAddress
  Set-Planned -Setting 'DnsRegistration' -Target $alias -Before $dns -After $false -Change { Set-DnsClient -InterfaceAlias $alias -RegisterThisConnectionsAddress $false -Confirm:$false }
}
foreach ($server in $SmbServers) {
  $aliases = @($Interfaces | ForEach-Object { if ($_.Kind -eq 'Adapter') { $Adapters[$_.Parent] } else { $_.Alias } })
  $known = @(Get-SmbMultichannelConstraint -ServerName $server -ErrorAction SilentlyContinue | ForEach-Object { $_.InterfaceAlias } | Sort-Object) -join ','
  $wanted = @($aliases | Sort-Object) -join ','
  Set-Planned -Setting 'SmbConstraint' -Target $server -Before $known -After $wanted -Change {
    if ($known) { Remove-SmbMultichannelConstraint -ServerName $server -Force }
    New-SmbMultichannelConstraint -ServerName $server -InterfaceAlias $aliases -Force
  }
}
if (-not (Get-WindowsFeature -Name 'FS-SMBBW').Installed) {
  Set-Planned -Setting 'Feature' -Target 'FS-SMBBW' -Before 'absent' -After 'installed' -Change { Install-WindowsFeature -Name 'FS-SMBBW' }
}
if (Get-Command -Name 'Get-SmbBandwidthLimit' -ErrorAction SilentlyContinue) {
  # 60 % of what the class of SMB has on the ports that live migration shares with storage.
  $limit = Get-SmbBandwidthLimit -Category LiveMigration -ErrorAction SilentlyContinue
  $before = if ($limit) { $limit.BytesPerSecond } else { $null }
  Set-Planned -Setting 'SmbLimit' -Target 'LiveMigration' -Before $before -After 1500000000 -Change { Set-SmbBandwidthLimit -Category LiveMigration -BytesPerSecond 1500000000 -Confirm:$false }
}
$vmHost = Get-VMHost
if (-not $vmHost.VirtualMachineMigrationEnabled) {
  'Live migration is off on this host: switch it on with the way to authenticate that you want (Enable-VMMigration).'
}
Set-Planned -Setting 'MigrationOption' -Target $env:COMPUTERNAME -Before "$($vmHost.VirtualMachineMigrationPerformanceOption)" -After 'SMB' -Change { Set-VMHost -VirtualMachineMigrationPerformanceOption SMB }
Set-Planned -Setting 'MigrationCount' -Target $env:COMPUTERNAME -Before $vmHost.MaximumVirtualMachineMigrations -After 4 -Change { Set-VMHost -MaximumVirtualMachineMigrations 4 }
if (Get-Service -Name ClusSvc -ErrorAction SilentlyContinue | Where-Object { $_.Status -eq 'Running' }) {
  # In a cluster the cluster says which networks live migration takes.
  'In Failover Cluster Manager, Networks, Live Migration Settings, tick live-migration-a, live-migration-b alone.'
} else {
  $subnets = @('10.72.1.0/24', '10.72.2.0/24')
  foreach ($subnet in $subnets) {
    if (-not (Get-VMMigrationNetwork | Where-Object { $_.Subnet -eq $subnet })) {
      Set-Planned -Setting 'MigrationNetwork' -Target $subnet -Before $null -After 'listed' -Change { Add-VMMigrationNetwork -Subnet $subnet }
    }
  }
  Set-Planned -Setting 'MigrationAnyNetwork' -Target $env:COMPUTERNAME -Before $vmHost.UseAnyNetworkForMigration -After $false -Change { Set-VMHost -UseAnyNetworkForMigration $false }
}

if ($script:Changes -eq 0) { 'Nothing to change.' } else { "$($script:Changes) changes." }
