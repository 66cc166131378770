using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>Tells the clients of a server what they need besides its address.</summary>
public static class ClientEnvironmentBuilderExtensions
{
    /// <summary>
    /// Gives an environment variable to every resource that references this one by <c>WithReference</c>. What that resource itself sets, wins; of two
    /// values for one variable the later one counts.
    /// </summary>
    /// <typeparam name="T">The kind of server.</typeparam>
    /// <param name="builder">The server.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="value">Its value.</param>
    public static IResourceBuilder<T> WithClientEnvironment<T>(this IResourceBuilder<T> builder, string name, string value)
        where T : IResource => builder.Add(name, value);

    /// <summary>The same with the value of a parameter, which may be a secret.</summary>
    /// <typeparam name="T">The kind of server.</typeparam>
    /// <param name="builder">The server.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="value">The parameter.</param>
    public static IResourceBuilder<T> WithClientEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> value)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(value);
        return builder.Add(name, value.Resource);
    }

    /// <summary>Adds the variables to the resources that reference servers with some.</summary>
    internal static void Apply(IEnumerable<IResource> resources)
    {
        foreach (var client in resources.OfType<IResourceWithEnvironment>())
        {
            var servers = client.Annotations.OfType<ResourceRelationshipAnnotation>().Where(relation => relation.Type == "Reference").Select(relation => relation.Resource).Distinct();
            ClientEnvironmentAnnotation[] variables = [.. servers.SelectMany(server => server.Annotations.OfType<ClientEnvironmentAnnotation>())];
            if (variables.Length == 0)
                continue;

            // First, so that whatever the client's own statements set comes later.
            client.Annotations.Insert(0, new EnvironmentCallbackAnnotation(context =>
            {
                foreach (var (name, value) in variables)
                    context.EnvironmentVariables[name] = value;
            }));
        }
    }

    private static IResourceBuilder<T> Add<T>(this IResourceBuilder<T> builder, string name, object value)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Subscribe(builder.ApplicationBuilder);
        return builder.WithAnnotation(new ClientEnvironmentAnnotation(name, value));
    }

    // Once for the application: only when it is complete is it known who references what.
    private static void Subscribe(IDistributedApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(Subscription)))
            return;

        builder.Services.AddSingleton<Subscription>();
        builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
        {
            Apply(start.Model.Resources);
            return Task.CompletedTask;
        });
    }

    private sealed class Subscription;
}
