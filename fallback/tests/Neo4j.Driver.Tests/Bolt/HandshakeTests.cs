using Neo4j.Driver.Bolt;
using Neo4j.Driver.Tests.PackStream;

namespace Neo4j.Driver.Tests.Bolt;

public sealed class HandshakeTests
{
    [Fact]
    public void The_request_is_the_magic_number_and_four_proposals() => Assert.Equal(
        Wire.Hex("6060B017 00080805 00020404 00000003 00000001"), Handshake.Request.ToArray());

    [Theory]
    [InlineData("00000805", 5, 8)]
    [InlineData("00000005", 5, 0)]
    [InlineData("00000404", 4, 4)]
    [InlineData("00000204", 4, 2)]
    [InlineData("00000003", 3, 0)]
    [InlineData("00000001", 1, 0)]
    public void A_proposed_version_is_accepted(string answer, int major, int minor) =>
        Assert.Equal(new BoltVersion(major, minor), Handshake.Agreed(Wire.Hex(answer)));

    [Theory]
    [InlineData("00000000", "supports none")]
    [InlineData("48545450", "HTTP")]
    [InlineData("00000905", "not proposed")]
    [InlineData("00000104", "not proposed")]
    [InlineData("00000002", "not proposed")]
    public void Any_other_answer_says_what_is_wrong(string answer, string reason) =>
        Assert.Contains(reason, Assert.Throws<NotSupportedException>(() => Handshake.Agreed(Wire.Hex(answer))).Message, StringComparison.Ordinal);
}
