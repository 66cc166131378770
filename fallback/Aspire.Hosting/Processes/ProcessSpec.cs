namespace Aspire.Hosting.Processes;

/// <summary>What is started: the program, and everything it is given.</summary>
internal sealed record ProcessSpec(string FileName, IReadOnlyList<string> Arguments, string WorkingDirectory, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Called for each line the process prints, from threads of its own; the flag marks standard error.</summary>
    public required Action<string, bool> OnLine { get; init; }
}
