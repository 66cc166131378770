namespace MovieFriends.Kafka;

/// <summary>Header names of a message's trace context.</summary>
public static class TraceHeaders
{
    /// <summary>The span in which a message was sent, in the form of W3C Trace Context. The value is ASCII text.</summary>
    public const string TraceParent = "traceparent";
}
