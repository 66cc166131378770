using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.KafkaToNeo4j.Writing;
using MovieFriends.Neo4j;
using MovieFriends.Simulation.Checking;
using MovieFriends.Simulation.Planted;
using MovieFriends.Simulation.Scheduling;
using Neo4j.Driver;

namespace MovieFriends.Simulation.Graph;

/// <summary>The driver of one process. A request takes time to arrive, and its answer to come back; each may be lost.</summary>
internal sealed class SimulatedGraph(GraphServer server, Context process, Story story, Plant plant) : IGraph
{
    private readonly Scheduler _scheduler = process.Scheduler;

    public async Task<OpenTransaction> BeginAsync(TimeSpan limit) => plant.Kept(process.Name) ??
        new SimulatedTransaction(this, await RequestAsync("begin", null, () => Task.FromResult(server.Begin(process.Name, plant.HasNoTimeLimit ? TimeSpan.Zero : limit))), plant);

    public Task<IReadOnlyList<IReadOnlyDictionary<string, object>>> ReadAsync(GraphQuery query, IDictionary<string, object?> parameters) =>
        RequestAsync("read", null, () => Task.FromResult(server.Read(parameters)));

    public async Task<T> RequestAsync<T>(string what, Transaction? transaction, Func<Task<T>> request)
    {
        try
        {
            return await AskAsync(what, transaction, request);
        }
        catch (Neo4jException exception) when (plant.Failed(exception) is var planted && planted != exception)
        {
            throw planted;
        }
    }

    private async Task<T> AskAsync<T>(string what, Transaction? transaction, Func<Task<T>> request)
    {
        await process.Scheduler.World.Enter();
        var isFaulty = _scheduler.Chance(server.FaultRate);
        await _scheduler.PassAsync(0.2, isFaulty ? 200 : 3);
        var kind = isFaulty ? _scheduler.Random.Next(what == "write" ? 4 : 3) : -1;
        switch (kind)
        {
            case 0 when story.Fault($"{process.Name}: the graph refuses to {what} for now", "graph: request refused"):
                if (transaction is not null)
                    server.RollBack(transaction);
                throw GraphFaults.Transient(_scheduler.Random);
            case 1 when story.Fault($"{process.Name}: the connection breaks before the graph gets to {what}", "graph: connection breaks"):
                if (transaction is not null)
                    server.Break(transaction);
                throw GraphFaults.Away();
            case 3 when story.Fault($"{process.Name}: the rows are too much for the graph's memory", "graph: too little memory"):
                if (transaction is not null)
                    server.RollBack(transaction);
                throw GraphFaults.TooLarge(_scheduler.Random);
        }

        var answer = await request();
        await _scheduler.PassAsync(0.2, kind == 2 ? 500 : 3);
        if (kind != 2 || !story.Fault($"{process.Name}: the graph's answer to {what} is lost", "graph: answer lost"))
            return answer;

        if (transaction is not null)
            server.Break(transaction);
        throw GraphFaults.Away();
    }

    /// <summary>A transaction on the client's side.</summary>
    internal sealed class SimulatedTransaction(SimulatedGraph graph, Transaction transaction, Plant plant) : OpenTransaction
    {
        private bool _isOver;

        public override IAsyncQueryRunner Runner => throw new NotSupportedException("The rows of the simulation are written without statements.");

        public override Task<IReadOnlyList<IReadOnlyDictionary<string, object>>> ListAsync(GraphQuery query, IDictionary<string, object?> parameters) =>
            graph.RequestAsync("run", transaction, () => graph.Server.RunAsync(transaction, query, parameters));

        public override Task ExecuteAsync(GraphQuery query, IDictionary<string, object?> parameters) => ListAsync(query, parameters);

        public Task<int> WriteAsync(IReadOnlyList<Row> rows, bool upsert) =>
            graph.RequestAsync("write", transaction, () => graph.Server.WriteAsync(transaction, rows, upsert));

        public override async Task CommitAsync()
        {
            _isOver = true;
            await plant.CommitAsync(() => graph.RequestAsync("commit", transaction, () =>
            {
                graph.Server.Commit(transaction);
                return Task.FromResult(true);
            }));
        }

        public override async ValueTask DisposeAsync()
        {
            var isPrepared = transaction is { IsOver: false, Rows.Count: > 0, Ledger.Count: 0 };
            if (_isOver || plant.LeavesTransactionsOpen(graph.Scheduler.Random) || plant.Keeps(transaction.Process, this, isPrepared))
                return;

            _isOver = true;
            await graph.Scheduler.World.Enter();
            await graph.Scheduler.PassAsync(0.2, 3);
            graph.Server.RollBack(transaction);
        }
    }

    private GraphServer Server => server;

    private Scheduler Scheduler => _scheduler;
}
