using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.KafkaToNeo4j.Telemetry;

namespace MovieFriends.KafkaToNeo4j.Polling;

/// <summary>The poll thread from its first to its last moment, and what runs beside it.</summary>
internal sealed class PollThread(
    ConsumerGroup group, PollLoop loop, BrokerWatches watches, OffsetCommitter committer, StreamStatistics statistics, IEngineThreads threads)
{
    private static readonly TimeSpan s_commitTimeout = TimeSpan.FromSeconds(1);

    private Task _committing = Task.CompletedTask;

    /// <summary>Is over when no call is under way any more that was not waited for: a client that goes before takes the process with it.</summary>
    public Task Unfinished => Task.WhenAll(_committing, group.Leaving, watches.Unfinished);

    /// <summary>Joins the group, polls until cancelled, and leaves the group in order.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _committing = committer.RunAsync();
        watches.Start(cancellationToken);
        try
        {
            await threads.LoopAsync(Begin, () => loop.Step(cancellationToken), End);
        }
        finally
        {
            await watches.EndAsync();
            committer.Complete();

            // The poll thread has waited long enough for Kafka.
            await Task.WhenAny(_committing, Task.Delay(s_commitTimeout, threads.Time, CancellationToken.None));
        }
    }

    private void Begin()
    {
        group.Join();
        statistics.FirstPoll();
    }

    private void End()
    {
        try
        {
            loop.End();
        }
        finally
        {
            watches.End();
            group.Leave();
        }
    }
}
