namespace Neo4j.Driver.Results;

/// <summary>The session or transaction that a result belongs to.</summary>
internal interface IResultOwner
{
    /// <summary>Why no more can be read, if an earlier query of the same transaction failed; otherwise null.</summary>
    Exception Failure { get; }

    void OnFailure(Exception failure);

    /// <summary>The last answer for this result has arrived.</summary>
    ValueTask OnCompleteAsync(string bookmark);
}
