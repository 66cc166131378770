namespace MovieFriends.Simulation.Planted;

/// <summary>The faults that are planted to prove that the simulation finds them.</summary>
internal static class Plants
{
    /// <summary>Makes the one with a name, anew for each run.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static Func<Plant> Named(string name) => Create().Any(plant => plant.Name == name)
        ? () => Create().Single(plant => plant.Name == name)
        : throw new FormatException($"--plant: '{name}' is not known; there are {string.Join(", ", Create().Select(plant => $"'{plant.Name}'"))}.");

    /// <summary>New ones: some keep count of what they do in a run.</summary>
    public static IReadOnlyList<Plant> Create() =>
    [
        new() { Name = "compare before lock", What = "the claim of the ledger compares before it has the lock", ComparesBeforeLock = true, From = 150, Seeds = 340 },
        new() { Name = "no comparison", What = "the claim of the ledger compares nothing", ClaimsWithoutComparing = true },
        new() { Name = "ledger reset", What = "a new owner puts the ledger back to where it was when it was read", OpenResetsLedger = true },
        new LostRows(onlyUpserts: false) { Name = "ledger without rows", What = "the ledger moves, and a row is not written" },
        new LostRows(onlyUpserts: true) { Name = "rows lost at look-up", What = "a row is not written where batches are looked up first" },
        new Seeks((_, committed) => committed) { Name = "seek to the group", What = "reading begins at the group's offset, not at the ledger's" },
        new Seeks((offset, _) => offset + 1) { Name = "seek too far", What = "reading begins one message too late" },
        new LostResumes { Name = "lost resumption", What = "a paused partition is sometimes not told that it has room" },
        new LostTimers { Name = "lost timer", What = "one wait of ten never ends", Seeds = 60 },
        new LostSteps { Name = "dead poll loop", What = "the poll loop ends without a word" },
        new EarlySeeks { Name = "early seek", What = "a partition is sought before the client has found its beginning" },
        new Drops { Name = "lost message", What = "the client skips a message" },
        new Ends { Name = "end too far", What = "the end of a partition is one offset too far" },
        new() { Name = "beginning too high", What = "messages that are there are taken for deleted", LowIsTooHigh = 3 },
        new() { Name = "end too low", What = "the end of a partition is asked of a replica that is behind", HighIsTooLow = 3 },
        new() { Name = "ignored pause", What = "a partition is fetched on though its buffer is full", IgnoresPause = true },
        new Letters(static async produce =>
        {
            await produce();
            return await produce();
        }) { Name = "dead letter twice", What = "each dead letter is sent twice" },
        new Letters(static _ => Task.FromResult(0L)) { Name = "dead letter never", What = "dead letters are confirmed and never sent" },
        new Letters(static produce =>
        {
            _ = produce();
            return Task.FromResult(0L);
        }) { Name = "dead letter unconfirmed", What = "the commit does not wait for dead letters" },
        new() { Name = "dead letters not looked for", What = "who takes a partition over does not find what its predecessor sent", FindsNoDeadLetters = true, Seeds = 60 },
        new LeftOpen { Name = "forgotten rollback", What = "transactions that are given up stay open, without a limit", HasNoTimeLimit = true },
        new Swallows { Name = "swallowed fatal error", What = "a worker dies, and nobody hears of it" },
        new Misjudges { Name = "misjudged failure", What = "a failure that passes is taken for one that no repetition mends" },
        new Leaks { Name = "leaked permit", What = "a transaction whose commit fails keeps its permit" },
        .. InTheWorker(),
        .. OfThePast(),
    ];

    // What can go wrong between the worker and its batches.
    private static IEnumerable<Plant> InTheWorker() =>
    [
        new KeptBatches { Name = "prepared batch not dropped", What = "a prepared batch that is given up is not dropped: its rows go with the next transaction", Seeds = 60 },
        new() { Name = "batch repeated", What = "a batch whose commit was not confirmed is written again", RepeatsOwn = true, Seeds = 60 },
        new CountsTwice { Name = "retry counted", What = "an attempt that is repeated counts its messages twice", Seeds = 60 },
        new TurnedOrder { Name = "turned order", What = "every other batch takes its locks in the opposite order", Seeds = 600 },
        new LostWakeUps { Name = "lost wake-up", What = "one of 3,000 waits is over, and who waits does not hear it", Seeds = 60 },
        new EndlessStops { Name = "endless stop", What = "a worker that does not end when its partition is taken away is waited for without a limit", Seeds = 60 },
        new MissesMoves { Name = "move not noticed", What = "a partition without new messages does not look whether its ledger was moved", From = 100, Seeds = 200 },
        new GoesOnWhenFenced { Name = "fenced and on", What = "a worker whose batch the ledger refuses goes on with the next one", Seeds = 60 },
        new() { Name = "other topic's dead letters", What = "dead letters of a topic that was deleted are taken for those of the new one", KeepsOldDeadLetters = true, KnowsDeadLettersByOffset = true, From = 2240, Seeds = 2260 },
        new() { Name = "same topic", What = "nobody notices that a topic was deleted and created again", SeesOneTopic = true, Seeds = 60 },
        new() { Name = "always a member", What = "nobody notices that a client has left its group for good", IsAlwaysMember = true, Seeds = 60 },
        new EarlyCommits { Name = "early group offset", What = "offsets are committed to Kafka before the graph has them" },
    ];

    // What was wrong once, and was mended.
    private static IEnumerable<Plant> OfThePast() =>
    [
        new OldEnds { Name = "broker before ledger", What = "the broker is asked for a partition's end before the ledger is read", Seeds = 60 },
        new PausesWithRoom { Name = "pause with room", What = "a partition is paused though its buffer has room by now" },
        new FailsAfterCommit { Name = "failure after commit", What = "what fails after a commit is taken for a failure of the batch" },
        new IgnoresEnds { Name = "trailing marks", What = "marks of transactions at a partition's end are not passed" },
        new() { Name = "no time limit", What = "a consumer that hangs in a transaction keeps its partition from others", HasNoTimeLimit = true, Seeds = 150 },
        new RejectsUnread { Name = "registry away", What = "messages that cannot be read while a registry is away become dead letters", Seeds = 60 },
        new EndsForDeadLetters { Name = "dead letters fatal", What = "a broker that does not take dead letters ends the service", Seeds = 60 },
        new EndsForTimeOuts { Name = "time-out as end", What = "a client's own time-out ends a worker without a word" },
        new LooksOnce { Name = "dead letters looked for once", What = "dead letters are not looked for again before more are sent", From = 2025, Seeds = 2040 },
    ];
}
