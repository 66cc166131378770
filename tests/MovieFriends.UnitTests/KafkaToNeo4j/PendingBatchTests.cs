using System.Diagnostics;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Workers;
using MovieFriends.KafkaToNeo4j.Writing;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class PendingBatchTests
{
    private readonly PendingBatch _taken = new(Batch(4));

    [Fact]
    public void A_batch_that_is_written_as_it_was_taken_is_over_with_its_commit()
    {
        Assert.Same(_taken, _taken.Taken);
        Assert.Null(_taken.Complete());
    }

    [Fact]
    public void Halves_are_written_in_offset_order_however_often_they_are_halved()
    {
        var written = new List<(long From, long Next)>();
        for (var part = FirstQuarter(_taken); part is not null; part = part.Complete())
        {
            Assert.Same(_taken, part.Taken);
            written.Add((part.Batch.FromOffset, part.Batch.NextOffset));
        }

        Assert.Equal([(0, 1), (1, 2), (2, 4)], written);
    }

    [Fact]
    public void A_half_has_attempts_of_its_own()
    {
        _taken.Attempt = 3;
        _taken.Rejections = 2;

        var half = _taken.Halve();

        Assert.Equal((1, 0, null), (half.Attempt, half.Rejections, half.Rejection));
    }

    [Fact]
    public void The_span_of_a_whole_ends_with_that_of_its_last_part()
    {
        using var span = new Activity("whole").Start();
        _taken.Span = span;

        var second = _taken.Halve().Complete();
        Assert.False(span.IsStopped);
        Assert.Null(second!.Complete());

        Assert.True(span.IsStopped);
    }

    [Fact]
    public void A_part_that_is_given_up_has_not_gone_well_nor_has_the_whole()
    {
        using var whole = new Activity("whole").Start();
        using var part = new Activity("part").Start();
        _taken.Span = whole;
        var half = _taken.Halve();
        half.Span = part;

        half.GiveUp(new OperationCanceledException());

        Assert.All([whole, part], span => Assert.Equal((ActivityStatusCode.Error, true), (span.Status, span.IsStopped)));
    }

    [Fact]
    public void Only_the_first_attempt_goes_on_with_what_was_prepared()
    {
        Assert.False(_taken.IsPrepared);
        var limit = new ConcurrencyLimit(new StreamOptions());
        _taken.Prepared = Prepare(limit);
        Assert.True(_taken.IsPrepared);

        _taken.Attempt++;
        Assert.False(_taken.IsPrepared);
    }

    [Fact]
    public async Task What_is_rolled_back_returns_its_lease_and_is_written_from_the_start()
    {
        var limit = new ConcurrencyLimit(new StreamOptions { MaxTransactions = 1 });
        _taken.Prepared = Prepare(limit);
        Assert.Null(limit.TryAcquire());

        await _taken.Prepared.RollBackAsync();
        await _taken.Prepared.RollBackAsync();

        Assert.False(_taken.IsPrepared);
        using var lease = limit.TryAcquire();
        Assert.NotNull(lease);
        Assert.Null(limit.TryAcquire());
    }

    private static PreparedBatch Prepare(ConcurrencyLimit limit) =>
        new(limit.TryAcquire()!, Task.FromException<(OpenTransaction, WriteResult)>(new TimeoutException("The database is away.")));

    private static PendingBatch FirstQuarter(PendingBatch batch) => batch.Halve().Halve();

    private static MessageBatch Batch(int messages)
    {
        var batch = ChargeStream.NewBatch(messages);
        for (var offset = 0; offset < messages; offset++)
            batch.Add(offset, offset, default, "1000000,5.84,1484261697"u8, DateTimeOffset.UnixEpoch);
        return batch;
    }
}
