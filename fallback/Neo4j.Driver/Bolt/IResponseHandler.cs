namespace Neo4j.Driver.Bolt;

/// <summary>Takes the answer to one request. Answers arrive in the order of the requests.</summary>
internal interface IResponseHandler
{
    /// <summary>False lets the connection skip records without decoding them.</summary>
    bool WantsRecords { get; }

    void OnRecord(object[] values);

    void OnSuccess(Dictionary<string, object> metadata);

    /// <summary>The request failed, or was ignored because of the failure of an earlier one.</summary>
    void OnFailure(Exception failure);
}
