using MovieFriends.Seeder;
using MovieFriends.Seeder.Graph;
using MovieFriends.ServiceDefaults;
using MovieFriends.ServiceDefaults.Configuration;
using MovieFriends.ServiceDefaults.Hosting;
using MovieFriends.ServiceDefaults.Neo4j;

return await ServiceRunner.RunAsync(() =>
{
    var builder = Host.CreateApplicationBuilder(args);
    builder.AddServiceDefaults(SeederTelemetry.Name);
    builder.AddNeo4jDriver("graph");
    builder.AddValidatedOptions<SeederOptions>(SeederOptions.Section);
    builder.Services.AddSingleton<SeedGraph>().AddSingleton<GraphReset>().AddSingleton<SeederTelemetry>();
    builder.Services.AddHostedService<SeederService>();
    return builder.Build();
});
