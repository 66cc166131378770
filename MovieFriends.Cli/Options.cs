using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using MovieFriends.Cli.Setup;
using MovieFriends.Cli.Testing;

namespace MovieFriends.Cli;

/// <summary>The options of all verbs. What is not given is left to the services' own defaults.</summary>
internal static class Options
{
    public static Option<long?> Users { get; } = Number("--users", "Users in the graph (1,000,000)", least: 1L);

    public static Option<long?> Messages { get; } = Number("--messages", "Charges to produce (1,000,000)", least: 1L);

    public static Option<long?> Rentals { get; } = Number("--rentals", "Rentals to produce and stream beside the charges (none)", least: 0L);

    public static Option<int?> BatchSize { get; } = Number("--batch-size", "Most charges in one transaction of the consumer", least: 1);

    public static Option<double?> Rate { get; } = Number("--rate", "Charges per second", least: 0.1);

    public static Option<FileInfo?> Json { get; } = new("--json") { Description = "Write the figures to this file" };

    public static Option<FileInfo?> Report { get; } = new("--report")
    {
        Description = "Write a report to this file, in Markdown (.md), with a picture beside it (.svg)",
        CustomParser = result =>
        {
            var path = result.Tokens[0].Value;
            if (path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path))
                return new FileInfo(path);
            result.AddError($"--report: '{path}' is not allowed; it takes a file whose name ends in .md.");
            return null;
        },
    };

    public static Option<bool> KeepRunning { get; } = new("--keep-running") { Description = "Leave servers and dashboard running at the end, until Ctrl-C" };

    public static Option<bool> NoDashboard { get; } = new($"--{AppHostSettings.NoDashboard}") { Description = "Do without the Aspire dashboard" };

    public static Option<ServerMode?> Servers { get; } = new("--servers")
    {
        Description = $"Where Kafka and Neo4j run: {ServerModeChoice.Allowed}",
        CustomParser = result =>
        {
            if (ServerModeChoice.Parse(result.Tokens[0].Value) is { } mode)
                return mode;
            result.AddError($"--servers: '{result.Tokens[0].Value}' is not known; allowed are {ServerModeChoice.Allowed}.");
            return null;
        },
    };

    public static Option<bool> Unit { get; } = new("--unit") { Description = "Only the tests that need no servers" };

    public static Option<bool> Integration { get; } = new("--integration") { Description = "Only the tests that need servers" };

    public static Option<bool> All { get; } = new("--all") { Description = "Every suite, not only unit and fast" };

    public static Option<Suite[]> Suites { get; } = new("--suite")
    {
        Description = $"Only these: {SuiteNames}",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',')).Select(name => Named(name, result)).OfType<Suite>()],
    };

    public static Option<string?> Filter { get; } = new("--filter") { Description = "Only tests whose class or method name contains this; '*' at its begin or end is a wildcard" };

    public static Option<bool> Volumes { get; } = new("--volumes") { Description = "Delete containers of this checkout and the volumes with their data, too" };

    public static Argument<string[]> Settings { get; } = new("settings")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Any setting, as Section:Key=value; docs/configuration.md lists them",
        Validators = { IsSetting },
    };

    private static string SuiteNames => string.Join(", ", Enum.GetNames<Suite>().Select(name => name.ToLowerInvariant()));

    public static Option<T?> Number<T>(string name, string description, T least)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= least)
                    return value;
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: '{text}' is not allowed; it takes a number from {least}."));
                return null;
            },
        };

    private static Suite? Named(string text, ArgumentResult result)
    {
        if (Enum.TryParse<Suite>(text, ignoreCase: true, out var suite) && Enum.IsDefined(suite) && !char.IsAsciiDigit(text[0]))
            return suite;
        result.AddError($"--suite: '{text}' is not known; there are {SuiteNames}.");
        return null;
    }

    private static void IsSetting(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) <= 0))
            result.AddError($"'{token.Value}' is not known; a setting is written Section:Key=value.");
    }
}
