using MovieFriends.KafkaToNeo4j;
using static MovieFriends.Simulation.Stories.FaithfulStory;
using static MovieFriends.Simulation.Stories.Steps;

namespace MovieFriends.Simulation.Stories;

/// <summary>The stories.</summary>
internal static class FaithfulStories
{
    private const int Many = 100;

    public static IReadOnlyList<FaithfulStory> All { get; } =
    [
        new("Messages of every kind come")
        {
            Steps =
            [
                Start("first"),
                Produce(0, Event("a", "key"), Rubbish("key"), Refused("b", "key"), Nothing("key"), Event("c", "key")),
                Produce(1, [.. Events(1, 0, Many), Refused("d", "1-key-0"), .. Events(1, Many, Many)]),
                Settle,
            ],
            EventCount = 2 + (2 * Many),
            DeadLetterCount = 3,
        },
        new("A consumer is killed, and another takes over")
        {
            Processes = ["first"],
            Steps =
            [
                Start("first"),
                Produce(0, [.. Events(0, 0, Many), Rubbish("0-key-0")]),
                Settle,
                Produce(0, [.. Events(0, Many, Many), Rubbish("0-key-0")]),
                Produce(1, [.. Events(1, 0, Many), Refused("a", "1-key-0")]),
                Kill("first"),
                Start("second"),
                Settle,
            ],
            EventCount = 3 * Many,
            DeadLetterCount = 3,
        },
        new("A consumer hangs, and comes back when another has its partitions")
        {
            Processes = ["first"],
            Steps =
            [
                Start("first"),
                Produce(0, Events(0, 0, Many)),
                Settle,
                Freeze("first"),
                Produce(0, [.. Events(0, Many, Many), Rubbish("0-key-0")]),
                Produce(1, Events(1, 0, Many)),
                Start("second"),
                Settle,
                Continue("first"),
                Produce(0, Events(0, 2 * Many, Many)),
                Produce(1, [.. Events(1, Many, Many), Refused("a", "1-key-0")]),
                Settle,
            ],
            EventCount = 5 * Many,
            DeadLetterCount = 2,
        },
        new("The broker is away for a while")
        {
            Steps =
            [
                Start("first"),
                Produce(0, Events(0, 0, Many)),
                Settle,
                BrokerGoes,
                BrokerReturns,
                Produce(0, [.. Events(0, Many, Many), Rubbish("0-key-0")]),
                Produce(1, Events(1, 0, Many)),
                Settle,
            ],
            EventCount = 3 * Many,
            DeadLetterCount = 1,
        },
        new("The graph is away for a while")
        {
            Steps =
            [
                Start("first"),
                Produce(0, Events(0, 0, Many)),
                Settle,
                GraphGoes,
                Produce(0, [.. Events(0, Many, Many), Rubbish("0-key-0"), Refused("a", "0-key-1")]),
                Produce(1, Events(1, 0, Many)),
                GraphReturns,
                Settle,
            ],
            EventCount = 3 * Many,
            DeadLetterCount = 2,
        },
        new("A second consumer joins and leaves")
        {
            Partitions = 4,
            Steps =
            [
                Start("first"),
                Produce(0, Events(0, 0, Many)),
                Settle,
                Start("second"),
                Produce(1, [.. Events(1, 0, Many), Rubbish("1-key-0")]),
                HasPartitions("second"),
                Produce(2, Events(2, 0, Many)),
                Produce(3, Events(3, 0, Many)),
                Stop("second"),
                Produce(1, Events(1, Many, Many)),
                Settle,
            ],
            EventCount = 5 * Many,
            DeadLetterCount = 1,
        },
        new("The same messages come again")
        {
            Steps =
            [
                Start("first"),
                Produce(0, [Event("a", "key"), Event("b", "key"), Event("a", "key"), .. Events(0, 0, Many)]),
                Settle,
                Produce(0, [Event("b", "key"), .. Events(0, 0, Many), .. Events(0, Many, 1), Event("a", "key")]),
                Settle,
            ],
            EventCount = 3 + Many,
        },
        new("Retention deletes messages that were never read, and they are skipped")
        {
            OnGap = GapPolicy.Skip,
            Steps =
            [
                Start("first"),
                Produce(0, Events(0, 0, Many)),
                Settle,
                Stop("first"),
                Produce(0, [.. Events(0, Many, Many), Rubbish("0-key-0")]),
                Produce(1, Events(1, 0, Many)),
                Delete(0, Many + 30),
                Delete(1, 10),
                Start("second"),
                Settle,
            ],
            EventCount = (3 * Many) - 40,
            DeadLetterCount = 1,
        },
        new("Retention deletes messages that were never read, and the consumer stops")
        {
            OnGap = GapPolicy.Fail,
            Partitions = 1,
            Steps =
            [
                Start("first"),
                Produce(0, Events(0, 0, Many)),
                Settle,
                Stop("first"),
                Produce(0, Events(0, Many, Many)),
                Delete(0, Many + 30),
                Start("second"),
                GivesUp("second"),
            ],
            EventCount = Many,
            Fatal = StoryEnd.MessagesAreGone,
        },
        new("Transactions are committed and aborted, and their marks are the last of a partition")
        {
            Steps =
            [
                Commit(0, Events(0, 0, Many)),
                Start("first"),
                Settle,
                Abort(0, Events(0, Many, Many)),
                Settle,
                Abort(1, [Rubbish("key")]),
                Commit(1, [.. Events(1, 0, Many), Rubbish("1-key-0")]),
                Settle,
            ],
            EventCount = 2 * Many,
            DeadLetterCount = 1,
        },
        new("The ledger is moved back by hand")
        {
            Steps =
            [
                Start("first"),
                Produce(0, [.. Events(0, 0, Many), Rubbish("0-key-0"), Refused("a", "0-key-1"), .. Events(0, Many, Many)]),
                Produce(1, Events(1, 0, Many)),
                Settle,
                MoveLedger(0, Many - 50),
                Settle,
                Produce(0, Events(0, 2 * Many, Many)),
                Settle,
            ],
            EventCount = 4 * Many,

            // Those that are in their topic are looked for from its beginning, and are not sent again.
            DeadLetterCount = 2,
        },
        new("The ledger is moved past the end by hand")
        {
            Partitions = 1,
            Steps =
            [
                Start("first"),
                Produce(0, Events(0, 0, Many)),
                Settle,
                MoveLedger(0, Many + 50),
                GivesUp("first"),
            ],
            EventCount = Many,
            Fatal = StoryEnd.LedgerIsPastTheEnd,
        },
        new("The topic is deleted and created again, and the consumer starts over")
        {
            OnNewTopic = NewTopicPolicy.StartOver,
            Steps =
            [
                Start("first"),
                Produce(0, [.. Events(0, 0, Many), Rubbish("0-key-0")]),
                Produce(1, Events(1, 0, Many)),
                Settle,
                CreateTopicAgain,

                // Fewer than before: what came behind the old places could be written before anybody notices, and again after that.
                Produce(0, [.. Events(0, Many, Many / 2), Rubbish("0-key-0")]),
                Produce(1, Events(1, Many, Many / 2)),
                Settle,
            ],
            EventCount = 3 * Many,
            DeadLetterCount = 2,
        },
        new("A partition is added")
        {
            Steps =
            [
                Start("first"),
                Produce(0, Events(0, 0, Many)),
                Settle,
                AddPartition,
                Produce(2, [.. Events(2, 0, Many), Rubbish("2-key-0")]),
                Settle,
            ],
            EventCount = 2 * Many,
            DeadLetterCount = 1,
        },
    ];
}
