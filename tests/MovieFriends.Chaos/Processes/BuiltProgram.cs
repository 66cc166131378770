namespace MovieFriends.Chaos.Processes;

/// <summary>Where the product's programs are.</summary>
internal static class BuiltProgram
{
    /// <summary>The assembly of a program by the name of its project.</summary>
    /// <remarks>
    /// Each is in the folder that it was built into: beside this program, which needs more frameworks than some of them, the packages
    /// of those frameworks are left out.
    /// </remarks>
    public static string Path(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return System.IO.Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, project + ".dll");
    }
}
