using Confluent.Kafka;
using MovieFriends.Kafka;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class TopicReadinessTests
{
    [Theory]
    [InlineData(ErrorCode.Local_TimedOut, null, 1, false)]
    [InlineData(ErrorCode.Local_Transport, null, 3, false)]
    [InlineData(ErrorCode.Local_Transport, null, 4, true)]
    [InlineData(ErrorCode.Local_TimedOut, "Connection refused", 1, true)]
    [InlineData(ErrorCode.InvalidReplicationFactor, null, 1, true)]
    public void That_Kafka_does_not_answer_is_said_with_the_reason_unless_that_stays_unknown(ErrorCode error, string? clientReason, int failures, bool expected) =>
        Assert.Equal(expected, TopicReadiness.IsWorthSaying(new Error(error), clientReason, failures));
}
