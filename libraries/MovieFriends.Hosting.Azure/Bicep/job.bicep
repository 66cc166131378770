metadata description = 'A container app job: work that ends. azd hands over strings alone, so what has a structure comes as JSON.'

@description('What the job is made of.')
type Settings = {
  @description('Processors, for example 0.5, and the memory that goes with them, for example 1Gi.')
  cpu: string
  memory: string

  @description('When the job starts by itself, in five fields; by hand if absent.')
  cron: string?

  timeoutSeconds: string

  @description('How often a run that failed is tried again.')
  retries: string

  @description('Replaces that of the image.')
  command: string[]?

  args: string[]?
}

@minLength(2)
@maxLength(32)
param name string

param image string

@description('JSON: Settings.')
param settings string

@description('JSON: the environment variables.')
param env string

@description('JSON: the environment variables that are secrets.')
@secure()
param secrets string

param environmentId string
param registryEndpoint string
param registryIdentityId string
param location string = resourceGroup().location

var work Settings = json(settings)
var once = { parallelism: 1, replicaCompletionCount: 1 }

resource job 'Microsoft.App/jobs@2025-01-01' = {
  name: name
  location: location
  tags: { 'aspire-resource-name': name }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${registryIdentityId}': {} }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'consumption'
    configuration: {
      triggerType: empty(work.?cron) ? 'Manual' : 'Schedule'
      ...(empty(work.?cron)
        ? { manualTriggerConfig: once }
        : { scheduleTriggerConfig: { cronExpression: work.?cron ?? '', ...once } })
      replicaTimeout: int(work.timeoutSeconds)
      replicaRetryLimit: int(work.retries)
      registries: [{ server: registryEndpoint, identity: registryIdentityId }]
      secrets: map(items(json(secrets)), variable => {
        name: toLower(replace(variable.key, '_', '-'))
        value: variable.value
      })
    }
    template: {
      containers: [
        {
          name: name
          image: image
          command: work.?command ?? []
          args: work.?args ?? []
          resources: { cpu: json(work.cpu), memory: work.memory }
          env: concat(
            map(items(json(env)), variable => { name: variable.key, value: variable.value }),
            map(items(json(secrets)), variable => { name: variable.key, secretRef: toLower(replace(variable.key, '_', '-')) })
          )
        }
      ]
    }
  }
}
