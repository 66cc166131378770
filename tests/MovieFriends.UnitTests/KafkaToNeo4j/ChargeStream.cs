using MovieFriends.Consumer.Charges;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Batching;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

/// <summary>A stream whose rows are charges, for tests that need some rows or other.</summary>
internal static class ChargeStream
{
    /// <summary>Its topic.</summary>
    public static TopicSettings Topic { get; } = new("charges", "charges.dead-letter", 4);

    /// <summary>The stream with these options.</summary>
    public static StreamSettings With(StreamOptions options) =>
        new("kafka", "graph", NewRows, _ => throw new NotSupportedException()) { Topic = Topic, Options = options with { Section = "Consumer" } };

    /// <summary>An empty batch.</summary>
    public static MessageBatch NewBatch(int capacity) => new(capacity, NewRows);

    extension(MessageBatch batch)
    {
        public ChargeColumns Charges => ((ChargeRows)batch.Rows).Charges;

        public void Add(long position, long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, DateTimeOffset now) =>
            batch.Add(position, new ReceivedMessage(0, offset, key, value), now);
    }

    extension(PartitionBuffer buffer)
    {
        public bool Add(long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, byte[]? traceParent, DateTimeOffset now) =>
            buffer.Add(new ReceivedMessage(0, offset, key, value), traceParent, now).IsFull;
    }

    private static ChargeRows NewRows() => new();
}
