using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using MovieFriends.KafkaToNeo4j.Ports;

namespace MovieFriends.KafkaToNeo4j.Polling;

/// <summary>Kafka's client has left the group, and does not join it again though Kafka answers. A new client does.</summary>
internal sealed class NotAMemberException(TimeSpan time) : Exception($"Not a member of the group for {time.TotalSeconds:0} s, though Kafka answers.")
{
    public TimeSpan Time => time;
}

/// <summary>
/// Whether this consumer is a member of its group. A client whose session ended while the broker started anew, under another address, can stay
/// outside for good: it polls, gets nothing and reports nothing.
/// </summary>
internal sealed class GroupMembership(IGroupConsumer consumer, IBrokerClient broker, StreamSettings stream, IEngineThreads threads)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);

    /// <summary>Longer than a group takes to let somebody in: brokers before 2.2 give a member its id only when all others have joined again or are given up.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(45);

    /// <summary>Asks again and again, until cancelled.</summary>
    /// <exception cref="NotAMemberException">It has not been one for too long.</exception>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        long? since = null;
        using var timer = new PeriodicTimer(s_interval, threads.Time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (consumer.IsMember || !await AnswersAsync())
            {
                since = null;
                continue;
            }

            since ??= threads.Time.GetTimestamp();
            var time = threads.Time.GetElapsedTime(since.Value);
            if (time >= s_patience)
                throw new NotAMemberException(time);
        }
    }

    // The client's own call blocks, and must be over before the client goes: it is waited for.
    private async Task<bool> AnswersAsync()
    {
        try
        {
            return await threads.CallAsync(() => broker.CountPartitions(stream.Topic.Name, s_timeout)) > 0;
        }
        catch (KafkaException)
        {
            return false;
        }
    }
}
