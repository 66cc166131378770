namespace MovieFriends.Chaos.Processes;

/// <summary>One of the product's services while it runs and after, wherever that is.</summary>
internal interface IRunningService : IAsyncDisposable
{
    /// <summary>Its name, such as <c>consumer</c>.</summary>
    string Service { get; }

    /// <summary>The last lines of its log.</summary>
    IReadOnlyList<string> Log { get; }

    /// <summary>Ends with the service; the result is the exit code.</summary>
    Task<int> Exited { get; }

    bool HasExited => Exited.IsCompleted;

    /// <summary>Asks it to end, as SIGTERM does.</summary>
    void Terminate();
}
