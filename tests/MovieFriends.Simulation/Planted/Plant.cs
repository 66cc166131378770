using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Workers;
using MovieFriends.KafkaToNeo4j.Writing;
using MovieFriends.Simulation.Graph;
using MovieFriends.Simulation.Scheduling;

namespace MovieFriends.Simulation.Planted;

/// <summary>
/// A fault of the engine, or of what it relies on, that is planted in every process of a run at the engine's borders: the simulation is to find it.
/// The engine's code is the same with and without. By default nothing is planted.
/// </summary>
internal class Plant
{
    public static readonly Plant None = new() { Name = "none", What = "nothing" };

    public required string Name { get; init; }

    /// <summary>What is wrong, in words.</summary>
    public required string What { get; init; }

    /// <summary>Within so many seeds, from 1, it is to be found.</summary>
    public int Seeds { get; init; } = 20;

    /// <summary>The first seed that is tried, where those before do not show it. After a change of what the engine asks for, it has to be looked for anew.</summary>
    public int From { get; init; } = 1;

    /// <summary>The statement that claims the ledger compares before it has the lock.</summary>
    public bool ComparesBeforeLock { get; init; }

    /// <summary>The statement that claims the ledger does not compare.</summary>
    public bool ClaimsWithoutComparing { get; init; }

    /// <summary>Finding a start position puts the ledger back to where it was when it was read.</summary>
    public bool OpenResetsLedger { get; init; }

    /// <summary>A partition whose buffer is full is fetched on.</summary>
    public bool IgnoresPause { get; init; }

    /// <summary>Who takes a partition over finds no dead letters of its predecessor.</summary>
    public bool FindsNoDeadLetters { get; init; }

    /// <summary>Whether a message gets lost between client and engine.</summary>
    public virtual bool DropsMessage(Random random) => false;

    /// <summary>By how much the end of a partition is reported too high.</summary>
    public virtual long EndIsTooFar(Random random) => 0;

    /// <summary>Whether a transaction that is given up stays open.</summary>
    public virtual bool LeavesTransactionsOpen(Random random) => false;

    /// <summary>The rows that a statement gets.</summary>
    public virtual List<Row> RowsOf(List<Row> rows, bool upsert) => rows;

    public virtual Task CommitAsync(Func<Task> commit) => commit();

    public virtual Task<long> ProduceAsync(Func<Task<long>> produce, Random random) => produce();

    /// <summary>The partition that a worker sees.</summary>
    public virtual IAssignedPartition Of(IAssignedPartition partition, Func<int, long?> committedByGroup, Random random) => partition;

    /// <summary>By how much the beginning of a partition is reported too high.</summary>
    public long LowIsTooHigh { get; init; }

    /// <summary>By how much the end of a partition is reported too low when somebody asks.</summary>
    public long HighIsTooLow { get; init; }

    /// <summary>Transactions have no time limit.</summary>
    public bool HasNoTimeLimit { get; init; }

    /// <summary>Whether a timer is never heard of.</summary>
    public virtual bool LosesTimer(Random random, TimeSpan dueTime) => false;

    /// <summary>Whether the poll loop ends without a word.</summary>
    public virtual bool LosesStep(Random random) => false;

    /// <summary>Hears that a process has started.</summary>
    public virtual void Started(IServiceProvider services, Context process)
    {
    }

    /// <summary>Hears that a process has been assigned partitions.</summary>
    public virtual void Assigned(Context process, IReadOnlyList<int> partitions)
    {
    }

    /// <summary>Hears that a worker cannot go on.</summary>
    /// <returns>Whether it is to be heard by the engine, too.</returns>
    public virtual bool HearsFatal() => true;

    /// <summary>A request to the graph has failed.</summary>
    public virtual Exception Failed(Exception exception) => exception;

    /// <summary>What writes batches, as a worker sees it.</summary>
    public virtual IGraphWriter Of(IGraphWriter writer, IServiceProvider services) => writer;

    /// <summary>Where its partition stands, as a worker sees it.</summary>
    public virtual IPartitionPosition Of(IPartitionPosition position) => position;

    /// <summary>A process may claim what it has written once more.</summary>
    public bool RepeatsOwn { get; init; }

    /// <summary>Whether a transaction that is given up is kept, with what it has written.</summary>
    public virtual bool Keeps(string process, OpenTransaction transaction, bool isPrepared) => false;

    /// <summary>The transaction that was kept, instead of a new one.</summary>
    public virtual OpenTransaction? Kept(string process) => null;

    /// <summary>Rows in the order in which they are written.</summary>
    public virtual List<Row> InOrder(List<Row> rows) => rows;

    /// <summary>Whether something that is awaited is never heard of.</summary>
    public virtual bool LosesWakeUp(Random random) => false;

    /// <summary>Whether who is told to stop does not hear it.</summary>
    public virtual bool LosesStop(Random random) => false;

    /// <summary>Whether Kafka hears of a message before the graph has it.</summary>
    public virtual bool CommitsWhatIsPolled(Random random) => false;

    /// <summary>A message was polled.</summary>
    public virtual void Polled(Context process, int partition, Random random)
    {
    }

    /// <summary>A message cannot be read now.</summary>
    public virtual RowResult Unread(RowResult result) => result;

    /// <summary>Where a partition ends, as a process hears it.</summary>
    public virtual long EndOf(string process, int partition, long end) => end;

    /// <summary>Whether nobody hears of the end of a partition that is read from where it was sought.</summary>
    public virtual bool HidesEnd => false;

    /// <summary>Whether who looks for dead letters sees them.</summary>
    public virtual bool FindsDeadLetters => true;

    /// <summary>A ledger that starts over goes on where dead letters of the earlier topic can be.</summary>
    public bool KeepsOldDeadLetters { get; init; }

    /// <summary>A dead letter seems to have the key and value of the message that is at its offset now.</summary>
    public bool KnowsDeadLettersByOffset { get; init; }

    /// <summary>The topic has the same id for ever.</summary>
    public bool SeesOneTopic { get; init; }

    /// <summary>A client seems to be a member of its group whatever happens.</summary>
    public bool IsAlwaysMember { get; init; }
}
