using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace MovieFriends.AppHost.Servers;

internal static class ConfigurationForwarding
{
    private static readonly string[] SecretEndings = ["Password", "Secret", "KeyPem", "ConnectionString", "OauthbearerConfig"];

    /// <summary>
    /// Hands every setting that the AppHost has below <paramref name="section"/> to the resource, as the environment variable
    /// <c>Section__Key</c>. So one command line configures every service. Passwords go by way of secret parameters, which are masked
    /// where values are shown and stand in no manifest.
    /// </summary>
    public static IResourceBuilder<T> WithConfiguration<T>(this IResourceBuilder<T> builder, string section)
        where T : IResourceWithEnvironment
    {
        foreach (var (key, value) in builder.ApplicationBuilder.Configuration.GetSection(section).AsEnumerable())
        {
            if (value is null)
            {
                continue;
            }

            var variable = key.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal);
            if (IsSecret(key))
            {
                builder.WithEnvironment(variable, SecretParameter(builder.ApplicationBuilder, key));
            }
            else
            {
                builder.WithEnvironment(variable, value);
            }
        }

        return builder;
    }

    private static bool IsSecret(string key) => Array.Exists(SecretEndings, ending => key.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static IResourceBuilder<ParameterResource> SecretParameter(IDistributedApplicationBuilder builder, string key)
    {
        // Short enough for a resource's name, which has 64 characters at the most.
        var name = string.Join('-', key.Split(ConfigurationPath.KeyDelimiter).Except(["Aspire", "Confluent"], StringComparer.OrdinalIgnoreCase)).ToLowerInvariant();
        return builder.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == name) is { } known
            ? builder.CreateResourceBuilder(known)
            : builder.AddParameterFromConfiguration(name, key, secret: true);
    }
}
