using MovieFriends.ServiceDefaults;
using MovieFriends.ServiceDefaults.Hosting;
using MovieFriends.ServiceDefaults.Neo4j;
using MovieFriends.Verifier;

return await ServiceRunner.RunAsync(() =>
{
    var builder = Host.CreateApplicationBuilder(args);
    builder.AddServiceDefaults();
    builder.AddNeo4jDriver("graph");
    builder.AddChargeVerifier("kafka");
    return builder.Build();
});
