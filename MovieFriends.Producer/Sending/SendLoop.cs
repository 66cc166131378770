using Microsoft.Extensions.Options;
using MovieFriends.Extensions;
using MovieFriends.Producer.Sources;

namespace MovieFriends.Producer.Sending;

/// <summary>Takes events from the source and sends them, at the rate of the mode, until it ends or the service is stopped.</summary>
internal sealed class SendLoop(
    EventSources sources,
    MessageSender sender,
    DeliveryCounter counter,
    IOptions<ProducerOptions> producerOptions,
    IOptions<ProgressOptions> progressOptions,
    TimeProvider time,
    ILogger<ProducerService> logger)
{
    private static readonly TimeSpan s_roomWait = TimeSpan.FromMilliseconds(2);

    private readonly ProducerOptions _options = producerOptions.Value;

    /// <summary>When the first event was about to be sent.</summary>
    public long Started { get; private set; }

    /// <summary>Sends. A stop is no failure: what was sent so far is still to be confirmed.</summary>
    /// <returns>How many lines were left out because they are no events.</returns>
    /// <exception cref="FatalException">The source cannot be read, or the client takes no more.</exception>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        Started = time.GetTimestamp();
        using var source = sources.Open();
        using var progress = new ProgressReporter(logger, time, progressOptions.Value.Interval, _options.Stage, "messages", source.Total, () => counter.Sent);
        var pace = _options.Mode == ProducerMode.Live ? new Pace(_options.Rate, time) : null;
        Started = time.GetTimestamp();
        try
        {
            while (await FillAsync(source, cancellationToken))
            {
                while (source.TryRead())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (pace is not null && !pace.TryTake())
                    {
                        await HandOverAsync(cancellationToken);
                        await pace.WaitAsync(cancellationToken);
                    }

                    while (!sender.TrySend(source.UserId, source.Value))
                        await WaitForRoomAsync(cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }

        return source.Malformed;
    }

    private async Task<bool> FillAsync(IEventSource source, CancellationToken cancellationToken)
    {
        var filling = source.FillAsync(cancellationToken).AsTask();
        if (!filling.IsCompleted)
            await HandOverAsync(cancellationToken);
        return await filling;
    }

    // Before any wait for more, what is there goes to the client: it must not wait as well.
    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        while (!sender.TryHandOver())
            await WaitForRoomAsync(cancellationToken);
    }

    private async Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        counter.Waited();
        counter.ThrowIfRefused();
        await Task.Delay(s_roomWait, time, cancellationToken);
    }
}
