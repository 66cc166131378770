using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Workers;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class ConcurrencyLimitTests
{
    private readonly ConcurrencyLimit _limit = new(new StreamOptions { MaxTransactions = 2 });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task So_many_transactions_write_at_once_and_one_more_stands_by()
    {
        var first = await _limit.AcquireAsync(Cancellation);
        await first.WaitToWriteAsync(Cancellation);
        using var second = await _limit.AcquireAsync(Cancellation);
        await second.WaitToWriteAsync(Cancellation);
        using var third = await _limit.AcquireAsync(Cancellation);
        var thirdWrites = third.WaitToWriteAsync(Cancellation).AsTask();
        var fourthOpens = _limit.AcquireAsync(Cancellation).AsTask();
        Assert.False(thirdWrites.IsCompleted);
        Assert.False(fourthOpens.IsCompleted);

        first.Dispose();

        await thirdWrites;
        using var fourth = await fourthOpens;
        Assert.False(fourth.WaitToWriteAsync(Cancellation).AsTask().IsCompleted);
    }

    [Fact]
    public async Task One_that_is_given_up_while_it_stands_by_takes_no_lease_from_others()
    {
        var first = _limit.TryAcquire();
        using var second = _limit.TryAcquire();
        using var cancelled = new CancellationTokenSource();
        var third = await _limit.AcquireAsync(Cancellation);
        var thirdWrites = third.WaitToWriteAsync(cancelled.Token).AsTask();

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => thirdWrites);
        third.Dispose();

        first!.Dispose();
        using var fourth = await _limit.AcquireAsync(Cancellation);
        Assert.True(fourth.WaitToWriteAsync(Cancellation).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Nothing_is_prepared_while_as_many_write_as_may_and_that_takes_nobodys_lease()
    {
        using var first = _limit.TryAcquire();
        using var second = _limit.TryAcquire();
        Assert.NotNull(first);
        Assert.NotNull(second);

        Assert.Null(_limit.TryAcquire());

        using var standingBy = await _limit.AcquireAsync(Cancellation);
    }
}
