using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MovieFriends.KafkaToNeo4j.Records;

/// <summary>Tells what is away from what is wrong, in the exceptions of formats that ask somebody, such as a schema registry.</summary>
internal static class TransientFault
{
    // What the exception of Confluent's registry client says besides its status; the library does without that package.
    private const string RegistryErrorCode = "ErrorCode";
    private const string RegistryStatus = "Status";

    /// <summary>Whether the exception, or the first of its causes that is known, says that something is away.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        HttpRequestException http => Is(http),
        TimeoutException or OperationCanceledException or SocketException => true,
        AggregateException several => several.InnerExceptions.Any(Is),
        _ => exception.InnerException is { } cause && Is(cause),
    };

    // A registry that knows a schema not, or does not take it, says so with a code of five digits. A status alone may come from whatever else
    // is at that address: it is the fault of no message.
    private static bool Is(HttpRequestException exception)
    {
        var type = exception.GetType();
        if (type.GetProperty(RegistryErrorCode)?.GetValue(exception) is int code && type.GetProperty(RegistryStatus)?.PropertyType == typeof(HttpStatusCode))
            return code.ToString(CultureInfo.InvariantCulture) is not ({ Length: 5 } and (['4', '0', '4', ..] or ['4', '2', '2', ..]));

        return exception.StatusCode is null or >= HttpStatusCode.InternalServerError
            or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired
            or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
    }
}
