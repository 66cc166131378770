using MovieFriends.Seeder.Graph;

namespace MovieFriends.Seeder.Generation;

/// <summary>A run of users of one component that is written in one transaction.</summary>
internal sealed class UserBatch
{
    private UserBatch(int component, int from, int to)
    {
        Component = component;
        From = from;
        To = to;
    }

    /// <summary>The component.</summary>
    public int Component { get; }

    /// <summary>The first user's place in the component.</summary>
    public int From { get; }

    /// <summary>The place after the last user's.</summary>
    public int To { get; }

    /// <summary>Number of users.</summary>
    public int Count => To - From;

    /// <summary>The first user's id.</summary>
    public long FirstUserId => ComponentPlan.FirstUserIdOf(Component) + From;

    /// <summary>Pairs of places in the batch: who knows whom.</summary>
    public required long[][] Inner { get; init; }

    /// <summary>Pairs of user ids: who knows a user of an earlier batch, and whom.</summary>
    public required long[][] Outer { get; init; }

    /// <summary>What <see cref="SeedQueries.CreateUsers"/> takes.</summary>
    public Dictionary<string, object?> ToCreateUsers() => new() { ["first"] = FirstUserId, ["count"] = Count, ["inner"] = Inner };

    /// <summary>What <see cref="SeedQueries.CreateOuterKnows"/> takes.</summary>
    public Dictionary<string, object?> ToCreateOuterKnows() => new() { ["outer"] = Outer };

    /// <summary>Cuts a batch out of a component.</summary>
    /// <param name="component">The component's number.</param>
    /// <param name="known">The whole component, as <see cref="BarabasiAlbert"/> gives it.</param>
    /// <param name="from">Place of the first user.</param>
    /// <param name="to">Place after the last user.</param>
    public static UserBatch Cut(int component, int[] known, int from, int to)
    {
        var firstUserId = ComponentPlan.FirstUserIdOf(component);
        var inner = new List<long[]>(to - from);
        var outer = new List<long[]>();
        for (var node = from; node < to; node++)
        {
            if (known[node] >= from)
                inner.Add([node - from, known[node] - from]);
            else if (known[node] != BarabasiAlbert.None)
                outer.Add([firstUserId + node, firstUserId + known[node]]);
        }

        return new UserBatch(component, from, to)
        {
            Inner = [.. inner],
            Outer = [.. outer],
        };
    }
}
