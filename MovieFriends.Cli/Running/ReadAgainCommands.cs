using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MovieFriends.Contracts.Topics;

namespace MovieFriends.Cli.Running;

/// <summary>The verbs that let something be read once more; both only say what they would do unless told to do it.</summary>
internal static class ReadAgainCommands
{
    private static readonly Option<bool> s_apply = new("--apply") { Description = "Do it; without this, only say what would be done" };

    private static readonly Option<string?> s_topic = new("--topic") { Description = "The topic (charges); its dead letters are in TOPIC.dead-letter" };

    private static readonly Option<string?> s_errorType = new("--error-type")
    {
        Description = $"Only dead letters of this kind: {string.Join(", ", DeadLetterReasons.All)}",
        CustomParser = result => Parse("--error-type", result, DeadLetterReasons.All.Contains, text => text, $"allowed are {string.Join(", ", DeadLetterReasons.All)}."),
    };

    private static readonly Option<string?> s_toTime = new("--to-time")
    {
        Description = "The first message that Kafka has from this time or later, ISO 8601; UTC where no zone is given",
        CustomParser = result => Parse("--to-time", result, text => IsTime(text, out _), Utc, "it takes a time such as 2026-11-23T08:00:00Z."),
    };

    private static readonly Option<string?> s_toOffset = new("--to-offset")
    {
        Description = "This offset; 0 is the beginning",
        CustomParser = result => Parse("--to-offset", result, IsNumber, text => text, "it takes a number from 0."),
    };

    private static readonly Option<string?> s_partition = new("--partition")
    {
        Description = "Only this partition; all if not given",
        CustomParser = result => Parse("--partition", result, IsNumber, text => text, "it takes a number from 0."),
    };

    public static Command Replay(Checkout checkout, Display display)
    {
        var command = new Command("replay", "Put dead letters back to the end of their topic, each original once. Without --apply, only say which.")
        {
            s_topic, s_errorType, s_apply, Options.Settings,
        };
        command.SetAction((parsed, cancellationToken) => new OneShotRun(checkout, display).RunAsync(
            Checkout.Replayer,
            Arguments(parsed).Set("Replayer:Mode", "Replay").Set("Replayer:ErrorType", parsed.GetValue(s_errorType)),
            cancellationToken));
        return command;
    }

    public static Command Rewind(Checkout checkout, Display display)
    {
        var command = new Command("rewind", "Move the place in the topic from which the consumer reads, back or forward. Without --apply, only say from where to where.")
        {
            s_topic, s_toTime, s_toOffset, s_partition, s_apply, Options.Settings,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(s_toTime) is null == result.GetResult(s_toOffset) is null)
                result.AddError("rewind takes either --to-time or --to-offset.");
        });
        command.SetAction((parsed, cancellationToken) => new OneShotRun(checkout, display).RunAsync(
            Checkout.Replayer,
            Arguments(parsed)
                .Set("Replayer:Mode", "Rewind")
                .Set("Replayer:ToTime", parsed.GetValue(s_toTime))
                .Set("Replayer:ToOffset", parsed.GetValue(s_toOffset))
                .Set("Replayer:Partition", parsed.GetValue(s_partition)),
            cancellationToken));
        return command;
    }

    private static AppHostArguments Arguments(ParseResult parsed) =>
        new AppHostArguments().SetAll(parsed.GetValue(Options.Settings)).Set("Replayer:Topic", parsed.GetValue(s_topic)).Set("Replayer:Apply", parsed.GetValue(s_apply) ? "true" : "false");

    private static string? Parse(string name, ArgumentResult result, Func<string, bool> isAllowed, Func<string, string> convert, string rule)
    {
        var text = result.Tokens[0].Value;
        if (isAllowed(text))
            return convert(text);
        result.AddError($"{name}: '{text}' is not allowed; {rule}");
        return null;
    }

    private static bool IsNumber(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    private static string Utc(string text) => IsTime(text, out var time) ? time.UtcDateTime.ToString("o", CultureInfo.InvariantCulture) : text;
}
