using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.Candidates;

/// <summary>One of those that are compared: brings the whole backlog into a graph without charges.</summary>
internal interface ICandidate
{
    string Name { get; }

    Task<Sample> RunAsync(CancellationToken cancellationToken);
}
