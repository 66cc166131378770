using MovieFriends.Simulation.Broker;

namespace MovieFriends.Simulation.Stories;

/// <summary>The words of a story.</summary>
internal static class Steps
{
    public static Step Settle { get; } = host => host.SettledAsync();

    public static Step BrokerGoes { get; } = host => host.BrokerGoesAsync();

    public static Step BrokerReturns { get; } = host => host.BrokerReturnsAsync();

    public static Step GraphGoes { get; } = host => host.GraphGoesAsync();

    public static Step GraphReturns { get; } = host => host.GraphReturnsAsync();

    public static Step AddPartition { get; } = host => host.AddPartitionAsync();

    public static Step CreateTopicAgain { get; } = host => host.CreateTopicAgainAsync();

    public static Step Produce(int partition, params StoredMessage[] messages) => host => host.ProduceAsync(partition, messages);

    public static Step Commit(int partition, params StoredMessage[] messages) => host => host.ProduceTransactionAsync(partition, messages, commits: true);

    public static Step Abort(int partition, params StoredMessage[] messages) => host => host.ProduceTransactionAsync(partition, messages, commits: false);

    public static Step Start(string consumer) => host => host.StartAsync(consumer);

    public static Step Kill(string consumer) => host => host.KillAsync(consumer);

    public static Step Stop(string consumer) => host => host.StopAsync(consumer);

    public static Step Freeze(string consumer) => host => host.FreezeAsync(consumer);

    public static Step Continue(string consumer) => host => host.ContinueAsync(consumer);

    public static Step HasPartitions(string consumer) => host => host.HasPartitionsAsync(consumer);

    public static Step GivesUp(string consumer) => host => host.FailsAsync(consumer);

    public static Step Delete(int partition, long before) => host => host.DeleteAsync(partition, before);

    public static Step MoveLedger(int partition, long offset) => host => host.MoveLedgerAsync(partition, offset);
}
