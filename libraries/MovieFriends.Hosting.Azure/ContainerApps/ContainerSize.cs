using System.Globalization;
using MovieFriends.Extensions;

namespace Aspire.Hosting.ContainerApps;

/// <summary>Processors and memory of a replica, as Container Apps' consumption plan has them.</summary>
internal sealed record ContainerSize(string Cpu, string Memory)
{
    private const double Step = 0.25;
    private const double Most = 4;
    private const double GibibytesForEach = 2;
    private const string Unit = "Gi";

    public static ContainerSize Default { get; } = new("0.5", "1Gi");

    /// <exception cref="ConfigurationException">The plan has no such size.</exception>
    public static ContainerSize Of(string resource, double cpu, string memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (cpu < Step || cpu > Most || cpu / Step % 1 != 0)
            throw new ConfigurationException($"{resource}: {Text(cpu)} processors are not to be had: a container app has {Text(Step)} to {Text(Most)}, in steps of {Text(Step)}.");

        var gibibytes = cpu * GibibytesForEach;
        return memory.EndsWith(Unit, StringComparison.Ordinal) && double.TryParse(memory[..^Unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var asked) && asked == gibibytes
            ? new(Text(cpu), Text(gibibytes) + Unit)
            : throw new ConfigurationException($"{resource}: memory '{memory}' does not go with {Text(cpu)} processors of a container app: it must be {Text(gibibytes)}{Unit}.");
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
