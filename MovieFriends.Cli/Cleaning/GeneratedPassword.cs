namespace MovieFriends.Cli.Cleaning;

/// <summary>The password of the database in a container, which Aspire has generated and keeps among the user's secrets.</summary>
internal static class GeneratedPassword
{
    private const string Key = "\"Parameters:graph-password\"";

    /// <summary>Whether the folder of secrets has one: then there was a database in a container once.</summary>
    public static bool IsIn(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "secrets.json")).Contains(Key, StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
