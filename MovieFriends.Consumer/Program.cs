using MovieFriends.Consumer;
using MovieFriends.Consumer.Telemetry;
using MovieFriends.ServiceDefaults;
using MovieFriends.ServiceDefaults.Hosting;
using MovieFriends.ServiceDefaults.Neo4j;

return await ServiceRunner.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults(ConsumerTelemetry.Name);
    builder.AddNeo4jDriver("graph");
    builder.AddChargeConsumer("kafka");
    return builder.Build().MapDefaultEndpoints().MapConsumerStatus();
});
