using System.Text.Json;
using System.Text.Json.Serialization;

namespace MovieFriends.Cli.Testing;

/// <summary>A line that an xunit.v3 test program writes in its automated mode: something began or ended. Each kind has some of the properties.</summary>
internal sealed partial record TestMessage
{
    [JsonPropertyName("$type")]
    public string Type { get; init; } = "";

    [JsonPropertyName("TestClassUniqueID")]
    public string? ClassId { get; init; }

    [JsonPropertyName("TestClassSimpleName")]
    public string? ClassName { get; init; }

    [JsonPropertyName("TestClassNamespace")]
    public string? Namespace { get; init; }

    [JsonPropertyName("TestUniqueID")]
    public string? TestId { get; init; }

    [JsonPropertyName("TestDisplayName")]
    public string? TestName { get; init; }

    /// <summary>Of one test, in seconds.</summary>
    public double ExecutionTime { get; init; }

    /// <summary>Why a test was skipped.</summary>
    public string? Reason { get; init; }

    /// <summary>What a failed test wrote.</summary>
    public string? Output { get; init; }

    /// <summary>Of an exception and those within it.</summary>
    public IReadOnlyList<string?>? ExceptionTypes { get; init; }

    /// <inheritdoc cref="ExceptionTypes"/>
    public IReadOnlyList<string?>? Messages { get; init; }

    /// <inheritdoc cref="ExceptionTypes"/>
    public IReadOnlyList<string?>? StackTraces { get; init; }

    /// <summary>Of a diagnostic.</summary>
    public string? Message { get; init; }

    /// <summary>A failure that is no test's own: of a fixture, of what comes after a test, or of the run.</summary>
    [JsonIgnore]
    public bool IsOtherFailure => Type == "error" || Type.EndsWith("-cleanup-failure", StringComparison.Ordinal);

    /// <summary>What went wrong.</summary>
    [JsonIgnore]
    public string Failure => Messages is [{ } message, ..] ? message : ExceptionTypes is [{ } type, ..] ? type : Type;

    /// <returns>Null if the line is none of the test program's own.</returns>
    public static TestMessage? Parse(string line)
    {
        // The first line has colour codes before it.
        var start = line.IndexOf('{', StringComparison.Ordinal);
        if (start < 0)
            return null;

        try
        {
            return JsonSerializer.Deserialize(line.AsSpan(start), TestJson.Default.TestMessage);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [JsonSerializable(typeof(TestMessage))]
    private sealed partial class TestJson : JsonSerializerContext;
}
