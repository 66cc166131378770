using System.Globalization;
using System.Text;
using Confluent.Kafka;
using MovieFriends.Contracts.Charges;

namespace MovieFriends.Chaos.Judging;

/// <summary>What the topic of the charges holds, by the contract alone.</summary>
internal sealed class TopicContent
{
    private const long FirstUser = 1_000_000;

    private readonly int _users;
    private readonly bool _withSource;

    private TopicContent(int users, bool withSource) => (_users, _withSource) = (users, withSource);

    public long Messages { get; private set; }

    public long Malformed { get; private set; }

    public long UnknownUsers { get; private set; }

    /// <summary>The charges that must be in the graph, by charge id.</summary>
    public Dictionary<long, ExpectedCharge> Charges { get; } = [];

    /// <summary>The messages that must be dead letters.</summary>
    public List<DeadLetter> DeadLetters { get; } = [];

    /// <summary>Where each partition ends.</summary>
    public IReadOnlyDictionary<int, long> Ends { get; private set; } = new Dictionary<int, long>();

    /// <param name="environment">How to reach the broker.</param>
    /// <param name="hasHeaders">Whether dead letters name their source.</param>
    /// <param name="topic">Its name.</param>
    /// <param name="users">Users in the graph.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static TopicContent Read(
        IReadOnlyDictionary<string, string> environment, bool hasHeaders, string topic, int users, CancellationToken cancellationToken)
    {
        var content = new TopicContent(users, hasHeaders);
        content.Ends = TopicReader.Read(environment, topic, content.Visit, cancellationToken);
        return content;
    }

    /// <summary>The place of a message in the words of a dead letter's headers.</summary>
    public static string Source(string partition, string offset) => $"{partition}/{offset}";

    public static string Text(byte[]? bytes) => bytes is null ? "" : Encoding.UTF8.GetString(bytes);

    private void Visit(ConsumeResult<byte[], byte[]> result)
    {
        Messages++;
        var value = result.Message.Value ?? [];
        if (ChargeCodec.Parse(value, out var charge) != ChargeFormatError.None)
        {
            Malformed++;
            DeadLetters.Add(DeadLetterOf(result));
        }
        else if (charge.UserId < FirstUser || charge.UserId >= FirstUser + _users)
        {
            UnknownUsers++;
            DeadLetters.Add(DeadLetterOf(result));
        }
        else
        {
            Take(charge, result.Offset.Value);
        }
    }

    private void Take(in Charge charge, long offset)
    {
        // Messages of one user are of one partition, so that their offsets compare.
        var next = new ExpectedCharge(charge.Amount, charge.EpochSeconds, offset);
        if (!Charges.TryGetValue(charge.ChargeId, out var last) || next.Time > last.Time || (next.Time == last.Time && next.Offset > last.Offset))
            Charges[charge.ChargeId] = next;
    }

    private DeadLetter DeadLetterOf(ConsumeResult<byte[], byte[]> result) => new(
        _withSource ? Source(Number(result.Partition.Value), Number(result.Offset.Value)) : null,
        Text(result.Message.Key),
        Text(result.Message.Value));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
