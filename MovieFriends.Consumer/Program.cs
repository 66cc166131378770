using MovieFriends.Consumer;
using MovieFriends.ServiceDefaults;
using MovieFriends.ServiceDefaults.Hosting;
using MovieFriends.ServiceDefaults.Neo4j;

return await ServiceRunner.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults(MovieFriends.Consumer.Telemetry.ConsumerTelemetry.Name);
    builder.AddNeo4jDriver("graph");
    builder.AddChargeConsumer("kafka");
    return builder.Build().MapDefaultEndpoints();
});
