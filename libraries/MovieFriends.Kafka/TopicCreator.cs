using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace MovieFriends.Kafka;

/// <summary>Makes sure that the topics exist. Whoever starts first creates them; the others find them.</summary>
public static class TopicCreator
{
    /// <summary>Creates the topic and its dead-letter topic where they are missing.</summary>
    /// <param name="admin">A client connected to the cluster.</param>
    /// <param name="topic">Names and sizes; nothing happens if <see cref="TopicSettings.Create"/> is false.</param>
    /// <param name="existing">Topics that are known to be there: they are not asked for, which would take a right that only creating needs.</param>
    /// <exception cref="CreateTopicsException">The cluster refuses for another reason than that a topic exists.</exception>
    public static async Task EnsureAsync(IAdminClient admin, TopicSettings topic, IReadOnlyCollection<string> existing)
    {
        if (!topic.Create)
            return;

        TopicSpecification[] topics = [.. new[] { topic.Name, topic.DeadLetters }.Except(existing).Select(name => Specify(name, topic))];
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

    private static TopicSpecification Specify(string name, TopicSettings topic) => new()
    {
        Name = name,
        NumPartitions = topic.Partitions,
        ReplicationFactor = topic.ReplicationFactor,
    };
}
