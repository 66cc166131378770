using System.Net;
using System.Net.Sockets;
using MovieFriends.KafkaToNeo4j.Records;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j.Records;

public sealed class TransientFaultTests
{
    // As Confluent's client has it.
    private sealed class SchemaRegistryException(HttpStatusCode status, int errorCode) : HttpRequestException("Schema 42 not found; error code: 40403")
    {
        public int ErrorCode => errorCode;

        public HttpStatusCode Status => status;
    }

    public static TheoryData<Exception> Away =>
    [
        new HttpRequestException("[http://localhost:8081/] HttpRequestException: Connection refused", new SocketException()),
        new HttpRequestException("[http://localhost:8081/] ServiceUnavailable", new AggregateException()),
        new HttpRequestException("Bad gateway", null, HttpStatusCode.BadGateway),
        new HttpRequestException("Unauthorized", null, HttpStatusCode.Unauthorized),
        new SchemaRegistryException(HttpStatusCode.Unauthorized, 40101),
        new SchemaRegistryException(HttpStatusCode.Forbidden, 40301),
        new SchemaRegistryException(HttpStatusCode.InternalServerError, 50001),
        new SchemaRegistryException(HttpStatusCode.NotFound, 404),
        new SchemaRegistryException(HttpStatusCode.NotFound, -1),
        new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout of 5 seconds elapsing."),
        new TimeoutException(),
        new SocketException(),
        new AggregateException(new TaskCanceledException()),
        new InvalidOperationException("The schema is not there.", new HttpRequestException("Connection refused")),
    ];

    public static TheoryData<Exception> Wrong =>
    [
        new SchemaRegistryException(HttpStatusCode.NotFound, 40403),
        new SchemaRegistryException(HttpStatusCode.NotFound, 40401),
        new SchemaRegistryException(HttpStatusCode.UnprocessableEntity, 42201),
        new HttpRequestException("Not found", null, HttpStatusCode.NotFound),
        new InvalidDataException("Magic byte was 123, expecting 0"),
        new EndOfStreamException(),
        new AggregateException(new FormatException()),
        new InvalidOperationException("No.", new SchemaRegistryException(HttpStatusCode.NotFound, 40403)),
    ];

    [Theory]
    [MemberData(nameof(Away), DisableDiscoveryEnumeration = true)]
    public void What_is_away_says_nothing_of_the_message(Exception exception) => Assert.True(TransientFault.Is(exception));

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void An_answer_about_the_message_does(Exception exception) => Assert.False(TransientFault.Is(exception));
}
