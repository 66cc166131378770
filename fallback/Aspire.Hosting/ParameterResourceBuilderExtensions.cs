using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Adds parameters.</summary>
public static class ParameterResourceBuilderExtensions
{
    private const int DefaultPasswordLength = 22;

    /// <summary>Adds a parameter whose value stands under <c>Parameters:NAME</c> in the configuration.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, bool secret = false) =>
        builder.AddParameter(FromConfiguration(builder, name, secret, null));

    /// <summary>Adds a parameter with a value.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="publishValueAsDefault">Whether the manifest holds the value, as a default the configuration can override.</param>
    /// <param name="secret">Whether the value is masked.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>Adds a parameter whose value a function finds.</summary>
    /// <exception cref="ArgumentException">A secret must not be published.</exception>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
    {
        if (publishValueAsDefault && secret)
            throw new ArgumentException("A secret parameter cannot be published with its value.", nameof(publishValueAsDefault));
        return builder.AddParameter(publishValueAsDefault
            ? FromConfiguration(builder, name, secret, new ConstantParameterDefault(valueGetter))
            : new ParameterResource(name, _ => valueGetter(), secret));
    }

    /// <summary>Adds a parameter with a default.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="value">The default.</param>
    /// <param name="secret">Whether the value is masked.</param>
    /// <param name="persist">Ignored: this host keeps nothing in the user's profile.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, ParameterDefault value, bool secret = false, bool persist = false) =>
        builder.AddParameter(FromConfiguration(builder, name, secret, value));

    /// <summary>Adds a parameter whose value stands under a key of the configuration.</summary>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(this IDistributedApplicationBuilder builder, [ResourceName] string name, string configurationKey, bool secret = false) =>
        builder.AddParameter(new ParameterResource(name, d => FindValue(builder.Configuration, configurationKey, name, d), secret));

    /// <summary>Adds a connection string that stands under <c>ConnectionStrings:NAME</c> in the configuration.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(this IDistributedApplicationBuilder builder, [ResourceName] string name, string? environmentVariableName = null) =>
        builder.AddParameter(new ConnectionStringParameterResource(name,
            _ => builder.Configuration.GetConnectionString(name)
                ?? throw new MissingParameterValueException($"The connection string '{name}' is missing: set 'ConnectionStrings:{name}' in the configuration."),
            environmentVariableName));

    /// <summary>A secret parameter, random unless the configuration has a value. It is not added to the application.</summary>
    public static ParameterResource CreateDefaultPasswordParameter(IDistributedApplicationBuilder builder, string name, bool lower = true, bool upper = true, bool numeric = true, bool special = true, int minLower = 0, int minUpper = 0, int minNumeric = 0, int minSpecial = 0) =>
        CreateGeneratedParameter(builder, name, secret: true, new GenerateParameterDefault
        {
            MinLength = DefaultPasswordLength,
            Lower = lower,
            Upper = upper,
            Numeric = numeric,
            Special = special,
            MinLower = minLower,
            MinUpper = minUpper,
            MinNumeric = minNumeric,
            MinSpecial = minSpecial,
        });

    /// <summary>A parameter, random unless the configuration has a value. It is not added to the application.</summary>
    /// <remarks>The official host keeps such values in the user's secrets; this one makes them anew at each start.</remarks>
    public static ParameterResource CreateGeneratedParameter(IDistributedApplicationBuilder builder, string name, bool secret, GenerateParameterDefault parameterDefault) =>
        FromConfiguration(builder, name, secret, parameterDefault);

    /// <summary>A parameter from the configuration. It is not added to the application.</summary>
    public static ParameterResource CreateParameter(IDistributedApplicationBuilder builder, string name, bool secret) =>
        FromConfiguration(builder, name, secret, null);

    /// <summary>Says what the parameter is for.</summary>
    public static IResourceBuilder<ParameterResource> WithDescription(this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        builder.Resource.Description = description;
        return builder;
    }

    private static IResourceBuilder<T> AddParameter<T>(this IDistributedApplicationBuilder builder, T parameter)
        where T : ParameterResource =>
        builder.AddResource(parameter).WithInitialState(new CustomResourceSnapshot { ResourceType = "Parameter", Properties = [], State = KnownResourceStates.Waiting });

    private static ParameterResource FromConfiguration(IDistributedApplicationBuilder builder, string name, bool secret, ParameterDefault? value) =>
        new(name, d => FindValue(builder.Configuration, $"Parameters:{name}", name, d), secret) { Default = value };

    private static string FindValue(ConfigurationManager configuration, string key, string name, ParameterDefault? value) =>
        configuration[key] ?? configuration[key.Replace('-', '_')] ?? value?.GetDefaultValue()
            ?? throw new MissingParameterValueException($"The parameter '{name}' has no value: set '{key}' in the configuration.");
}
