using MovieFriends.Contracts.Generation;

namespace MovieFriends.Seeder.Generation;

/// <summary>
/// Random graphs after Barabási and Albert (1999) with one edge for each new node, which goes to an earlier node with a
/// probability proportional to that node's degree. Such a graph is a tree; a smaller one is the beginning of a larger one.
/// </summary>
internal static class BarabasiAlbert
{
    /// <summary>Stands for "knows nobody before it": the first node.</summary>
    public const int None = -1;

    /// <summary>Generates one component.</summary>
    /// <param name="nodes">Number of nodes.</param>
    /// <param name="seed">The graph's seed.</param>
    /// <param name="component">The component's number; it alone and the seed decide what comes out.</param>
    /// <returns>For each node the earlier node it knows.</returns>
    public static int[] Generate(int nodes, long seed, int component)
    {
        var random = new SplitMix64(seed, component);
        var known = new int[nodes];

        // Every node stands here once for each of its edges, so a uniform choice prefers the well-connected.
        var endpoints = new int[2 * nodes];
        for (var node = 0; node < nodes; node++)
        {
            var target = node switch
            {
                0 => None,
                1 => 0,
                _ => endpoints[random.Next(2 * (node - 1))],
            };
            known[node] = target;
            if (node > 0)
                (endpoints[2 * (node - 1)], endpoints[(2 * (node - 1)) + 1]) = (node, target);
        }

        return known;
    }
}
