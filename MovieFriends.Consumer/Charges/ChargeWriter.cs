using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Topics;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.Consumer.Charges;

/// <summary>Writes charges: new ones are created; of those of a user and day that the graph has, the later one wins. Keeps the columns it needs from batch to batch.</summary>
internal sealed class ChargeWriter(Neo4jTelemetry telemetry, IOptions<ConsumerOptions> options) : IRowWriter<ChargeRows>
{
    private readonly ChargeColumns _new = new();
    private readonly ChargeColumns _known = new();
    private readonly List<long> _ids = [];
    private readonly HashSet<long> _knownIds = [];

    // What was to be created by the last statement that creates.
    private ChargeColumns _toCreate = new();

    /// <summary>A batch creates no user, which is all that the next one looks for.</summary>
    public bool WritesAhead => true;

    public Task<WriteResult> InsertAsync(IAsyncQueryRunner transaction, ChargeRows rows) => CreateAsync(transaction, rows.Charges);

    public async Task<WriteResult> UpsertAsync(IAsyncQueryRunner transaction, ChargeRows rows)
    {
        await SplitAsync(transaction, rows.Charges);
        var written = await CreateAsync(transaction, _new);
        if (_known.Count == 0)
            return written;

        var found = await ChargeStatements.Update.ListAsync(transaction, _known.Parameters, telemetry);
        var updated = found[0]["updated"].As<int>();
        return written with { Updated = updated, Unchanged = _known.Count - updated };
    }

    // Nobody creates one of these users in between: whoever looks a user up by its unique id, in a statement that writes, locks the id that it does not find.
    public async Task<WriteResult> CompleteAsync(IAsyncQueryRunner transaction, ChargeRows rows, WriteResult written, IBatchMessages messages)
    {
        if (written.Created == _toCreate.Count)
            return written;

        var users = await FindUnknownUsersAsync(transaction, _toCreate);
        var all = rows.Charges;
        var outcome = written with { Unmatched = messages.Count(row => users.Contains(all.UserId(row))) };
        switch (options.Value.UnknownUsers)
        {
            case UnknownUserPolicy.DeadLetter:
                messages.DeadLetter(DeadLetterReasons.UnknownUser, row => users.Contains(all.UserId(row)) ? $"User {all.UserId(row)} is not in the graph." : null);
                return outcome;
            case UnknownUserPolicy.Create:
                return outcome + await CreateWithUsersAsync(transaction, _toCreate, users);
            default:
                return outcome;
        }
    }

    public Task WarmUpAsync(IAsyncQueryRunner transaction) => ChargeStatements.Create.ExecuteAsync(transaction, new ChargeColumns().Parameters, telemetry);

    private async Task SplitAsync(IAsyncQueryRunner transaction, ChargeColumns charges)
    {
        _new.Clear();
        _known.Clear();
        _knownIds.Clear();
        _ids.Clear();
        foreach (var slice in charges.Slices)
            _ids.AddRange(slice.ChargeIds);
        var found = await ChargeStatements.FindKnownCharges.ListAsync(transaction, new Dictionary<string, object?> { ["chargeIds"] = _ids }, telemetry);
        foreach (var row in found)
            _knownIds.Add(row["chargeId"].As<long>());

        for (var i = 0; i < charges.Count; i++)
            (_knownIds.Contains(charges.ChargeId(i)) ? _known : _new).AddRow(charges, i);
    }

    private async Task<WriteResult> CreateAsync(IAsyncQueryRunner transaction, ChargeColumns charges)
    {
        _toCreate = charges;
        return charges.Count == 0
            ? default
            : await RunAsync(transaction, charges);
    }

    private async Task<HashSet<long>> FindUnknownUsersAsync(IAsyncQueryRunner transaction, ChargeColumns charges)
    {
        _ids.Clear();
        foreach (var slice in charges.Slices)
            _ids.AddRange(slice.UserIds);
        var found = await ChargeStatements.FindUnknownUsers.ListAsync(transaction, new Dictionary<string, object?> { ["userIds"] = _ids }, telemetry);
        return found.Select(row => row["userId"].As<long>()).ToHashSet();
    }

    private async Task<WriteResult> CreateWithUsersAsync(IAsyncQueryRunner transaction, ChargeColumns charges, HashSet<long> users)
    {
        await ChargeStatements.CreateUsers.ExecuteAsync(transaction, new Dictionary<string, object?> { ["userIds"] = users.ToList() }, telemetry);
        var late = new ChargeColumns();
        for (var i = 0; i < charges.Count; i++)
        {
            if (users.Contains(charges.UserId(i)))
                late.AddRow(charges, i);
        }

        return await RunAsync(transaction, late);
    }

    private async Task<WriteResult> RunAsync(IAsyncQueryRunner transaction, ChargeColumns charges)
    {
        var counters = (await ChargeStatements.Create.ExecuteAsync(transaction, charges.Parameters, telemetry)).Counters;
        return new WriteResult { Created = counters.NodesCreated, NodesCreated = counters.NodesCreated, RelationshipsCreated = counters.RelationshipsCreated };
    }
}
