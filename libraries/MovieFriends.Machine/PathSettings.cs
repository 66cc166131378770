namespace MovieFriends.Machine;

/// <summary>
/// Settings that are paths. On the command line they are the user's own, relative to where he stands; in files and in the environment they are
/// relative to the repository. Services hear of full paths only.
/// </summary>
internal static class PathSettings
{
    private const char Separator = ';';
    private const string KafkaSection = "Aspire:Confluent:Kafka:";

    // What stands where a path may stand and is none.
    private static readonly string[] s_words = ["", "-", "Generator", "probe"];

    private static readonly string[] s_keys =
    [
        AppHostSettings.ProducerSource, "Rentals:Source", AppHostSettings.DataPath, AppHostSettings.PackagesPath, AppHostSettings.ConnectionsFile, AppHostSettings.DemoJson,
        KafkaHome.Variable, Neo4jHome.Variable, "Consumer:BatchDumpDirectory", "Aspire:Neo4j:Driver:TrustedCertificates",
    ];

    private static readonly string[] s_kafkaSettings =
    [
        "SslCaLocation", "SslCertificateLocation", "SslKeyLocation", "SslKeystoreLocation", "SslCrlLocation",
    ];

    /// <summary>Whether a key's value is a path, or several of them.</summary>
    public static bool IsPath(string key) =>
        s_keys.Contains(key, StringComparer.OrdinalIgnoreCase)
        || (key.StartsWith(KafkaSection, StringComparison.OrdinalIgnoreCase) && s_kafkaSettings.Contains(key[(key.LastIndexOf(':') + 1)..], StringComparer.OrdinalIgnoreCase));

    /// <summary>The value with full paths.</summary>
    /// <param name="value">The value of a key that <see cref="IsPath"/>.</param>
    /// <param name="folder">What relative paths are relative to.</param>
    public static string Resolve(string value, string folder) => s_words.Contains(value, StringComparer.OrdinalIgnoreCase)
        ? value
        : string.Join(Separator, value.Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(path => Path.GetFullPath(path, folder)));
}
