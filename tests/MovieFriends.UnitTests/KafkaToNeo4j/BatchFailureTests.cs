using Confluent.Kafka;
using MovieFriends.KafkaToNeo4j.Workers;
using MovieFriends.KafkaToNeo4j.Writing;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class BatchFailureTests
{
    [Fact]
    public void A_batch_waits_for_the_broker_of_its_dead_letters() =>
        Assert.Equal(BatchFailureKind.Transient, BatchFailure.Classify(new ProduceException<byte[], byte[]>(new Error(ErrorCode.Local_MsgTimedOut), new())));

    [Fact]
    public void A_producer_that_is_fenced_ends_the_service() =>
        Assert.Equal(BatchFailureKind.Fatal, BatchFailure.Classify(new KafkaException(new Error(ErrorCode.ProducerFenced, "fenced", isFatal: true))));

    [Fact]
    public void A_time_out_inside_a_client_is_transient() =>
        Assert.Equal(BatchFailureKind.Transient, BatchFailure.Classify(new TaskCanceledException()));

    [Fact]
    public void The_databases_failures_are_sorted_by_its_own_table()
    {
        Assert.Equal(BatchFailureKind.Fatal, BatchFailure.Classify(new AuthenticationException("no")));
        Assert.Equal(BatchFailureKind.Transient, BatchFailure.Classify(new ServiceUnavailableException("gone")));
        Assert.Equal(BatchFailureKind.Rejected, BatchFailure.Classify(new ClientException(GraphFailure.ConstraintCode, "no")));
        Assert.Equal(BatchFailureKind.TooLarge, BatchFailure.Classify(new ClientException("Neo.ClientError.Transaction.TransactionTimedOut", "no")));
    }

    [Fact]
    public void A_ledger_that_has_moved_is_no_failure_of_the_database() =>
        Assert.Equal(BatchFailureKind.LedgerMoved, BatchFailure.Classify(new LedgerMovedException()));

    [Fact]
    public void The_reason_says_whether_it_is_the_database_or_Kafka()
    {
        Assert.Equal("gone", BatchFailure.Explain(new ServiceUnavailableException("gone"), "graph"));
        Assert.Equal("Kafka does not take its dead letters (Broker: Not leader for partition).", BatchFailure.Explain(new KafkaException(ErrorCode.NotLeaderForPartition), "graph"));
    }
}
