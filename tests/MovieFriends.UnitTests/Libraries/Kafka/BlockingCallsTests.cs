using MovieFriends.Kafka;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class BlockingCallsTests : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly BlockingCalls _calls = new();

    public void Dispose() => _calls.Dispose();

    [Fact]
    public async Task An_answer_goes_to_who_has_asked()
    {
        Assert.Equal(7, await _calls.RunAsync(() => 7));
        await Assert.ThrowsAsync<InvalidDataException>(() => _calls.RunAsync<int>(() => throw new InvalidDataException()));

        _calls.Dispose();
    }

    [Fact]
    public async Task Disposing_waits_for_a_call_that_nobody_waits_for_any_more()
    {
        using var goesOn = new ManualResetEventSlim();
        Task? disposing = null;
        var call = _calls.RunAsync(() =>
        {
            goesOn.Wait(s_timeout, TestContext.Current.CancellationToken);
            return disposing!.IsCompleted;
        });

        disposing = Task.Run(_calls.Dispose, TestContext.Current.CancellationToken);
        while (TakesCalls())
            await Task.Yield();
        goesOn.Set();
        await disposing.WaitAsync(s_timeout, TestContext.Current.CancellationToken);

        Assert.False(await call);
    }

    [Fact]
    public void Nothing_is_asked_once_the_client_is_about_to_go()
    {
        _calls.Dispose();

        Assert.False(TakesCalls());
    }

    private bool TakesCalls()
    {
        try
        {
            _calls.RunAsync(() => 7);
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }
}
