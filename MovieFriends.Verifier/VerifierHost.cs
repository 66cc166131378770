using MovieFriends.Kafka;
using MovieFriends.Neo4j;
using MovieFriends.ServiceDefaults;
using MovieFriends.ServiceDefaults.Hosting;

namespace MovieFriends.Verifier;

/// <summary>The verifier as a host, for its own program and for whoever runs it in another.</summary>
internal static class VerifierHost
{
    /// <param name="args">The command line.</param>
    /// <param name="configure">Is asked first, before anything is read or added.</param>
    public static IHost Build(string[] args, Action<IHostApplicationBuilder>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder(ServiceArguments.With(args));
        configure?.Invoke(builder);
        builder.AddServiceDefaults();
        builder.AddKafkaDefaults();
        builder.AddNeo4jDriver("graph");
        builder.AddVerifier("kafka");
        return builder.Build();
    }
}
