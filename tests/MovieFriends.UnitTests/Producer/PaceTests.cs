using MovieFriends.Producer.Sending;
using Xunit;

namespace MovieFriends.UnitTests.Producer;

public sealed class PaceTests
{
    private readonly ObservedTime _time = new();

    [Fact]
    public void The_first_message_is_due_at_once_and_the_second_is_not()
    {
        var pace = new Pace(10, _time);

        Assert.True(pace.WaitAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully);
        Assert.False(pace.WaitAsync(CancellationToken.None).AsTask().IsCompleted);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(1_000, 1)]
    [InlineData(50_000, 1)]
    public async Task So_many_go_out_in_a_second_as_the_rate_says(double rate, int seconds)
    {
        var pace = new Pace(rate, _time);
        var sent = 0L;
        await SendDueAsync(pace, () => sent++, TimeSpan.FromSeconds(seconds));

        Assert.InRange(sent, rate * seconds, (rate * seconds) + 1);
    }

    [Fact]
    public async Task A_tenth_of_a_message_per_second_is_one_every_ten_seconds()
    {
        var sent = 0L;
        await SendDueAsync(new Pace(0.1, _time), () => sent++, TimeSpan.FromSeconds(35));

        Assert.Equal(4, sent);
    }

    [Fact]
    public async Task After_a_stall_the_rate_goes_on_without_a_burst()
    {
        var pace = new Pace(100, _time);
        await pace.WaitAsync(TestContext.Current.CancellationToken);
        var next = pace.WaitAsync(TestContext.Current.CancellationToken).AsTask();
        _time.Advance(TimeSpan.FromHours(1));
        await next;
        var burst = 0;
        while (pace.WaitAsync(TestContext.Current.CancellationToken).AsTask().IsCompleted)
            burst++;

        Assert.InRange(burst, 0, 100);
    }

    [Fact]
    public async Task Waiting_can_be_given_up()
    {
        using var stop = new CancellationTokenSource();
        var pace = new Pace(1, _time);
        await pace.WaitAsync(stop.Token);
        var next = pace.WaitAsync(stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    private async Task SendDueAsync(Pace pace, Action send, TimeSpan duration)
    {
        var end = _time.GetUtcNow() + duration;
        while (true)
        {
            var turn = pace.WaitAsync(CancellationToken.None).AsTask();
            while (!turn.IsCompleted)
            {
                if (_time.GetUtcNow() >= end)
                    return;

                // The turn continues on another thread after each move of the clock: it is over, or waits again.
                _time.Advance(TimeSpan.FromMilliseconds(1));
                SpinWait.SpinUntil(() => turn.IsCompleted || _time.Waiting > 0);
            }

            await turn;
            send();
        }
    }
}
