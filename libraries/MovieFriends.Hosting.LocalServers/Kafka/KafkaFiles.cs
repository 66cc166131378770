namespace MovieFriends.Hosting.LocalServers.Kafka;

/// <summary>The files of one local broker, all below its folder.</summary>
internal sealed record KafkaFiles(string Folder)
{
    public string Settings => Path.Combine(Folder, "server.properties");

    public string LogSettings => Path.Combine(Folder, "log4j.properties");

    public string Log => Path.Combine(Folder, "logs", "server.log");

    public string Data => Path.Combine(Folder, "data");

    /// <summary>The name of the file in the data folder that a running broker holds locked.</summary>
    public const string LockName = ".lock";

    /// <summary>Present once the storage of a KRaft broker has been formatted.</summary>
    public string FormatMark => Path.Combine(Data, "meta.properties");
}
