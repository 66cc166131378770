namespace MovieFriends.Contracts.Graph;

/// <summary>Graphs whose users no charge can name: charges name them by whole numbers.</summary>
public static class ForeignUsers
{
    /// <summary>Says what the users have instead, and the way out.</summary>
    /// <param name="userId">What one of them has as <c>userId</c>; null if it has none.</param>
    public static string Explain(object? userId)
    {
        var what = userId switch
        {
            null => "The nodes with the label User have no userId in this graph",
            string text => $"userId is a string in this graph ('{text}')",
            _ => $"userId is no whole number in this graph ({userId})",
        };
        return $"{what}. Charges name their users by whole numbers, and would find none. If they are numbers in another form: MATCH (u:User) SET u.userId = toInteger(u.userId).";
    }
}
