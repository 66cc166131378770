using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Workers;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j.Workers;

public sealed class BrokerQuestionsTests
{
    private readonly FakeLogger<BrokerQuestions> _log = new();

    [Theory]
    [InlineData(3)]
    [InlineData(6, LogLevel.Warning, LogLevel.Information)]
    public async Task A_partition_that_waits_for_an_answer_says_so_once_and_says_when_it_has_one(int failures, params LogLevel[] said)
    {
        var questions = new BrokerQuestions(new KafkaHealth(NullLogger<KafkaHealth>.Instance), TimeProvider.System, new Random(1), _log);

        var answer = await questions.AskAsync(
            "orders",
            partition: 2,
            () => failures-- > 0 ? throw new KafkaException(new Error(ErrorCode.Local_TimedOut, "It does not answer.")) : Task.FromResult(42),
            TestContext.Current.CancellationToken);

        Assert.Equal(42, answer);
        Assert.Equal(said, _log.Collector.GetSnapshot().Select(line => line.Level));
        Assert.All(_log.Collector.GetSnapshot(), line => Assert.StartsWith("Partition 2 ", line.Message, StringComparison.Ordinal));
    }
}
