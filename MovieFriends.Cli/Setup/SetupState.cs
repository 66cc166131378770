using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MovieFriends.Cli.Running;

namespace MovieFriends.Cli.Setup;

/// <summary>What set-up found, kept until something changes that it depends on.</summary>
/// <param name="Inputs">Hash of what the probe depends on.</param>
internal sealed partial record SetupState(string Inputs, ProbeResult Probe)
{
    /// <summary>The result of an earlier probe, if it still holds.</summary>
    public static ProbeResult? Load(Checkout checkout)
    {
        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllText(PathIn(checkout)), StateJson.Default.SetupState);
            return state is not null && state.Inputs == HashInputs(checkout) ? state.Probe : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public static void Save(Checkout checkout, ProbeResult probe)
    {
        Directory.CreateDirectory(checkout.Artifacts);
        File.WriteAllText(PathIn(checkout), JsonSerializer.Serialize(new(HashInputs(checkout), probe), StateJson.Default.SetupState));
    }

    private static string PathIn(Checkout checkout) => Path.Combine(checkout.Artifacts, "setup.json");

    private static string HashInputs(Checkout checkout)
    {
        string[] files = [checkout.At("Directory.Packages.props"), checkout.At("Directory.Build.targets"), checkout.PackageSources];
        string?[] inputs =
        [
            .. files.Select(file => File.Exists(file) ? File.ReadAllText(file) : null),
            Environment.Version.ToString(),
            JavaRuntime.FindPath(Environment.GetEnvironmentVariable),
            ExecutablePath.Find(ContainerRuntime.NameFrom(Environment.GetEnvironmentVariable)),
            ExecutablePath.Find("npm"),
        ];
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', inputs))));
    }

    [JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(SetupState))]
    private sealed partial class StateJson : JsonSerializerContext;
}
