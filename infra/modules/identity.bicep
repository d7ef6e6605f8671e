metadata description = 'The one identity as which the app meets every other service. It has no password and no key.'

import { textByName } from '../types.bicep'

@description('Where the identity is kept.')
param location string

@description('Name of the identity.')
param name string

@description('Tags of every resource.')
param tags textByName

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id: what the site is given.')
output id string = identity.id

@description('Client id: what the SDKs ask a token for.')
output clientId string = identity.properties.clientId

@description('Object id: what roles are assigned to.')
output principalId string = identity.properties.principalId
