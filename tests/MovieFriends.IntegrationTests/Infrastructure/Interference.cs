using MovieFriends.Chaos.Network;
using Neo4j.Driver;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>What tests do between a service and the database.</summary>
internal static class Interference
{
    /// <summary>Ends when a request that matches has passed the link.</summary>
    public static Task SeenAsync(this TcpProxy link, Func<ReadOnlyMemory<byte>, bool> request) => link.AtAsync(request, () => { });

    /// <summary>Lets a request that matches pass, and then nothing in either direction.</summary>
    public static Task StallAtAsync(this TcpProxy link, Func<ReadOnlyMemory<byte>, bool> request) => link.AtAsync(request, link.Stall);

    /// <summary>Drops all connections, once, at a request that matches, which does not reach the server.</summary>
    public static Task DropAtAsync(this TcpProxy link, Func<ReadOnlyMemory<byte>, bool> request) => link.AtAsync(request, link.DropConnections);

    /// <summary>Drops all connections at a request that matches, which does not reach the server, and refuses new ones until the link is restored.</summary>
    public static Task CutAtAsync(this TcpProxy link, Func<ReadOnlyMemory<byte>, bool> request) => link.AtAsync(request, link.Cut);

    /// <summary>Ends when a batch is on its way whose ledger entry is claimed.</summary>
    public static Task ChargesAreWrittenAsync(this TcpProxy link) => link.SeenAsync(BoltRequests.CreatesCharges);

    /// <summary>The same, of charges that the graph has already.</summary>
    public static Task ChargesAreUpdatedAsync(this TcpProxy link) => link.SeenAsync(request => request.Span.IndexOf("SET c.userId = s.userIds[i]"u8) >= 0);

    /// <summary>Holds what a statement locks in the graph until it is disposed of.</summary>
    public static async Task<HeldLock> LockAsync(this Scenario scenario, string cypher)
    {
        var session = scenario.Graph.AsyncSession();
        var transaction = await session.BeginTransactionAsync();
        await (await transaction.RunAsync(cypher)).ConsumeAsync();
        return new HeldLock(session, transaction);
    }

    private static Task AtAsync(this TcpProxy link, Func<ReadOnlyMemory<byte>, bool> request, Action then)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = link.LoseAnswerAsync(bytes =>
        {
            if (!seen.Task.IsCompleted && request(bytes))
            {
                then();
                seen.SetResult();
            }

            return false;
        });
        return seen.Task;
    }

    internal sealed class HeldLock(IAsyncSession session, IAsyncTransaction transaction) : IAsyncDisposable
    {
        private bool _released;

        public async ValueTask DisposeAsync()
        {
            if (_released)
                return;

            _released = true;
            await transaction.RollbackAsync();
            await session.DisposeAsync();
        }
    }
}
