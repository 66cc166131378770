using Microsoft.Extensions.Options;
using MovieFriends.Consumer;
using MovieFriends.Consumer.Workers;
using Xunit;

namespace MovieFriends.UnitTests.Consumer;

public sealed class TransactionGateTests : IDisposable
{
    private readonly TransactionGate _gate = new(Options.Create(new ConsumerOptions { MaxTransactions = 2 }));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task So_many_transactions_write_at_once_and_one_more_stands_by()
    {
        var first = await _gate.OpenAsync(Cancellation);
        await first.WriteAsync(Cancellation);
        using var second = await _gate.OpenAsync(Cancellation);
        await second.WriteAsync(Cancellation);
        using var third = await _gate.OpenAsync(Cancellation);
        var thirdWrites = third.WriteAsync(Cancellation).AsTask();
        var fourthOpens = _gate.OpenAsync(Cancellation).AsTask();
        Assert.False(thirdWrites.IsCompleted);
        Assert.False(fourthOpens.IsCompleted);

        first.Dispose();

        await thirdWrites;
        using var fourth = await fourthOpens;
        Assert.False(fourth.WriteAsync(Cancellation).AsTask().IsCompleted);
    }

    [Fact]
    public async Task One_that_is_given_up_while_it_stands_by_takes_no_turn_from_others()
    {
        var first = _gate.TryWrite();
        using var second = _gate.TryWrite();
        using var cancelled = new CancellationTokenSource();
        var third = await _gate.OpenAsync(Cancellation);
        var thirdWrites = third.WriteAsync(cancelled.Token).AsTask();

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => thirdWrites);
        third.Dispose();

        first!.Dispose();
        using var fourth = await _gate.OpenAsync(Cancellation);
        Assert.True(fourth.WriteAsync(Cancellation).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Nothing_is_begun_ahead_while_as_many_write_as_may_and_that_takes_nobodys_place()
    {
        using var first = _gate.TryWrite();
        using var second = _gate.TryWrite();
        Assert.NotNull(first);
        Assert.NotNull(second);

        Assert.Null(_gate.TryWrite());

        using var standingBy = await _gate.OpenAsync(Cancellation);
    }

    public void Dispose() => _gate.Dispose();
}
