using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.KafkaToNeo4j.Hosting;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.KafkaToNeo4j.Telemetry;

namespace MovieFriends.KafkaToNeo4j.Polling;

/// <summary>
/// What is asked of the broker again and again beside the polling: whether the topic is still the same, where its partitions end, whether this
/// consumer is a member of its group, and whether its client brings what there is.
/// </summary>
internal sealed partial class BrokerWatches(
    TopicIdentity identity,
    LagWatch lag,
    GroupMembership membership,
    FetchWatch fetches,
    StreamEnd end,
    StreamSettings stream,
    IEngineThreads threads,
    ILogger<BrokerWatches> logger)
    : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _ended = new();
    private Task _watching = Task.CompletedTask;

    /// <summary>Is over when no question is under way whose answer nobody waits for any more.</summary>
    public Task Unfinished => identity.Unfinished;

    /// <summary>Begins to ask.</summary>
    /// <param name="cancellationToken">Ends it, as <see cref="EndAsync"/> does.</param>
    public void Start(CancellationToken cancellationToken) =>
        _watching = WatchAsync(CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token));

    /// <summary>Ends it. What is asked must be answered before the client goes with the service; within bounds, for the broker may be away.</summary>
    public void End()
    {
        _ended.Cancel();
        threads.Wait(_watching, s_timeout);
    }

    /// <summary>Ends it, however long the answer takes.</summary>
    public async Task EndAsync()
    {
        await threads.CancelAsync(_ended);
        await _watching;
    }

    public void Dispose() => _ended.Dispose();

    private async Task WatchAsync(CancellationTokenSource ended)
    {
        using (ended)
        {
            await Task.WhenAll(
                WatchAsync(identity.WatchAsync, ended.Token),
                WatchAsync(lag.RunAsync, ended.Token),
                WatchAsync(membership.WatchAsync, ended.Token),
                WatchAsync(fetches.WatchAsync, ended.Token));
        }
    }

    private async Task WatchAsync(Func<CancellationToken, Task> watch, CancellationToken cancellationToken)
    {
        try
        {
            await watch(cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The service stops.
        }
        catch (NewTopicException exception)
        {
            LogNewTopic(logger, exception.Before, exception.Now, stream.Options.Key(nameof(StreamOptions.OnNewTopic)));
            end.StartAgain();
        }
        catch (NotAMemberException exception)
        {
            LogNotAMember(logger, stream.Options.GroupId, exception.Time.TotalSeconds);
            end.StartAgain();
        }
        catch (StalledFetchException exception)
        {
            LogStalled(logger, exception.Time.TotalSeconds, stream.Topic.Name, exception.Partition);
            end.StartAgain();
        }
        catch (FatalException exception)
        {
            LogFatal(logger, exception.Message);
            end.Fail();
        }
#pragma warning disable CA1031 // A watch that dies unseen would leave old figures standing.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFatal(logger, exception.ToString());
            end.Fail();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The topic was deleted and created again while this consumer ran: its id was {Before} and is {Now}. The consumer starts anew with the new one ({Option}=StartOver).")]
    private static partial void LogNewTopic(ILogger logger, string before, string now, string option);

    [LoggerMessage(LogLevel.Warning, "Kafka answers, but for {Seconds:0} s its client has not been a member of group {Group}, and has read nothing. The consumer starts anew with a new client; nothing is lost.")]
    private static partial void LogNotAMember(ILogger logger, string group, double seconds);

    [LoggerMessage(LogLevel.Warning, "Kafka answers, but for {Seconds:0} s its client has brought nothing of {Topic} partition {Partition}, which has messages. The consumer starts anew with a new client; nothing is lost.")]
    private static partial void LogStalled(ILogger logger, double seconds, string topic, int partition);

    [LoggerMessage(LogLevel.Critical, "{Reason}")]
    private static partial void LogFatal(ILogger logger, string reason);
}
