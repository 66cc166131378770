using Microsoft.Extensions.Configuration;
using MovieFriends.AppHost.Azure;

namespace MovieFriends.AppHost.Servers;

internal static class ConfigurationForwarding
{
    /// <summary>Stands for the colon of a key in the name of a variable.</summary>
    private const string Delimiter = "__";

    private static readonly string[] s_secretEndings = ["Password", "Secret", "KeyPem", "ConnectionString", "OauthbearerConfig"];

    /// <summary>
    /// Hands every setting that the AppHost has below <paramref name="section"/> to the resource, as the environment variable
    /// <c>Section__Key</c>. So one command line configures every service. Passwords go by way of secret parameters, which are masked
    /// where values are shown. Where the application is deployed, only <see cref="DeploymentSettings"/> count.
    /// </summary>
    public static IResourceBuilder<T> WithConfiguration<T>(this IResourceBuilder<T> builder, string section)
        where T : IResourceWithEnvironment
    {
        foreach (var (variable, value) in Variables(builder.ApplicationBuilder, section))
        {
            if (value is IResourceBuilder<ParameterResource> parameter)
                builder.WithEnvironment(variable, parameter);
            else
                builder.WithEnvironment(variable, (string)value);
        }

        return builder;
    }

    /// <summary>Hands the settings below these sections in the same way to every service that references the server.</summary>
    public static void WithClientConfiguration(this IResourceBuilder<IResourceWithConnectionString> server, params string[] sections)
    {
        foreach (var (variable, value) in sections.SelectMany(section => Variables(server.ApplicationBuilder, section)))
        {
            if (value is IResourceBuilder<ParameterResource> parameter)
                server.WithClientEnvironment(variable, parameter);
            else
                server.WithClientEnvironment(variable, (string)value);
        }
    }

    /// <summary>The variable of a key.</summary>
    public static string Variable(string key) => key.Replace(ConfigurationPath.KeyDelimiter, Delimiter, StringComparison.Ordinal);

    private static IEnumerable<(string Variable, object Value)> Variables(IDistributedApplicationBuilder builder, string section) =>
        builder.ExecutionContext.IsPublishMode
            ? DeploymentSettings.Of(builder, section)
            : builder.Configuration.GetSection(section).AsEnumerable().Where(setting => setting.Value is not null).Select(setting => Variable(setting.Key) is var variable && IsSecret(variable)
                ? (variable, (object)SecretParameter(builder, variable))
                : (variable, setting.Value!));

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
