metadata description = 'The function app on the Flex Consumption plan.'

import { alwaysReadyGroup, textByName } from '../types.bicep'

@description('Where the app runs.')
param location string

@description('Name of the function app.')
@maxLength(60)
param name string

@description('Name of its plan.')
param planName string

@description('Resource id of the identity.')
param identityId string

@description('Client id of the identity.')
param identityClientId string

@description('Name of the storage account.')
param storageName string

@description('The container that the app is deployed to.')
param packageContainerUrl string

@description('Where logs go.')
param insightsConnectionString string

@description('Memory of an instance.')
param instanceMemoryMB int

@description('How many instances there may be.')
param maximumInstanceCount int

@description('Instances that are always there.')
param alwaysReady alwaysReadyGroup[]

@description('Settings of FundingFlow itself. Secrets only as references into the vault.')
param settings textByName

@description('Where the Forum is reached; empty: at the app\'s own address.')
param publicUrl string

@description('Tags of every resource.')
param tags textByName

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: {
      minTlsVersion: '1.2'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        alwaysReady: alwaysReady
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }
    }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: site
  name: 'appsettings'
  properties: union(settings, {
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
    APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
    AzureWebJobsStorage__accountName: storageName
    AzureWebJobsStorage__clientId: identityClientId
    AzureWebJobsStorage__credential: 'managedidentity'
    FundingFlow__PublicUrl: empty(publicUrl) ? 'https://${site.properties.defaultHostName}' : publicUrl
  })
}

// Deploying needs a sign-in; no user name and password do it.
resource noScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: site
  name: 'scm'
  properties: {
    allow: false
  }
}

resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: site
  name: 'ftp'
  properties: {
    allow: false
  }
}

@description('Name of the function app.')
output name string = site.name

@description('Where it is reached.')
output url string = 'https://${site.properties.defaultHostName}'
