if (args.Contains("--refuse"))
    return 2;

var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });

var password = builder.AddParameter("password", new GenerateParameterDefault { MinLength = 12, Special = false }, secret: true);
var database = builder.AddConnectionString("database", ReferenceExpression.Create($"Endpoint=bolt://localhost:7687;Password={password}"));

var first = builder.AddProject<Projects.SampleWorker>("first")
    .WithArgs("serve")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReference(database);

builder.AddProject<Projects.SampleWorker>("second")
    .WithArgs("serve")
    .WithHttpEndpoint()
    .WithReference(first)
    .WaitFor(first);

if (builder.ExecutionContext.IsPublishMode)
    builder.AddKafka("kafka").WithDataVolume();

builder.Build().Run();
return 0;
