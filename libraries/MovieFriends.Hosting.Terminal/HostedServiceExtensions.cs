using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MovieFriends.Hosting.Terminal;

internal static class HostedServiceExtensions
{
    /// <summary>
    /// Adds a service that watches the resources start. Aspire's own hosted service comes first in the order of starting and waits until
    /// the last resource has started; what is added behind it would miss all of that.
    /// </summary>
    public static IServiceCollection AddWatcher<T>(this IServiceCollection services, params object[] parameters)
        where T : class, IHostedService
    {
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<T>(provider, parameters)));
        return services;
    }
}
