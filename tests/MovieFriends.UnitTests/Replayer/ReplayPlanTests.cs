using System.Globalization;
using System.Text;
using Confluent.Kafka;
using CsCheck;
using MovieFriends.Contracts.Topics;
using MovieFriends.Kafka;
using MovieFriends.Replayer.DeadLetters;
using Xunit;

namespace MovieFriends.UnitTests.Replayer;

public sealed class ReplayPlanTests
{
    private const string Topic = "charges";
    private const string Other = "other";

    [Fact]
    public void Of_letters_of_one_original_the_first_is_chosen_whatever_their_kinds()
    {
        var plan = ReplayPlan.Create(Scan((0, 3, DeadLetter(1, 7)), (0, 4, DeadLetter(1, 7)), (2, 0, DeadLetter(1, 7, DeadLetterReasons.Refused)), (2, 1, DeadLetter(2, 7))), null);

        Assert.Equal(2, plan.Count);
        Assert.True(plan.Contains(0, 3));
        Assert.True(plan.Contains(2, 1));
        Assert.Equal(["malformed 3 1 0 2 2", "refused 1 1 0 0 0"], Table(plan));
    }

    [Fact]
    public void What_lies_before_a_mark_was_put_back_and_a_later_letter_of_the_same_original_is_a_double()
    {
        var scan = Scan((0, 0, DeadLetter(1, 7)), (0, 1, DeadLetter(1, 8)), (0, 2, Mark(1)), (0, 5, DeadLetter(1, 7)), (1, 0, DeadLetter(1, 7)));

        var plan = ReplayPlan.Create(scan, null);

        Assert.True(plan.Contains(0, 1));
        Assert.Equal(1, plan.Count);
        Assert.Equal(["malformed 4 2 1 1 1"], Table(plan));
    }

    [Fact]
    public void A_mark_holds_for_its_own_kind_partition_and_topic()
    {
        var scan = Scan(
            (0, 0, DeadLetter(0, 1)),
            (0, 1, DeadLetter(0, 2, DeadLetterReasons.Refused)),
            (0, 2, Mark(9, DeadLetterReasons.UnknownUser)),
            (0, 3, Mark(9, topic: Other)),
            (1, 0, DeadLetter(0, 3)),
            (1, 1, Mark(9)));

        Assert.Equal(["malformed 2 0 1 1 1", "refused 1 0 0 1 1"], Table(ReplayPlan.Create(scan, null)));
    }

    [Fact]
    public void Only_letters_of_the_kind_asked_for_are_chosen()
    {
        var scan = Scan((0, 0, DeadLetter(0, 1)), (0, 1, DeadLetter(0, 2, DeadLetterReasons.Refused)), (0, 2, DeadLetter(0, 1, DeadLetterReasons.Refused)));

        var plan = ReplayPlan.Create(scan, DeadLetterReasons.Refused);

        Assert.Equal(["malformed 1 1 0 0 0", "refused 2 0 0 2 2"], Table(plan));
    }

    [Fact]
    public void The_same_offset_of_a_topic_that_was_created_again_is_another_original() =>
        Assert.Equal(2, ReplayPlan.Create(Scan((0, 0, DeadLetter(0, 1, value: "a")), (0, 1, DeadLetter(0, 1, value: "b"))), null).Count);

    [Fact]
    public void Letters_of_other_topics_letters_cut_short_and_what_is_no_letter_are_counted_and_left()
    {
        var shortened = DeadLetter(0, 2);
        shortened.Headers.Add(DeadLetterHeaders.OriginalSize, "2000000"u8.ToArray());
        var halfRead = DeadLetter(0, 3);
        halfRead.Headers.Remove(DeadLetterHeaders.SourceOffset);

        var scan = Scan((0, 0, DeadLetter(0, 1, topic: Other)), (0, 1, shortened), (0, 2, halfRead), (0, 3, new() { Key = [], Value = [] }), (0, 4, Mark(3)));

        Assert.Equal((1, 1, 2), (scan.OfOtherTopics, scan.CutShort, scan.WithoutHeaders));
        Assert.Empty(scan.DeadLetters);
    }

    /// <summary>A replay that may end after any message, and be run again, puts every original back exactly once.</summary>
    [Fact]
    public void However_often_it_is_cut_off_in_the_end_each_original_went_once()
    {
        var deadLetter = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 9], Gen.Int[0, 2], static (partition, original, kind) => (partition, original, kind));
        var run = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 6], deadLetter.List[0, 4], static (kind, sends, arrivals) => (kind, sends, arrivals));
        Gen.Select(deadLetter.List[0, 30], run.List[0, 8]).Sample((first, runs) =>
        {
            var partitions = new List<Message<byte[], byte[]>>[] { [], [], [] };
            var sent = new List<long>();
            Append(first);
            foreach (var (kind, sends, arrivals) in runs)
            {
                Replay(kind == 3 ? null : Kind(kind), sends);
                Append(arrivals);
            }

            Replay(null, int.MaxValue);
            var originals = first.Concat(runs.SelectMany(r => r.arrivals)).Select(l => (long)l.original).Distinct().Order();
            Assert.Equal(originals, sent.Order());

            void Append(IEnumerable<(int Partition, int Original, int Kind)> deadLetters)
            {
                foreach (var (partition, original, kind) in deadLetters)
                    partitions[partition].Add(DeadLetter(0, original, Kind(kind)));
            }

            void Replay(string? errorType, int sends)
            {
                var all = partitions.SelectMany((messages, p) => messages.Select((m, offset) => (p, (long)offset, m))).ToArray();
                var plan = ReplayPlan.Create(Scan(all), errorType);
                foreach (var (partition, offset, message) in all.Where(a => plan.Contains(a.p, a.Item2)).Take(sends))
                {
                    var read = MovieFriends.Replayer.DeadLetters.DeadLetter.Read(message)!;
                    sent.Add(read.Original.Offset);
                    partitions[partition].Add(Mark(offset + 1, read.Source.ErrorType));
                }
            }
        });
    }

    private static string Kind(int number) => ((string[])[DeadLetterReasons.Malformed, DeadLetterReasons.UnknownUser, DeadLetterReasons.Refused])[number];

    private static IEnumerable<string> Table(ReplayPlan plan) =>
        plan.Types.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.ErrorType} {t.DeadLetters} {t.Doubles} {t.PutBackBefore} {t.Waiting} {t.Chosen}"));

    private static DeadLetterScan Scan(params (int Partition, long Offset, Message<byte[], byte[]> Message)[] messages)
    {
        var scan = new DeadLetterScan(Topic);
        foreach (var (partition, offset, message) in messages)
            scan.Add(new TopicPartitionOffset("charges.dead-letter", partition, offset), message);
        return scan;
    }

    private static Message<byte[], byte[]> Mark(long nextOffset, string errorType = DeadLetterReasons.Malformed, string topic = Topic) =>
        new ReplayMark(topic, errorType, nextOffset).ToMessage();

    private static Message<byte[], byte[]> DeadLetter(int partition, long offset, string errorType = DeadLetterReasons.Malformed, string value = "rubbish", string topic = Topic) => new()
    {
        Key = "1"u8.ToArray(),
        Value = Encoding.UTF8.GetBytes(value),
        Headers = new Headers
        {
            { DeadLetterHeaders.SourceTopic, Encoding.UTF8.GetBytes(topic) },
            { DeadLetterHeaders.SourcePartition, Encoding.UTF8.GetBytes(partition.ToString(CultureInfo.InvariantCulture)) },
            { DeadLetterHeaders.SourceOffset, Encoding.UTF8.GetBytes(offset.ToString(CultureInfo.InvariantCulture)) },
            { DeadLetterHeaders.ErrorType, Encoding.UTF8.GetBytes(errorType) },
        },
    };
}
