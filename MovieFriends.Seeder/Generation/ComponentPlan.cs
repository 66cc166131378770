namespace MovieFriends.Seeder.Generation;

/// <summary>How the users are divided into components: all of the same size but the last, which has what is left.</summary>
/// <param name="Users">Users in all.</param>
internal sealed record ComponentPlan(long Users)
{
    /// <summary>Users of a component.</summary>
    public const int ComponentSize = 10_000;

    /// <summary>The id of the first user of all.</summary>
    public const long FirstUserId = 1_000_000;

    /// <summary>Number of components.</summary>
    public int Components => (int)((Users + ComponentSize - 1) / ComponentSize);

    /// <summary>KNOWS relationships of the whole graph: each user but a component's first knows an earlier one.</summary>
    public long Knows => Users - Components;

    /// <summary>Users of one component.</summary>
    public int SizeOf(int component) => (int)Math.Min(ComponentSize, Users - ((long)component * ComponentSize));

    /// <summary>The id of a component's first user.</summary>
    public static long FirstUserIdOf(int component) => FirstUserId + ((long)component * ComponentSize);
}
