namespace MovieFriends.Kafka;

/// <summary>What an error of Kafka asks for.</summary>
public enum KafkaFailureKind
{
    /// <summary>Part of the ordinary course of things: the next attempt gets over it. Says nothing about health.</summary>
    Passing,

    /// <summary>Kafka cannot do it now: not healthy, and repeated for as long as it takes.</summary>
    Away,

    /// <summary>Kafka does not allow it, or not in this way, and only a person mends that: not healthy at once, and after <see cref="KafkaOptions.RefusalTimeout"/> the end.</summary>
    Refused,

    /// <summary>Kafka does not take this message; others may go through.</summary>
    Message,
}
