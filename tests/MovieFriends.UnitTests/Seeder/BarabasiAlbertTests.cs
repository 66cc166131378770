using CsCheck;
using MovieFriends.Seeder.Generation;
using Xunit;

namespace MovieFriends.UnitTests.Seeder;

public sealed class BarabasiAlbertTests
{
    [Fact]
    public void Each_node_but_the_first_knows_one_earlier_node() =>
        Gen.Select(Gen.Int[0, 500], Gen.Long, Gen.Int[0, 1_000]).Sample((nodes, seed, component) =>
        {
            var known = BarabasiAlbert.Generate(nodes, seed, component);
            Assert.Equal(nodes, known.Length);
            Assert.All(known.Index(), node => Assert.InRange(node.Item, node.Index == 0 ? BarabasiAlbert.None : 0, node.Index - 1));
        });

    [Fact]
    public void The_same_seed_and_component_give_the_same_graph() =>
        Assert.Equal(BarabasiAlbert.Generate(10_000, 7, 3), BarabasiAlbert.Generate(10_000, 7, 3));

    [Theory]
    [InlineData(8, 3)]
    [InlineData(7, 4)]
    public void Another_seed_or_component_gives_another_graph(long seed, int component) =>
        Assert.NotEqual(BarabasiAlbert.Generate(1_000, 7, 3), BarabasiAlbert.Generate(1_000, seed, component));

    [Fact]
    public void A_smaller_graph_is_the_beginning_of_a_larger_one() =>
        Assert.Equal(BarabasiAlbert.Generate(10_000, 7, 3)[..1_234], BarabasiAlbert.Generate(1_234, 7, 3));

    [Fact]
    public void Well_connected_nodes_are_preferred()
    {
        // With 10,000 nodes the best connected one has about 100 edges; without preference it would have about ten.
        var best = Enumerable.Range(0, 20).Select(component => BarabasiAlbert.Generate(10_000, 1, component).CountBy(known => known).Max(c => c.Value));

        Assert.InRange(best.Average(), 50, 300);
    }
}
