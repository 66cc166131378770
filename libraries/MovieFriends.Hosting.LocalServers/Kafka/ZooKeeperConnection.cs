using System.Net.Sockets;
using System.Text;

namespace MovieFriends.Hosting.LocalServers.Kafka;

/// <summary>Puts ZooKeeper's four-letter questions.</summary>
internal static class ZooKeeperConnection
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether the server is in service.</summary>
    public static async Task<bool> IsOkAsync(int port, CancellationToken cancellationToken) =>
        await AskAsync(port, "ruok", cancellationToken) == "imok";

    /// <summary>
    /// Waits until ZooKeeper no longer knows the broker. A broker that was killed stays registered until its session ends, and a new one
    /// with the same id gives up at its start.
    /// </summary>
    public static async Task WaitUntilUnregisteredAsync(int port, int brokerId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(timeout);
        try
        {
            while (await AskAsync(port, "dump", waiting.Token) is not { } dump || !IsComplete(dump) || Knows(dump, brokerId))
            {
                await Task.Delay(s_pause, waiting.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException($"Broker {brokerId} is still registered with ZooKeeper after {timeout.TotalSeconds:0} s. Stop the process of an earlier start that holds it.");
        }
    }

    /// <summary>A ZooKeeper that is still starting answers with an excuse instead.</summary>
    private static bool IsComplete(string dump) => dump.Contains("Sessions with Ephemerals", StringComparison.Ordinal);

    private static bool Knows(string dump, int brokerId) =>
        dump.Split('\n').Any(line => line.Trim() == $"/brokers/ids/{brokerId}");

    private static async Task<string?> AskAsync(int port, string question, CancellationToken cancellationToken)
    {
        using var answerTime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        answerTime.CancelAfter(s_timeout);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(LocalServerHost.Address, port, answerTime.Token);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(question), answerTime.Token);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadToEndAsync(answerTime.Token);
        }
        catch (Exception unanswered) when (unanswered is SocketException or IOException || !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
