using Microsoft.Extensions.DependencyInjection;
using MovieFriends.Extensions;

namespace MovieFriends.Hosting.LocalServers;

/// <summary>What the local servers of an application share.</summary>
/// <param name="Java">What starts them.</param>
/// <param name="Ports">None is given to two of them.</param>
/// <param name="DataPath">Every server has a folder of its own in it, named after product and version.</param>
/// <param name="PackagesPath">Where npm has put servers.</param>
internal sealed record LocalServerHost(JavaRuntime Java, LoopbackPorts Ports, string DataPath, string PackagesPath)
{
    /// <summary>The only address that local servers listen on. Not <c>localhost</c>, which may mean <c>::1</c> as well.</summary>
    public const string Address = "127.0.0.1";

    /// <summary>The one of this application.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong.</exception>
    /// <exception cref="MachineException">Java is missing.</exception>
    public static LocalServerHost Of(IDistributedApplicationBuilder builder)
    {
        if (builder.Services.FirstOrDefault(service => service.ServiceType == typeof(LocalServerHost))?.ImplementationInstance is LocalServerHost known)
            return known;

        // Each by itself first, so that what is wrong is named by its whole key.
        builder.Configuration.ReadValidated<LocalKafkaOptions>(LocalServersOptions.KafkaSection);
        builder.Configuration.ReadValidated<LocalNeo4jOptions>(LocalServersOptions.Neo4jSection);
        var options = builder.Configuration.ReadValidated<LocalServersOptions>(LocalServersOptions.Section);
        var host = new LocalServerHost(
            JavaRuntime.Find(Environment.GetEnvironmentVariable),
            new LoopbackPorts(Random.Shared),
            Path.GetFullPath(options.DataPath, builder.AppHostDirectory),
            Path.GetFullPath(options.PackagesPath, builder.AppHostDirectory));
        builder.Services.AddSingleton(host);
        return host;
    }

    public string Folder(string product, string version) => Path.Combine(DataPath, $"{product}-{version}");
}
