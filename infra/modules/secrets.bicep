metadata description = 'The vault with what cannot be an identity: the first staff key and the password of the mail server.'

import { textByName } from '../types.bicep'

@description('Where the vault is kept.')
param location string

@description('Name of the vault.')
@minLength(3)
@maxLength(24)
param name string

@description('The first staff key.')
@secure()
@minLength(32)
param staffKey string

@description('Password at the mail server; empty: what the vault has stays.')
@secure()
param mailPassword string

@description('Tags of every resource.')
param tags textByName

@export()
@description('Under which name the vault has the staff key.')
var staffKeyName = 'staff-key'

@export()
@description('Under which name the vault has the mail password, once there is one.')
var mailPasswordName = 'mail-password'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    enablePurgeProtection: true
    enableRbacAuthorization: true
    enableSoftDelete: true
    // The app has no virtual network of its own; the role decides who reads.
    publicNetworkAccess: 'Enabled'
    sku: {
      family: 'A'
      name: 'standard'
    }
    softDeleteRetentionInDays: 90
    tenantId: tenant().tenantId
  }
}

resource staffKeySecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: staffKeyName
  properties: {
    contentType: 'text/plain'
    value: staffKey
  }
}

resource mailPasswordSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(mailPassword)) {
  parent: vault
  name: mailPasswordName
  properties: {
    contentType: 'text/plain'
    value: mailPassword
  }
}

@description('Name of the vault.')
output name string = vault.name

@description('Address of the vault, with a slash at the end.')
output uri string = vault.properties.vaultUri
