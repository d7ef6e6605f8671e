metadata description = 'FundingFlow for one Forum: a function app, its storage, its identity, its logs and its secrets.'

import { alwaysReadyGroup, mailServer, textByName } from 'types.bicep'
import { mailPasswordName, staffKeyName } from 'modules/secrets.bicep'

@description('Short name of the Forum, part of the names of its resources: small letters, digits, hyphens.')
@minLength(2)
@maxLength(30)
param name string

@description('Where everything is kept. Flex Consumption is not in every region: `az functionapp list-flexconsumption-locations`.')
param location string = resourceGroup().location

@description('Name of the Forum as mails and pages show it.')
@minLength(1)
@maxLength(100)
param forumName string

@description('ISO 4217: the optimum, and totals over currencies, are in it. Not to be changed once there are pledges.')
@minLength(3)
@maxLength(3)
param reportingCurrency string = 'EUR'

@description('IANA name; a day is a day there.')
@minLength(3)
param timeZone string = 'Europe/Rome'

@description('Where the Forum is reached, without a slash at the end; links in mails start with it. Empty: the app\'s own address.')
param publicUrl string = ''

@description('The first staff key, with which staff make every other key. It goes into the vault; the app keeps only its hash.')
@secure()
@minLength(32)
param staffKey string

@description('The server that takes the mails; null: no mail is sent.')
param mail mailServer?

@description('Password at the mail server. It goes into the vault; empty: what the vault has stays.')
@secure()
param mailPassword string = ''

@description('Memory of an instance: price grows with it. 2048 holds the exact rebalance of 100,000 pledges.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('How many instances there may be. All pledges of an area meet in one partition, so many more add little.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances that are always there, so that nobody waits for a cold start; each is paid for by the second. None by default.')
param alwaysReady alwaysReadyGroup[] = []

@description('Copies of the ledger: in one building, in three zones of the region (not everywhere), or in a second region too.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Refuses to delete the storage account until the lock is taken off. Off only for a trial.')
param lockStorage bool = true

@description('How long logs are kept; the first 30 days cost nothing more.')
@minValue(30)
@maxValue(730)
param logRetentionInDays int = 30

@description('Logs over this many GB a day are dropped until the next day; -1 drops nothing, whatever it costs.')
@minValue(-1)
@maxValue(1000)
param logDailyCapInGb int = 1

@description('Tags of every resource.')
param tags textByName = {
  forum: name
}

var suffix = uniqueString(resourceGroup().id, name)

module identity 'modules/identity.bicep' = {
  params: {
    location: location
    name: 'id-${name}-${suffix}'
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  params: {
    location: location
    locked: lockStorage
    name: 'st${suffix}'
    sku: storageSku
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    dailyCapInGb: logDailyCapInGb
    insightsName: 'appi-${name}-${suffix}'
    location: location
    retentionInDays: logRetentionInDays
    tags: tags
    workspaceName: 'log-${name}-${suffix}'
  }
}

module secrets 'modules/secrets.bicep' = {
  params: {
    location: location
    mailPassword: mailPassword
    name: 'kv-${suffix}'
    staffKey: staffKey
    tags: tags
  }
}

module roles 'modules/roles.bicep' = {
  params: {
    insightsName: monitoring.outputs.insightsName
    principalId: identity.outputs.principalId
    storageName: storage.outputs.name
    vaultName: secrets.outputs.name
  }
}

// Without a version in the address, the app follows a new version of a secret within a day, or at its next start.
var staffKeyReference = '@Microsoft.KeyVault(SecretUri=${secrets.outputs.uri}secrets/${staffKeyName}/)'
var mailPasswordReference = '@Microsoft.KeyVault(SecretUri=${secrets.outputs.uri}secrets/${mailPasswordName}/)'

var mailServerSettings = mail == null
  ? {}
  : {
      FundingFlow__Mail__From: mail!.from
      FundingFlow__Mail__Host: mail!.host
      FundingFlow__Mail__Port: string(mail!.port)
    }

var mailUserSettings = empty(mail.?user)
  ? {}
  : {
      FundingFlow__Mail__Password: mailPasswordReference
      FundingFlow__Mail__User: mail!.user
    }

module app 'modules/app.bicep' = {
  params: {
    alwaysReady: alwaysReady
    identityClientId: identity.outputs.clientId
    identityId: identity.outputs.id
    insightsConnectionString: monitoring.outputs.connectionString
    instanceMemoryMB: instanceMemoryMB
    location: location
    maximumInstanceCount: maximumInstanceCount
    name: 'func-${name}-${suffix}'
    packageContainerUrl: storage.outputs.packageContainerUrl
    planName: 'plan-${name}-${suffix}'
    publicUrl: publicUrl
    settings: union(mailServerSettings, mailUserSettings, {
      FundingFlow__Access__StaffKey: staffKeyReference
      FundingFlow__ForumName: forumName
      FundingFlow__ReportingCurrency: reportingCurrency
      FundingFlow__TimeZone: timeZone
    })
    storageName: storage.outputs.name
    tags: tags
  }
  // The app reads its package, queues and secrets as soon as it exists.
  dependsOn: [roles]
}

@description('What `func azure functionapp publish` takes.')
output appName string = app.outputs.name

@description('Where the app is reached.')
output url string = app.outputs.url

@description('The vault with the staff key.')
output vaultName string = secrets.outputs.name
