metadata description = 'What container apps and jobs run in: environment, registry, identity, logs, dashboard and file shares.'

@description('Who deploys. Gets the right to see the Aspire dashboard; nobody does if it is empty.')
param userPrincipalId string = ''

@description('The names of the file shares that apps keep data in, separated by commas. Without one there is no storage account.')
param shares string = ''

@description('The size of each share, in GiB. What is paid for is what is stored.')
@minValue(1)
@maxValue(5120)
param shareQuota int = 100

param location string = resourceGroup().location
param tags object = {}

var token = uniqueString(resourceGroup().id)
var shareNames = empty(shares) ? [] : split(shares, ',')
var acrPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')
var contributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b24988ac-6180-42a0-ab88-20f7382dd24c')

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'law-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: 'acr${token}'
  location: location
  tags: tags
  sku: { name: 'Basic' }
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'mi-${token}'
  location: location
  tags: tags
}

resource identityPullsImages 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, identity.id, acrPull)
  scope: registry
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: acrPull
  }
}

resource environment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: 'cae-${token}'
  location: location
  tags: tags
  properties: {
    workloadProfiles: [
      {
        name: 'consumption'
        workloadProfileType: 'Consumption'
      }
    ]
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

resource dashboard 'Microsoft.App/managedEnvironments/dotNetComponents@2024-10-02-preview' = {
  parent: environment
  name: 'aspire-dashboard'
  properties: {
    componentType: 'AspireDashboard'
  }
}

resource userSeesDashboard 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(userPrincipalId)) {
  name: guid(environment.id, userPrincipalId, contributor)
  scope: environment
  properties: {
    principalId: userPrincipalId
    roleDefinitionId: contributor
  }
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = if (!empty(shares)) {
  name: 'vol${token}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    allowBlobPublicAccess: false
  }

  resource files 'fileServices' = {
    name: 'default'

    resource share 'shares' = [for name in shareNames: {
      name: name
      properties: {
        enabledProtocols: 'SMB'
        shareQuota: shareQuota
      }
    }]
  }
}

resource mounts 'Microsoft.App/managedEnvironments/storages@2025-01-01' = [for (name, index) in shareNames: {
  parent: environment
  name: name
  properties: {
    azureFile: {
      accountName: storage.name
      accountKey: storage!.listKeys().keys[0].value
      shareName: storage::files::share[index].name
      accessMode: 'ReadWrite'
    }
  }
}]

// azd knows these by name.
output AZURE_LOG_ANALYTICS_WORKSPACE_NAME string = logs.name
output AZURE_CONTAINER_REGISTRY_NAME string = registry.name
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.properties.loginServer
output AZURE_CONTAINER_REGISTRY_MANAGED_IDENTITY_ID string = identity.id
output AZURE_CONTAINER_APPS_ENVIRONMENT_NAME string = environment.name
output AZURE_CONTAINER_APPS_ENVIRONMENT_ID string = environment.id
output AZURE_CONTAINER_APPS_ENVIRONMENT_DEFAULT_DOMAIN string = environment.properties.defaultDomain
output AZURE_VOLUMES_STORAGE_ACCOUNT string = empty(shares) ? '' : storage.name
