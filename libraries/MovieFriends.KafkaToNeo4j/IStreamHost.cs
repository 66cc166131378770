namespace MovieFriends.KafkaToNeo4j;

/// <summary>What runs the streams of a process, and hears when they are over. By default the host stops then, with the exit code 1 if a stream has failed.</summary>
public interface IStreamHost
{
    /// <summary>A stream cannot go on. Why is in the log.</summary>
    void Failed();

    /// <summary>All streams are at their ends.</summary>
    void Completed();
}
