metadata description = 'The storage account: ledger, queues, imports and the deployed package. Reached by identity only.'

import { textByName } from '../types.bicep'

@description('Where the account is kept.')
param location string

@description('Name of the account.')
@minLength(3)
@maxLength(24)
param name string

@description('How many copies there are, and how far apart.')
param sku string

@description('Refuses to delete the account, by hand or with its group, until the lock is taken off.')
param locked bool

@description('Tags of every resource.')
param tags textByName

// The app creates at its start whatever table, queue or container is missing. The queues are declared as well because
// their triggers are watched from outside the app, which may not have run yet.
var queueNames = [
  'pledges-submitted'
  'funding-changed'
  'lines-to-reopen'
  'digests-to-send'
  'imports-to-run'
  'rebalances-to-run'
  'notify-staff'
]

var packageContainerName = 'app-package'

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // The app has no virtual network of its own: what keeps others out is that no key opens the account.
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: 'Allow'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: {
      enabled: true
      days: 7
    }
  }
}

resource packageContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = {
  parent: blobs
  name: packageContainerName
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2024-01-01' = [
  for queue in queueNames: {
    parent: queueService
    name: queue
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (locked) {
  scope: account
  name: 'holds-the-ledger'
  properties: {
    level: 'CanNotDelete'
    notes: 'The ledger of every pledge is in this account.'
  }
}

@description('Name of the account.')
output name string = account.name

@description('The container that the app is deployed to and started from.')
output packageContainerUrl string = '${account.properties.primaryEndpoints.blob}${packageContainer.name}'
