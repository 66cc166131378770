metadata description = 'A container app. azd hands over strings alone, so what has a structure comes as JSON.'

@description('What the app is made of.')
type Settings = {
  @description('Processors, for example 0.5, and the memory that goes with them, for example 1Gi.')
  cpu: string
  memory: string

  minReplicas: string
  maxReplicas: string

  @description('How long a replica may take to end before it is killed.')
  terminationGracePeriodSeconds: string

  @description('Where the app listens; nowhere if absent.')
  ingress: Ingress?

  @description('Replaces that of the image.')
  command: string[]?

  args: string[]?
  volumes: Volume[]
  kafkaLag: KafkaLag?
}

type Ingress = {
  @description('Whether the internet reaches the app, and not only its environment.')
  external: bool

  @description('An app that speaks something else than HTTP is reached by its name and port.')
  transport: ('http' | 'tcp')
  targetPort: string
  additionalPorts: string[]

  @description('A path that answers while the process is well. Without one, a probe only connects.')
  probePath: string?
}

type Volume = {
  name: string
  path: string

  @description('EmptyDir goes with the replica; AzureFile is the share of that name.')
  storageType: ('EmptyDir' | 'AzureFile')
  share: string?
  mountOptions: string?
}

@description('Adds replicas while messages wait for a consumer group of Kafka.')
type KafkaLag = {
  @description('The variable of the app that has the bootstrap servers.')
  connectionVariable: string
  consumerGroup: string
  topic: string

  @description('How many waiting messages are worth a replica.')
  lagThreshold: string
}

@description('Its name, which is also its host name.')
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
param environmentDomain string
param registryEndpoint string
param registryIdentityId string
param location string = resourceGroup().location

var app Settings = json(settings)
var targetPort = int(app.?ingress.?targetPort ?? '0')
var isHttp = app.?ingress.?transport == 'http'
var test = empty(app.?ingress.?probePath)
  ? { tcpSocket: { port: targetPort } }
  : { httpGet: { path: app.?ingress.?probePath, port: targetPort, scheme: 'HTTP' } }

// The client of Kafka and the scaler have other words for the same.
var kafkaConfig = 'Aspire__Confluent__Kafka__Config__'
var variables = union(json(env), json(secrets))
var protocol = toLower(variables[?'${kafkaConfig}SecurityProtocol'] ?? '')
var mechanism = toLower(variables[?'${kafkaConfig}SaslMechanism'] ?? '')
var tls = contains(protocol, 'ssl') ? 'enable' : 'disable'
var mechanisms = {
  plain: 'plaintext'
  scramsha256: 'scram_sha256'
  scramsha512: 'scram_sha512'
}
var sasl = startsWith(protocol, 'sasl') ? (mechanisms[?mechanism] ?? 'none') : 'none'

resource containerApp 'Microsoft.App/containerApps@2025-01-01' = {
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
      activeRevisionsMode: 'Single'
      registries: [{ server: registryEndpoint, identity: registryIdentityId }]
      secrets: map(items(json(secrets)), variable => {
        name: toLower(replace(variable.key, '_', '-'))
        value: variable.value
      })
      ...(app.?ingress == null ? {} : {
        ingress: {
          external: app.ingress!.external
          transport: app.ingress!.transport
          targetPort: targetPort
          ...(isHttp ? { allowInsecure: !app.ingress!.external } : { exposedPort: targetPort })
          additionalPortMappings: map(app.ingress!.additionalPorts, port => { external: false, targetPort: int(port) })
        }
      })
    }
    template: {
      terminationGracePeriodSeconds: int(app.terminationGracePeriodSeconds)
      containers: [
        {
          name: name
          image: image
          command: app.?command ?? []
          args: app.?args ?? []
          resources: { cpu: json(app.cpu), memory: app.memory }
          env: concat(
            map(items(json(env)), variable => { name: variable.key, value: variable.value }),
            map(items(json(secrets)), variable => { name: variable.key, secretRef: toLower(replace(variable.key, '_', '-')) })
          )
          volumeMounts: map(app.volumes, volume => { volumeName: volume.name, mountPath: volume.path })
          // Two and a half minutes for a start: a database on a share takes its time.
          probes: app.?ingress == null ? [] : [
            { type: 'Startup', initialDelaySeconds: 5, periodSeconds: 15, failureThreshold: 10, timeoutSeconds: 5, ...test }
            { type: 'Readiness', periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 5, ...test }
            { type: 'Liveness', periodSeconds: 10, failureThreshold: 6, timeoutSeconds: 5, ...test }
          ]
        }
      ]
      volumes: map(app.volumes, volume => {
        name: volume.name
        storageType: volume.storageType
        ...(volume.storageType == 'AzureFile' ? { storageName: volume.?share, mountOptions: volume.?mountOptions } : {})
      })
      scale: {
        minReplicas: int(app.minReplicas)
        maxReplicas: int(app.maxReplicas)
        rules: app.?kafkaLag == null ? [] : [
          {
            name: 'kafka-lag'
            custom: {
              type: 'kafka'
              metadata: {
                bootstrapServers: variables[app.kafkaLag!.connectionVariable]
                consumerGroup: app.kafkaLag!.consumerGroup
                topic: app.kafkaLag!.topic
                lagThreshold: app.kafkaLag!.lagThreshold
                // No secrets: KEDA takes them here as well as among the parameters of authentication, but not in both places.
                sasl: sasl
                tls: tls
              }
              auth: sasl == 'none' ? [] : [
                { triggerParameter: 'username', secretRef: toLower(replace('${kafkaConfig}SaslUsername', '_', '-')) }
                { triggerParameter: 'password', secretRef: toLower(replace('${kafkaConfig}SaslPassword', '_', '-')) }
              ]
            }
          }
        ]
      }
    }
  }
}

@description('Where others in the environment reach the app.')
output host string = isHttp ? '${containerApp.name}.internal.${environmentDomain}' : containerApp.name
