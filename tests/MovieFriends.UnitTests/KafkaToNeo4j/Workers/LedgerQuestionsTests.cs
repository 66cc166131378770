using Microsoft.Extensions.Logging.Testing;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Workers;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j.Workers;

public sealed class LedgerQuestionsTests
{
    private const int Partition = 2;

    private readonly FakeLogger<DatabaseHealth> _said = new();
    private readonly FakeLogger<GraphRetry> _elsewhere = new();
    private readonly DatabaseHealth _health;
    private readonly LedgerQuestions _questions;

    public LedgerQuestionsTests()
    {
        _health = new DatabaseHealth(_said, TimeProvider.System);
        _questions = new LedgerQuestions(new GraphRetry(TimeProvider.System, _elsewhere, "graph"), _health, ChargeStream.With(new StreamOptions()));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_partition_whose_ledger_cannot_be_read_says_that_the_graph_is_away_and_that_it_is_back()
    {
        var failures = 5;

        var answer = await _questions.AskAsync(Partition, () => failures-- > 0 ? throw new ServiceUnavailableException("gone") : Task.FromResult(42L), Cancellation);

        Assert.Equal(42, answer);
        Assert.Collection(
            _said.Collector.GetSnapshot().Select(record => record.Message),
            line => Assert.StartsWith("The graph cannot be written now", line, StringComparison.Ordinal),
            line => Assert.StartsWith("The graph can be written again", line, StringComparison.Ordinal));
        Assert.Equal(0, _elsewhere.Collector.Count);
    }

    [Fact]
    public async Task A_batch_that_failed_meanwhile_has_said_it_already()
    {
        _health.Failing(Partition, "gone");

        await _questions.AskAsync(Partition, () => Task.FromResult(true), Cancellation);

        Assert.Equal(2, _said.Collector.Count);
    }

    [Fact]
    public async Task A_deadlock_says_nothing_about_the_graph()
    {
        var failures = 1;

        await _questions.AskAsync(
            Partition, () => failures-- > 0 ? throw new TransientException(GraphFailure.DeadlockCode, "deadlock") : Task.FromResult(true), Cancellation);

        Assert.Equal(0, _said.Collector.Count);
    }

    [Fact]
    public async Task A_partition_that_is_given_up_leaves_no_trace()
    {
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _questions.AskAsync<bool>(
            Partition,
            () =>
            {
                givenUp.Cancel();
                throw new ServiceUnavailableException("gone");
            },
            givenUp.Token));

        Assert.Equal(0, _said.Collector.Count);
    }
}
