using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;

namespace MovieFriends.Kafka;

/// <summary>
/// Listens to what Kafka's clients log and remembers why a connection failed last. A client that nobody polls yet tells it nowhere
/// else, and a call that waited in vain for a broker only says that it did. Thread-safe.
/// </summary>
public sealed partial class KafkaClientLog : ILoggerProvider, ILogger
{
    /// <summary>Under which all clients log.</summary>
    public const string Category = "Aspire.Confluent.Kafka";

    // No repetition mends these. Wordings: librdkafka's transport and SASL code, OpenSSL's reason of a failed verification.
    private static readonly (string Wording, string WayOut)[] s_refusals =
    [
        ("certificate verify failed", "SslCaLocation must have the authority that signed the broker's certificate, and the certificate must be for the host name that the broker is reached by."),
        ("SASL authentication error: ", "Set SaslMechanism, SaslUsername and SaslPassword right."),
        ("Unsupported SASL mechanism", "Set SaslMechanism to one that the broker supports."),
        ("Request not valid in current SASL state", "The broker wants no sign-in there: set SecurityProtocol to Ssl or Plaintext, or use its other port."),
    ];

    // The broker went away in the middle of the sign-in.
    private const string Interrupted = "SaslAuthenticateRequest failed";

    // How a broker that wants TLS treats a client without it; and how one treats a client when it shuts down.
    private const string ClosedByBroker = "receive 0 after POLLIN";
    private const string HintOfTls = " (if this stays, the broker may want TLS: Aspire:Confluent:Kafka:Config:SecurityProtocol)";

    // How a broker without TLS treats a client that wants it: it closes the connection at the first bytes. Whether the client guesses so by itself, in
    // the words of this hint, depends on what the system tells it first. One with TLS that shuts down looks alike.
    private const string ClosedInTls = "SSL connection closed by peer";
    private const string ResetInTls = "SSL transport error: Connection reset by peer";
    private const string HintOfPlaintext = " (if this stays: connecting to a PLAINTEXT broker listener?)";

    private volatile string? _reason;

    /// <summary>Why a connection failed last; null if none has.</summary>
    public string? Reason => _reason;

    /// <summary>Ends the wait for a broker that will never let this client in.</summary>
    /// <exception cref="FatalException">The broker refused the client, or the client the broker, for a reason that no repetition mends.</exception>
    public void ThrowIfRefused()
    {
        if (_reason is not { } reason || reason.Contains(Interrupted, StringComparison.Ordinal))
            return;

        foreach (var (wording, wayOut) in s_refusals)
        {
            if (reason.Contains(wording, StringComparison.Ordinal))
                throw new FatalException($"Kafka cannot be used: {reason}. {wayOut} The section is Aspire:Confluent:Kafka:Config.");
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (Failure(formatter(state, exception)) is { } reason)
            _reason = reason + HintFor(reason);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static string HintFor(string reason) => reason switch
    {
        _ when reason.EndsWith(ClosedByBroker, StringComparison.Ordinal) => HintOfTls,
        _ when reason.EndsWith(ClosedInTls, StringComparison.Ordinal) || reason.EndsWith(ResetInTls, StringComparison.Ordinal) => HintOfPlaintext,
        _ => string.Empty,
    };

    // A line about a broker begins with the client's thread in brackets and the broker; times and counts may follow in parentheses.
    internal static string? Failure(string line) =>
        FailurePattern().Match(line) is { Success: true } match ? match.Groups["failure"].Value.ReplaceLineEndings(" ").TrimEnd('.', ' ') : null;

    [GeneratedRegex(@"^(\[[^\]]*\]: )?(?<failure>\S+:\d+/(bootstrap|\d+): .*?)( \(after .*)?$", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex FailurePattern();
}
