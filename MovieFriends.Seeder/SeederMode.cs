namespace MovieFriends.Seeder;

/// <summary>Whose users the graph has.</summary>
internal enum SeederMode
{
    /// <summary>Ours: they are generated, and whatever is missing is written.</summary>
    Generate,

    /// <summary>Those that are there: nothing is written but the constraints and the mark that they are all there.</summary>
    Existing,
}
