using System.ComponentModel.DataAnnotations;

namespace MovieFriends.Kafka;

/// <summary>Configuration section <c>Kafka</c>, the same for all services.</summary>
public sealed record KafkaOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Kafka";

    /// <summary>
    /// How long a service that is at work goes on asking for what Kafka refuses, before it ends: a right, a group's protocol, a sign-in. It is not
    /// healthy meanwhile. A broker that starts may refuse for a moment what it allows later.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan RefusalTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
