metadata description = 'Where logs and figures go. Neither the workspace nor the component takes an instrumentation key.'

import { textByName } from '../types.bicep'

@description('Where the logs are kept.')
param location string

@description('Name of the Application Insights component.')
param insightsName string

@description('Name of the Log Analytics workspace.')
param workspaceName string

@description('How long logs are kept.')
@minValue(30)
@maxValue(730)
param retentionInDays int

@description('Logs over this many GB a day are dropped until the next day; -1 drops nothing.')
@minValue(-1)
@maxValue(1000)
param dailyCapInGb int

@description('Tags of every resource.')
param tags textByName

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    features: {
      disableLocalAuth: true
    }
    retentionInDays: retentionInDays
    sku: {
      name: 'PerGB2018'
    }
    workspaceCapping: {
      dailyQuotaGb: dailyCapInGb
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    DisableLocalAuth: true
    WorkspaceResourceId: workspace.id
  }
}

@description('Name of the component.')
output insightsName string = insights.name

@description('Says where to send to; with local authentication off it opens nothing by itself.')
output connectionString string = insights.properties.ConnectionString
