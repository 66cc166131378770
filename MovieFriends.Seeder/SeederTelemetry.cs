using System.Diagnostics.Metrics;

namespace MovieFriends.Seeder;

/// <summary>The seeder's metrics. Its spans are those of a run.</summary>
internal sealed class SeederTelemetry : IDisposable
{
    public const string Name = "MovieFriends.Seeder";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _users;

    public SeederTelemetry() => _users = _meter.CreateCounter<long>("moviefriends.seeder.users", "{user}", "Users written into the graph, with their relationships.");

    public void Written(int users) => _users.Add(users);

    public void Dispose() => _meter.Dispose();
}
