using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MovieFriends.Extensions;

/// <summary>Binds options so that whatever is wrong with them is said at start, in one line, by key.</summary>
public static class OptionsExtensions
{
    /// <summary>Adds options that are bound to a section and checked when the service starts.</summary>
    /// <returns>The options as configured now, for decisions while the service is put together.</returns>
    /// <exception cref="ConfigurationException">A key is unknown, or a value cannot be read or is out of range.</exception>
    public static TOptions AddValidatedOptions<TOptions>(this IHostApplicationBuilder builder, string section)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Configuration.ReadValidated<TOptions>(section);
        builder.Services.AddSingleton(Options.Create(options));
        return options;
    }

    /// <summary>Reads options from a section and checks them, but does not add them.</summary>
    /// <param name="configuration">What the host is configured with.</param>
    /// <param name="section">The section.</param>
    /// <exception cref="ConfigurationException">A key is unknown, or a value cannot be read or is out of range.</exception>
    public static TOptions ReadValidated<TOptions>(this IConfiguration configuration, string section)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var values = configuration.GetSection(section);
        RefuseUnknownKeys<TOptions>(values, values.GetChildren());
        return Bind<TOptions>(values);
    }

    /// <summary>
    /// Reads settings of one of several clients: from a section, and over them from its subsection for the client. They are checked, but not added.
    /// </summary>
    /// <param name="configuration">What the host is configured with.</param>
    /// <param name="section">What all clients have in common, and a subsection for each that differs.</param>
    /// <param name="name">The client's subsection.</param>
    /// <exception cref="ConfigurationException">A key is unknown, or a value cannot be read or is out of range.</exception>
    public static TOptions ReadValidated<TOptions>(this IConfiguration configuration, string section, string name)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var (common, own) = (configuration.GetSection(section), configuration.GetSection(section).GetSection(name));

        // What has keys below it belongs to a client.
        RefuseUnknownKeys<TOptions>(common, common.GetChildren().Where(child => !child.GetChildren().Any()));
        RefuseUnknownKeys<TOptions>(own, own.GetChildren());
        return Bind<TOptions>(common, own);
    }

    /// <summary>Refuses to start without a connection string.</summary>
    /// <exception cref="ConfigurationException">It is missing.</exception>
    public static void RequireConnectionString(this IHostApplicationBuilder builder, string name, string example)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(name)))
            throw new ConfigurationException($"ConnectionStrings:{name} is missing; set it (environment: ConnectionStrings__{name}), for example to {example}.");
    }

    /// <summary>Adds how often progress is told: section <c>Progress</c>.</summary>
    /// <exception cref="ConfigurationException">A value cannot be read or is out of range.</exception>
    public static void AddProgressOptions(this IHostApplicationBuilder builder) =>
        builder.AddValidatedOptions<ProgressOptions>(ProgressOptions.Section);

    // A later section overrides those before it.
    private static TOptions Bind<TOptions>(params IConfigurationSection[] sections)
        where TOptions : class, new()
    {
        var options = new TOptions();
        foreach (var values in sections)
        {
            try
            {
                values.Bind(options);
            }
            catch (InvalidOperationException exception)
            {
                throw new ConfigurationException(Unreadable<TOptions>(values, exception), exception);
            }
        }

        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true))
            throw new ConfigurationException(string.Join(" ", problems.Select(problem => Describe(sections, problem))));

        return options;
    }

    private static void RefuseUnknownKeys<TOptions>(IConfigurationSection values, IEnumerable<IConfigurationSection> children)
    {
        var known = typeof(TOptions).GetProperties().Where(p => p.CanWrite).Select(p => p.Name).ToArray();
        foreach (var child in children)
        {
            if (!known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                throw new ConfigurationException($"{child.Path} is not an option; {values.Path} has: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
        }
    }

    private static string Unreadable<TOptions>(IConfigurationSection values, Exception exception)
    {
        foreach (var property in typeof(TOptions).GetProperties().Where(p => p.CanWrite))
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (values[property.Name] is { } text && exception.Message.Contains($"'{values.Path}:{property.Name}'", StringComparison.OrdinalIgnoreCase))
                return $"{values.Path}:{property.Name} = '{text}': must be {Kind(type)}.";
        }

        return $"{values.Path}: {exception.Message}";
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "one of " + string.Join(", ", Enum.GetNames(type)),
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) || type == typeof(short) => "a whole number",
        _ when type == typeof(double) => "a number",
        _ when type == typeof(TimeSpan) => "a time span (hh:mm:ss)",
        _ => "a " + type.Name,
    };

    private static string Describe(IConfigurationSection[] sections, ValidationResult problem)
    {
        var member = problem.MemberNames.FirstOrDefault() ?? string.Empty;
        var values = Array.FindLast(sections, section => member.Length > 0 && section[member] is not null) ?? sections[0];
        var key = member.Length == 0 ? values.Path : $"{values.Path}:{member}";
        return $"{key} = '{values[member]}': {problem.ErrorMessage}";
    }
}
