#Requires -Version 4.0
#Requires -RunAsAdministrator
<#
.SYNOPSIS
Puts back what apply.ps1 of group hv changed on this host, the last change first. Windows Server 2012 R2.

.DESCRIPTION
Plan medium of 2026-11-23, SHA-256 a7f48e0c8dd989306f73a9f49fe645b21c4c5b10b5b7a969ecc2ca65bf56596f

Reads the file that apply.ps1 wrote. -WhatIf shows what would be put back. When all is put back the
file gets the ending .undone. What was made (teams, switches, virtual ports) is removed with what
hangs on it: move guests off the host first.

.EXAMPLE
.\undo.ps1 -WhatIf
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
  [string]$StateFile = (Join-Path $env:ProgramData 'Tenfold\before.json')
)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

if (-not (Test-Path -LiteralPath $StateFile)) { 'Nothing to put back.'; return }
$entries = @()
foreach ($entry in (ConvertFrom-Json ([IO.File]::ReadAllText($StateFile)))) { $entries += $entry }
if (@($entries | Where-Object { $_.Computer -ne $env:COMPUTERNAME }).Count) { throw "$StateFile is of another host." }
# What is not put back yet stays in the file, so that a run that fails can go on where it stopped.
$left = @($entries)

for ($place = $entries.Count - 1; $place -ge 0; $place--) {
  $entry = $entries[$place]
  $target = "$($entry.Target)"
  $before = $entry.Before
  $text = if ($null -eq $before -or "$before" -eq '') { 'nothing' } else { "$before" }
  if (-not $PSCmdlet.ShouldProcess($target, "$($entry.Setting) back to $text")) { continue }
  $kind, $detail = "$($entry.Setting)" -split ' ', 2
  switch ($kind) {
    'AdapterName' { Rename-NetAdapter -Name $target -NewName "$before" -Confirm:$false }
    'PowerScheme' { powercfg.exe /setactive "$before" }
    'Keyword' { Set-NetAdapterAdvancedProperty -Name $target -RegistryKeyword $detail -RegistryValue "$before" }
    'Rdma' {
      if (Get-NetAdapterRdma -Name $target -ErrorAction SilentlyContinue) {
        if ($before -eq $true) { Enable-NetAdapterRdma -Name $target } else { Disable-NetAdapterRdma -Name $target -Confirm:$false }
      }
    }
    'AdapterVlan' { Set-NetAdapter -Name $target -VlanID ([int]$before) -Confirm:$false }
    'Vmq' {
      $on, $first, $count = "$before" -split ' '
      Set-NetAdapterVmq -Name $target -Enabled ($on -eq 'True') -BaseProcessorNumber ([int]$first) -MaxProcessors ([int]$count) -Confirm:$false
    }
    'Rss' {
      $on, $rssProfile, $first, $last, $count, $queues = "$before" -split ' '
      Set-NetAdapterRss -Name $target -Enabled ($on -eq 'True') -Profile $rssProfile -BaseProcessorNumber ([int]$first) -MaxProcessorNumber ([int]$last) -MaxProcessors ([int]$count) -NumberOfReceiveQueues ([int]$queues) -Confirm:$false
    }
    'Feature' { "Feature $target stays installed: remove it by hand if nothing else needs it" }
    'DcbxWilling' { Set-NetQosDcbxSetting -Willing ($before -eq $true) -Confirm:$false }
    'QosPolicy' {
      if (Get-NetQosPolicy -Name $target -ErrorAction SilentlyContinue) { Remove-NetQosPolicy -Name $target -Confirm:$false }
    }
    'QosTrafficClass' {
      if (Get-NetQosTrafficClass -Name $target -ErrorAction SilentlyContinue) { Remove-NetQosTrafficClass -Name $target -Confirm:$false }
      if ("$before" -match '^(\d+) % for ([\d,]+)$') {
        $share, $priorities = [byte]$Matches[1], [byte[]]($Matches[2] -split ',')
        New-NetQosTrafficClass -Name $target -Algorithm ETS -BandwidthPercentage $share -Priority $priorities
      }
    }
    'FlowControl' {
      Disable-NetQosFlowControl -Priority 0,1,2,3,4,5,6,7
      if ("$before") { Enable-NetQosFlowControl -Priority ([byte[]]("$before" -split ',')) }
    }
    'AdapterQos' { if (-not ($before -eq $true)) { Disable-NetAdapterQos -Name $target -Confirm:$false } }
    'Team' { if (Get-NetLbfoTeam -Name $target -ErrorAction SilentlyContinue) { Remove-NetLbfoTeam -Name $target -Confirm:$false } }
    'TeamAlgorithm' { Set-NetLbfoTeam -Name $target -LoadBalancingAlgorithm "$before" -Confirm:$false }
    'TeamInterface' {
      $team, $vlan = $target -split '/'
      if (Get-NetLbfoTeamNic -Team $team -ErrorAction SilentlyContinue | Where-Object { $_.VlanID -eq [int]$vlan }) { Remove-NetLbfoTeamNic -Team $team -VlanID ([int]$vlan) -Confirm:$false }
    }
    'Switch' { if (Get-VMSwitch -Name $target -ErrorAction SilentlyContinue) { Remove-VMSwitch -Name $target -Force } }
    'VirtualPort' { Remove-VMNetworkAdapter -ManagementOS -Name $target }
    'VirtualVlan' {
      $mode, $vlan = "$before" -split ' '
      if ($mode -eq 'Access') { Set-VMNetworkAdapterVlan -ManagementOS -VMNetworkAdapterName $target -Access -VlanId ([int]$vlan) }
      elseif ($mode -eq 'Untagged') { Set-VMNetworkAdapterVlan -ManagementOS -VMNetworkAdapterName $target -Untagged }
      else { "$target was in mode ${mode}: set that by hand" }
    }
    'VirtualPriority' { Set-VMNetworkAdapter -ManagementOS -Name $target -IeeePriorityTag "$before" }
    'Dhcp' { Set-NetIPInterface -InterfaceAlias $target -AddressFamily IPv4 -Dhcp "$before" -Confirm:$false }
    'Address' {
      $address = @("$($entry.After)" -split '/')[0]
      if (Get-NetIPAddress -InterfaceAlias $target -IPAddress $address -ErrorAction SilentlyContinue) { Remove-NetIPAddress -InterfaceAlias $target -IPAddress $address -Confirm:$false }
    }
    'Mtu' { Set-NetIPInterface -InterfaceAlias $target -AddressFamily IPv4 -NlMtuBytes ([int]$before) -Confirm:$false }
    'DnsRegistration' { Set-DnsClient -InterfaceAlias $target -RegisterThisConnectionsAddress ($before -eq $true) -Confirm:$false }
    'SmbConstraint' {
      Remove-SmbMultichannelConstraint -ServerName $target -Force
      if ("$before") { New-SmbMultichannelConstraint -ServerName $target -InterfaceAlias ("$before" -split ',') -Force }
    }
    'SmbLimit' {
      if ("$before") { Set-SmbBandwidthLimit -Category LiveMigration -BytesPerSecond ([uint64]$before) -Confirm:$false }
      else { Remove-SmbBandwidthLimit -Category LiveMigration -Confirm:$false }
    }
    'MigrationOption' { Set-VMHost -VirtualMachineMigrationPerformanceOption "$before" }
    'MigrationCount' { Set-VMHost -MaximumVirtualMachineMigrations ([int]$before) }
    'MigrationNetwork' { Remove-VMMigrationNetwork -Subnet $target }
    'MigrationAnyNetwork' { Set-VMHost -UseAnyNetworkForMigration ($before -eq $true) }
    default { throw "$StateFile has a setting that this script does not know: $kind" }
  }
  "$target - $($entry.Setting): back to $text"
  $left = @($left | Where-Object { $_ -ne $entry })
  [IO.File]::WriteAllText($StateFile, (ConvertTo-Json -InputObject @($left) -Depth 4))
}
if ($left.Count -eq 0) { Move-Item -LiteralPath $StateFile -Destination ($StateFile + '.' + (Get-Date -Format 'yyyyMMddHHmmss') + '.undone') -Confirm:$false }
else { "$($left.Count) changes are not put back." }
