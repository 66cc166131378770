using System.Globalization;
using System.Net;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>What processes listen on, as Linux shows it.</summary>
internal static class ListeningSockets
{
    private static readonly string[] s_tables = ["/proc/net/tcp", "/proc/net/tcp6"];
    private const string Listening = "0A";
    private const string SocketPrefix = "socket:[";

    /// <summary>Every listening TCP socket of these processes and those that they have started, with the process that has it.</summary>
    public static List<(int Process, IPEndPoint Address)> Of(params IEnumerable<int> processes)
    {
        var listening = s_tables.SelectMany(Read).ToLookup(entry => entry.Inode, entry => entry.Address);
        return [.. Tree(processes).SelectMany(pid => Inodes(pid).SelectMany(inode => listening[inode]).Select(address => (pid, address)))];
    }

    private static IEnumerable<(string Inode, IPEndPoint Address)> Read(string table)
    {
        foreach (var line in File.ReadLines(table).Skip(1))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields[3] == Listening)
                yield return (fields[9], Parse(fields[1]));
        }
    }

    // Hexadecimal; the address in words of four bytes, each in the order of the machine.
    private static IPEndPoint Parse(string field)
    {
        var (address, port) = (field.Split(':')[0], field.Split(':')[1]);
        var bytes = Convert.FromHexString(address);
        for (var word = 0; word < bytes.Length; word += sizeof(int))
            Array.Reverse(bytes, word, sizeof(int));
        return new IPEndPoint(new IPAddress(bytes), int.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    private static List<int> Tree(IEnumerable<int> roots)
    {
        var parents = new List<(int Process, int Parent)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            // The name of the program, in parentheses, may hold anything; the parent is the second field behind it.
            if (TryRead(Path.Combine(folder, "stat")) is { } stat)
                parents.Add((int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture), int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture)));
        }

        var tree = roots.ToList();
        for (var i = 0; i < tree.Count; i++)
            tree.AddRange(parents.Where(p => p.Parent == tree[i]).Select(p => p.Process));
        return tree;
    }

    private static List<string> Inodes(int process)
    {
        try
        {
            return [.. Directory.EnumerateFiles($"/proc/{process}/fd")
                .Select(file => new FileInfo(file).LinkTarget)
                .OfType<string>()
                .Where(target => target.StartsWith(SocketPrefix, StringComparison.Ordinal))
                .Select(target => target[SocketPrefix.Length..^1])];
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return [];
        }
    }

    private static string? TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
