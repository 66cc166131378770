using Microsoft.Extensions.Configuration;

namespace MovieFriends.AppHost.Servers;

internal static class ConfigurationForwarding
{
    /// <summary>Stands for the colon of a key in the name of a variable.</summary>
    private const string Delimiter = "__";

    private static readonly string[] s_secretEndings = ["Password", "Secret", "KeyPem", "ConnectionString", "OauthbearerConfig"];

    /// <summary>
    /// Hands every setting that the AppHost has below <paramref name="section"/> to the resource, as the environment variable
    /// <c>Section__Key</c>. So one command line configures every service. Passwords go by way of secret parameters, which are masked
    /// where values are shown and stand in no manifest.
    /// </summary>
    public static IResourceBuilder<T> WithConfiguration<T>(this IResourceBuilder<T> builder, string section)
        where T : IResourceWithEnvironment
    {
        foreach (var (variable, value) in Variables(builder.ApplicationBuilder, section))
        {
            if (IsSecret(variable))
                builder.WithEnvironment(variable, SecretParameter(builder.ApplicationBuilder, variable));
            else
                builder.WithEnvironment(variable, value);
        }

        return builder;
    }

    /// <summary>Hands the settings below these sections in the same way to every service that references the server.</summary>
    public static void WithClientConfiguration(this IResourceBuilder<IResourceWithConnectionString> server, params string[] sections)
    {
        foreach (var (variable, value) in sections.SelectMany(section => Variables(server.ApplicationBuilder, section)))
        {
            if (IsSecret(variable))
                server.WithClientEnvironment(variable, SecretParameter(server.ApplicationBuilder, variable));
            else
                server.WithClientEnvironment(variable, value);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Variables(IDistributedApplicationBuilder builder, string section)
    {
        foreach (var (key, value) in builder.Configuration.GetSection(section).AsEnumerable())
        {
            if (value is not null)
            {
                yield return new(key.Replace(ConfigurationPath.KeyDelimiter, Delimiter, StringComparison.Ordinal), value);
            }
        }
    }

    private static bool IsSecret(string variable) => Array.Exists(s_secretEndings, ending => variable.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static IResourceBuilder<ParameterResource> SecretParameter(IDistributedApplicationBuilder builder, string variable)
    {
        // Short enough for a resource's name, which has 64 characters at the most.
        var key = variable.Split(Delimiter);
        var name = string.Join('-', key.Except(["Aspire", "Confluent"], StringComparer.OrdinalIgnoreCase)).ToLowerInvariant();
        return builder.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == name) is { } known
            ? builder.CreateResourceBuilder(known)
            : builder.AddParameterFromConfiguration(name, string.Join(ConfigurationPath.KeyDelimiter, key), secret: true);
    }
}
