namespace MovieFriends.Simulation.Graph;

/// <summary>A transaction on the server's side.</summary>
internal sealed class Transaction(long number, string process)
{
    public long Number => number;

    public string Process => process;

    /// <summary>The nodes of the ledger as it has changed them.</summary>
    public SortedDictionary<string, LedgerNode> Ledger { get; } = new(StringComparer.Ordinal);

    /// <summary>Rows that it has written, new or not.</summary>
    public List<Row> Rows { get; } = [];

    /// <summary>Ids that it has created.</summary>
    public HashSet<string> Created { get; } = new(StringComparer.Ordinal);

    /// <summary>Locks that it holds.</summary>
    public List<string> Locks { get; } = [];

    /// <summary>Whose lock it waits for; null if it does not.</summary>
    public string? WaitsFor { get; set; }

    /// <summary>Ends its wait.</summary>
    public TaskCompletionSource? Wait { get; set; }

    public bool IsOver { get; set; }

    /// <summary>Why it was ended from outside.</summary>
    public Exception? EndedBy { get; set; }
}
