using Xunit;
using Charges = MovieFriends.Contracts.Topics.DeadLetterReasons;
using Streams = MovieFriends.KafkaToNeo4j.DeadLetters.DeadLetterReasons;

namespace MovieFriends.UnitTests.Contracts;

public sealed class DeadLetterReasonsTests
{
    [Fact]
    public void Charges_have_the_reasons_of_every_stream_and_one_of_their_own() =>
        Assert.Equal([Streams.Malformed, Charges.UnknownUser, Streams.Refused], Charges.All);
}
