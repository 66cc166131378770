using System.Diagnostics;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace MovieFriends.Kafka.BatchProducer;

/// <summary>
/// The copy of librdkafka that Confluent.Kafka has loaded. Which of its builds fits the system is Confluent.Kafka's to know: nothing is looked for
/// here by a name, which could load a second one beside it.
/// </summary>
internal static class LoadedLibrary
{
    private const string Name = "librdkafka";

    /// <summary>Has Confluent.Kafka load the library unless it has, and gives its handle.</summary>
    /// <exception cref="DllNotFoundException">It cannot be loaded, or there are several.</exception>
    public static nint Find()
    {
        if (!Library.IsLoaded)
            Library.Load(null);

        // There the runtime does not say what a process has loaded, and there is one build: this is how Confluent.Kafka names it.
        if (OperatingSystem.IsMacOS())
            return NativeLibrary.Load(Name, typeof(Library).Assembly, null);

        // To load a file that is loaded gives the handle of what is there.
        return Files() is [var file]
            ? NativeLibrary.Load(file)
            : throw new DllNotFoundException($"Confluent.Kafka's librdkafka is not to be found, or not the only one: {string.Join(", ", Files())}.");
    }

    /// <summary>The files of librdkafka that this process maps. There must be one.</summary>
    public static IReadOnlyList<string> Files()
    {
        using var process = Process.GetCurrentProcess();
        return [.. process.Modules.Cast<ProcessModule>().Select(module => module.FileName).Where(IsLibrary).Distinct()];
    }

    // Builds have a prefix: "centos8-librdkafka.so", "alpine-librdkafka.so".
    private static bool IsLibrary(string file) => Path.GetFileNameWithoutExtension(file).EndsWith(Name, StringComparison.OrdinalIgnoreCase);
}
