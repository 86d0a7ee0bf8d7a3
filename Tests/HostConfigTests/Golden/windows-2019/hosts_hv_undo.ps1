                  |#Requires -Version 4.0
                  |#Requires -RunAsAdministrator
                  |<#
                  |.SYNOPSIS
                  |Puts back what apply.ps1 of group hv changed on this host, the last change first. Windows Server 2019.
                  |
                  |.DESCRIPTION
                  |Plan golden of 2026-11-23, SHA-256 0000000000000000000000000000000000000000000000000000000000000000
                  |
                  |Reads the file that apply.ps1 wrote. -WhatIf shows what would be put back. When all is put back the
                  |file gets the ending .undone. What was made (teams, switches, virtual ports) is removed with what
                  |hangs on it: move guests off the host first.
                  |
                  |.EXAMPLE
                  |.\undo.ps1 -WhatIf
                  |#>
                  |[CmdletBinding(SupportsShouldProcess = $true)]
                  |param(
                  |  [string]$StateFile = (Join-Path $env:ProgramData 'Tenfold\before.json')
                  |)
                  |
                  |Set-StrictMode -Version 2
                  |$ErrorActionPreference = 'Stop'
                  |
                  |if (-not (Test-Path -LiteralPath $StateFile)) { 'Nothing to put back.'; return }
                  |$entries = @()
                  |foreach ($entry in (ConvertFrom-Json ([IO.File]::ReadAllText($StateFile)))) { $entries += $entry }
                  |if (@($entries | Where-Object { $_.Computer -ne $env:COMPUTERNAME }).Count) { throw "$StateFile is of another host." }
                  |# What is not put back yet stays in the file, so that a run that fails can go on where it stopped.
                  |$left = @($entries)
                  |
                  |for ($place = $entries.Count - 1; $place -ge 0; $place--) {
                  |  $entry = $entries[$place]
                  |  $target = "$($entry.Target)"
                  |  $before = $entry.Before
                  |  $text = if ($null -eq $before -or "$before" -eq '') { 'nothing' } else { "$before" }
                  |  if (-not $PSCmdlet.ShouldProcess($target, "$($entry.Setting) back to $text")) { continue }
                  |  $kind, $detail = "$($entry.Setting)" -split ' ', 2
                  |  switch ($kind) {
WIN-14:M          |    'AdapterName' { Rename-NetAdapter -Name $target -NewName "$before" -Confirm:$false }
WIN-3:V           |    'PowerScheme' { powercfg.exe /setactive "$before" }
WIN-11:M          |    'Keyword' { Set-NetAdapterAdvancedProperty -Name $target -RegistryKeyword $detail -RegistryValue "$before" }
                  |    'Rdma' {
WIN-50:M          |      if (Get-NetAdapterRdma -Name $target -ErrorAction SilentlyContinue) {
WIN-50:M          |        if ($before -eq $true) { Enable-NetAdapterRdma -Name $target } else { Disable-NetAdapterRdma -Name $target -Confirm:$false }
                  |      }
                  |    }
WIN-18:M          |    'AdapterVlan' { Set-NetAdapter -Name $target -VlanID ([int]$before) -Confirm:$false }
                  |    'Vmq' {
                  |      $on, $first, $count = "$before" -split ' '
WIN-24:M          |      Set-NetAdapterVmq -Name $target -Enabled ($on -eq 'True') -BaseProcessorNumber ([int]$first) -MaxProcessors ([int]$count) -Confirm:$false
                  |    }
                  |    'Rss' {
                  |      $on, $rssProfile, $first, $last, $count, $queues = "$before" -split ' '
WIN-23:M          |      Set-NetAdapterRss -Name $target -Enabled ($on -eq 'True') -Profile $rssProfile -BaseProcessorNumber ([int]$first) -MaxProcessorNumber ([int]$last) -MaxProcessors ([int]$count) -NumberOfReceiveQueues ([int]$queues) -Confirm:$false
                  |    }
                  |    'Feature' { "Feature $target stays installed: remove it by hand if nothing else needs it" }
WIN-61:M          |    'DcbxWilling' { Set-NetQosDcbxSetting -Willing ($before -eq $true) -Confirm:$false }
                  |    'QosPolicy' {
WIN-62:M          |      if (Get-NetQosPolicy -Name $target -ErrorAction SilentlyContinue) { Remove-NetQosPolicy -Name $target -Confirm:$false }
                  |    }
                  |    'QosTrafficClass' {
WIN-63:M          |      if (Get-NetQosTrafficClass -Name $target -ErrorAction SilentlyContinue) { Remove-NetQosTrafficClass -Name $target -Confirm:$false }
                  |      if ("$before" -match '^(\d+) % for ([\d,]+)$') {
                  |        $share, $priorities = [byte]$Matches[1], [byte[]]($Matches[2] -split ',')
WIN-64:M          |        New-NetQosTrafficClass -Name $target -Algorithm ETS -BandwidthPercentage $share -Priority $priorities
                  |      }
                  |    }
                  |    'FlowControl' {
WIN-65:M          |      Disable-NetQosFlowControl -Priority 0,1,2,3,4,5,6,7
WIN-65:M          |      if ("$before") { Enable-NetQosFlowControl -Priority ([byte[]]("$before" -split ',')) }
                  |    }
WIN-66:M          |    'AdapterQos' { if (-not ($before -eq $true)) { Disable-NetAdapterQos -Name $target -Confirm:$false } }
WIN-45:M          |    'Switch' { if (Get-VMSwitch -Name $target -ErrorAction SilentlyContinue) { Remove-VMSwitch -Name $target -Force } }
WIN-45:M WIN-48:M |    'SwitchAlgorithm' { if (Get-VMSwitch -Name $target -ErrorAction SilentlyContinue) { Set-VMSwitchTeam -Name $target -LoadBalancingAlgorithm "$before" } }
                  |    'VirtualTie' {
                  |      $vmSwitch, $port = $target -split '/'
WIN-54:M          |      if ("$before") { Set-VMNetworkAdapterTeamMapping -ManagementOS -SwitchName $vmSwitch -VMNetworkAdapterName $port -PhysicalNetAdapterName "$before" }
WIN-54:M          |      else { Remove-VMNetworkAdapterTeamMapping -ManagementOS -SwitchName $vmSwitch -VMNetworkAdapterName $port }
                  |    }
WIN-49:M          |    'VirtualPort' { Remove-VMNetworkAdapter -ManagementOS -Name $target }
                  |    'VirtualVlan' {
                  |      $mode, $vlan = "$before" -split ' '
WIN-53:V          |      if ($mode -eq 'Access') { Set-VMNetworkAdapterVlan -ManagementOS -VMNetworkAdapterName $target -Access -VlanId ([int]$vlan) }
WIN-53:V          |      elseif ($mode -eq 'Untagged') { Set-VMNetworkAdapterVlan -ManagementOS -VMNetworkAdapterName $target -Untagged }
                  |      else { "$target was in mode ${mode}: set that by hand" }
                  |    }
WIN-55:V          |    'VirtualPriority' { Set-VMNetworkAdapter -ManagementOS -Name $target -IeeePriorityTag "$before" }
WIN-32:M          |    'Dhcp' { Set-NetIPInterface -InterfaceAlias $target -AddressFamily IPv4 -Dhcp "$before" -Confirm:$false }
                  |    'Address' {
                  |      $address = @("$($entry.After)" -split '/')[0]
WIN-31:M          |      if (Get-NetIPAddress -InterfaceAlias $target -IPAddress $address -ErrorAction SilentlyContinue) { Remove-NetIPAddress -InterfaceAlias $target -IPAddress $address -Confirm:$false }
                  |    }
WIN-34:M          |    'Mtu' { Set-NetIPInterface -InterfaceAlias $target -AddressFamily IPv4 -NlMtuBytes ([int]$before) -Confirm:$false }
WIN-35:M          |    'DnsRegistration' { Set-DnsClient -InterfaceAlias $target -RegisterThisConnectionsAddress ($before -eq $true) -Confirm:$false }
                  |    'SmbConstraint' {
WIN-80:M          |      Remove-SmbMultichannelConstraint -ServerName $target -Force
WIN-80:M          |      if ("$before") { New-SmbMultichannelConstraint -ServerName $target -InterfaceAlias ("$before" -split ',') -Force }
                  |    }
                  |    'SmbLimit' {
WIN-82:M          |      if ("$before") { Set-SmbBandwidthLimit -Category LiveMigration -BytesPerSecond ([uint64]$before) -Confirm:$false }
WIN-82:M          |      else { Remove-SmbBandwidthLimit -Category LiveMigration -Confirm:$false }
                  |    }
WIN-70:M          |    'MigrationOption' { Set-VMHost -VirtualMachineMigrationPerformanceOption "$before" }
WIN-71:M          |    'MigrationCount' { Set-VMHost -MaximumVirtualMachineMigrations ([int]$before) }
WIN-75:M          |    'MigrationNetwork' { Remove-VMMigrationNetwork -Subnet $target }
WIN-76:M          |    'MigrationAnyNetwork' { Set-VMHost -UseAnyNetworkForMigration ($before -eq $true) }
                  |    default { throw "$StateFile has a setting that this script does not know: $kind" }
                  |  }
                  |  "$target - $($entry.Setting): back to $text"
                  |  $left = @($left | Where-Object { $_ -ne $entry })
                  |  [IO.File]::WriteAllText($StateFile, (ConvertTo-Json -InputObject @($left) -Depth 4))
                  |}
                  |if ($left.Count -eq 0) { Move-Item -LiteralPath $StateFile -Destination ($StateFile + '.' + (Get-Date -Format 'yyyyMMddHHmmss') + '.undone') -Confirm:$false }
                  |else { "$($left.Count) changes are not put back." }
