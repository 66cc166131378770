namespace MovieFriends.Seeder.Generation;

/// <summary>
/// A run of users of one component that is written in one transaction. Columns, not a list of maps: they are smaller
/// on the wire and cheaper for the server to read.
/// </summary>
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

    /// <summary>Places in the batch of those who know another user of the batch.</summary>
    public required long[] Inner { get; init; }

    /// <summary>Places in the batch of whom the users at <see cref="Inner"/> know.</summary>
    public required long[] InnerKnown { get; init; }

    /// <summary>Ids of those who know a user of an earlier batch.</summary>
    public required long[] Outer { get; init; }

    /// <summary>Ids of whom the users in <see cref="Outer"/> know.</summary>
    public required long[] OuterKnown { get; init; }

    /// <summary>Cuts a batch out of a component.</summary>
    /// <param name="component">The component's number.</param>
    /// <param name="known">The whole component, as <see cref="BarabasiAlbert"/> gives it.</param>
    /// <param name="from">Place of the first user.</param>
    /// <param name="to">Place after the last user.</param>
    public static UserBatch Cut(int component, int[] known, int from, int to)
    {
        var firstUserId = ComponentPlan.FirstUserIdOf(component);
        var inner = Enumerable.Range(from, to - from).Where(node => known[node] >= from).ToArray();
        var outer = Enumerable.Range(from, to - from).Where(node => known[node] < from && known[node] != BarabasiAlbert.None).ToArray();
        return new UserBatch(component, from, to)
        {
            Inner = Array.ConvertAll(inner, node => (long)node - from),
            InnerKnown = Array.ConvertAll(inner, node => (long)known[node] - from),
            Outer = Array.ConvertAll(outer, node => firstUserId + node),
            OuterKnown = Array.ConvertAll(outer, node => firstUserId + known[node]),
        };
    }
}
