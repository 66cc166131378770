using CsCheck;
using MovieFriends.Seeder.Generation;
using Xunit;

namespace MovieFriends.UnitTests.Seeder;

public sealed class UserBatchTests
{
    [Fact]
    public void The_batches_of_a_component_hold_each_of_its_edges_once() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 300], Gen.Long).Sample((size, batchSize, seed) =>
        {
            const int Component = 2;
            var known = BarabasiAlbert.Generate(size, seed, Component);
            var first = ComponentPlan.FirstUserIdOf(Component);

            var edges = new List<(long, long)>();
            for (var from = 0; from < size; from += batchSize)
            {
                var batch = UserBatch.Cut(Component, known, from, Math.Min(from + batchSize, size));
                edges.AddRange(batch.Inner.Select(pair => (batch.FirstUserId + pair[0], batch.FirstUserId + pair[1])));
                edges.AddRange(batch.Outer.Select(pair => (pair[0], pair[1])));
            }

            var expected = Enumerable.Range(1, size - 1).Select(node => (first + node, first + known[node]));
            Assert.Equal(expected.Order(), edges.Order());
        });

    [Fact]
    public void A_whole_component_needs_no_look_up()
    {
        var known = BarabasiAlbert.Generate(ComponentPlan.ComponentSize, 1, 0);

        var batch = UserBatch.Cut(0, known, 0, known.Length);

        Assert.Empty(batch.Outer);
        Assert.Equal(known.Length - 1, batch.Inner.Length);
    }
}
