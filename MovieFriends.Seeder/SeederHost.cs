using MovieFriends.Extensions;
using MovieFriends.Neo4j;
using MovieFriends.Seeder.Graph;
using MovieFriends.ServiceDefaults;
using MovieFriends.ServiceDefaults.Hosting;

namespace MovieFriends.Seeder;

/// <summary>The seeder as a host, for its own program and for whoever runs it in another.</summary>
internal static class SeederHost
{
    /// <param name="args">The command line.</param>
    /// <param name="configure">Is asked first, before anything is read or added.</param>
    public static IHost Build(string[] args, Action<IHostApplicationBuilder>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder(ServiceArguments.With(args));
        configure?.Invoke(builder);
        builder.AddServiceDefaults(SeederTelemetry.Name);
        builder.AddNeo4jDriver("graph");
        builder.AddValidatedOptions<SeederOptions>(SeederOptions.Section);
        builder.Services.AddSingleton<SeedGraph>().AddSingleton<GraphReset>().AddSingleton<SeederTelemetry>();
        builder.Services.AddHostedService<SeederService>();
        return builder.Build();
    }
}
