using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace MovieFriends.AppHost.Servers;

internal static class ConfigurationForwarding
{
    /// <summary>
    /// Hands every setting that the AppHost has below <paramref name="section"/> to the resource, as the environment variable
    /// <c>Section__Key</c>. So one command line configures every service.
    /// </summary>
    public static IResourceBuilder<T> WithConfiguration<T>(this IResourceBuilder<T> builder, string section)
        where T : IResourceWithEnvironment
    {
        foreach (var (key, value) in builder.ApplicationBuilder.Configuration.GetSection(section).AsEnumerable())
        {
            if (value is not null)
            {
                builder.WithEnvironment(key.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal), value);
            }
        }

        return builder;
    }
}
