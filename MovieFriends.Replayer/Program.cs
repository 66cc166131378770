using MovieFriends.Replayer;
using MovieFriends.ServiceDefaults;
using MovieFriends.ServiceDefaults.Hosting;
using MovieFriends.ServiceDefaults.Neo4j;

return await ServiceRunner.RunAsync(() =>
{
    var builder = Host.CreateApplicationBuilder(args);
    builder.AddServiceDefaults();
    builder.AddNeo4jDriver("graph");
    builder.AddReplayer("kafka");
    return builder.Build();
});
