namespace Neo4j.Driver.Bolt;

/// <summary>The answer to a request that has no records.</summary>
internal sealed class Reply : IResponseHandler
{
    public Dictionary<string, object> Metadata { get; private set; }

    public Exception Failure { get; private set; }

    public bool WantsRecords => false;

    public void OnRecord(object[] values)
    {
    }

    public void OnSuccess(Dictionary<string, object> metadata) => Metadata = metadata;

    public void OnFailure(Exception failure) => Failure = failure;

    /// <exception cref="Neo4jException">The request failed.</exception>
    public void EnsureSuccess()
    {
        if (Failure is not null)
        {
            throw Failure;
        }
    }
}
