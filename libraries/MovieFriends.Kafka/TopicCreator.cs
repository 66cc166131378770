using Confluent.Kafka;
using Confluent.Kafka.Admin;
using MovieFriends.Contracts.Topics;

namespace MovieFriends.Kafka;

/// <summary>Makes sure that the topics exist. Whoever starts first creates them; the others find them.</summary>
public static class TopicCreator
{
    /// <summary>Creates the charge topic and the dead-letter topic where they are missing.</summary>
    /// <param name="admin">A client connected to the cluster.</param>
    /// <param name="options">Names and sizes; nothing happens if <see cref="TopicOptions.Create"/> is false.</param>
    /// <param name="existing">Topics that are known to be there: they are not asked for, which would take a right that only creating needs.</param>
    /// <exception cref="CreateTopicsException">The cluster refuses for another reason than that a topic exists.</exception>
    public static async Task EnsureAsync(IAdminClient admin, TopicOptions options, IReadOnlyCollection<string> existing)
    {
        if (!options.Create)
            return;

        TopicSpecification[] topics = [.. new[] { options.Charges, options.DeadLetters }.Except(existing).Select(name => Specify(name, options))];
        if (topics.Length == 0)
            return;

        try
        {
            await admin.CreateTopicsAsync(topics);
        }
        catch (CreateTopicsException exception) when (exception.Results.TrueForAll(r => r.Error.Code is ErrorCode.NoError or ErrorCode.TopicAlreadyExists))
        {
            // Another service was first.
        }
    }

    private static TopicSpecification Specify(string name, TopicOptions options) => new()
    {
        Name = name,
        NumPartitions = options.Partitions,
        ReplicationFactor = options.ReplicationFactor,
    };
}
