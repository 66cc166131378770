using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Topics;
using MovieFriends.Kafka;
using MovieFriends.Verifier.Expected;
using MovieFriends.Verifier.Graph;

namespace MovieFriends.Verifier.Comparison;

/// <summary>Whether the topic still has every message that can have made a charge of the graph.</summary>
internal sealed class TopicCompleteness(IConsumer<Ignore, ParsedCharge> consumer, GraphReader graph, IOptions<TopicOptions> options)
{
    /// <summary>Why messages that the topic does not have can have made charges; empty if none can.</summary>
    public async Task<List<string>> FindGapsAsync(
        string name, IReadOnlyDictionary<TopicPartition, (long Earliest, long Latest)> ends, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        if (ends.Values.Any(e => e.Earliest > 0))
            reasons.Add("the topic no longer has its first messages, which may have made them");
        if (await TopicConfig.IsCompactedAsync(consumer.Handle, name))
            reasons.Add("the topic is compacted (cleanup.policy): of each key only the last messages stay");
        var topics = await graph.ReadTopicsAsync(cancellationToken);
        if (topics.GetValueOrDefault(name))
            reasons.Add("the topic was deleted and created again, and the graph has messages of the earlier one, too");
        var others = topics.Keys.Where(topic => topic != name && topic != options.Value.Rentals).Order(StringComparer.Ordinal).ToArray();
        if (others.Length > 0)
            reasons.Add($"the graph has messages of other topics, too ({string.Join(", ", others)})");
        return reasons;
    }
}
