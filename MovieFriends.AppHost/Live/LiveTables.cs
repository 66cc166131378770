using Spectre.Console;
using Spectre.Console.Rendering;

namespace MovieFriends.AppHost.Live;

/// <summary>What the live view looks like: a line per resource, and the figures below them.</summary>
internal static class LiveTables
{
    public static IRenderable Create(IReadOnlyList<ResourceLine> resources, Figures figures) => new Rows(Resources(resources), FiguresOf(figures));

    private static Table Resources(IReadOnlyList<ResourceLine> resources)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("resource", "state", "health", "address");
        foreach (var resource in resources)
        {
            var style = StyleOf(resource.Tone);
            table.AddRow(new Text(resource.Name), new Text(resource.State, style), new Text(resource.Health, style), new Text(resource.Address));
        }

        return table;
    }

    private static Table FiguresOf(Figures figures)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var title in new[] { "produced", "consumed", "lag", "charges/s", "latency p50", "p99", "batch size", "retries", "dead letters" })
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        return table.AddRow(
            figures.ProducedText,
            figures.ConsumedText,
            figures.LagText,
            figures.RateText,
            figures.LatencyP50Text,
            figures.LatencyP99Text,
            figures.BatchSizeText,
            figures.RetriesText,
            figures.DeadLettersText);
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Good => new Style(Color.Green),
        Tone.Waiting => new Style(Color.Yellow),
        Tone.Bad => new Style(Color.Red),
        _ => new Style(decoration: Decoration.Dim),
    };
}
