using Spectre.Console;
using Spectre.Console.Rendering;

namespace MovieFriends.AppHost.Live;

/// <summary>What the live view looks like: a line per resource, and the figures below them.</summary>
internal static class LiveTables
{
    // What all figures side by side need.
    private const int WideEnough = 104;

    /// <param name="resources">What is to be said of each.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="width">Columns of the terminal; on a narrow one the figures take two lines.</param>
    public static IRenderable Create(IReadOnlyList<ResourceLine> resources, Figures figures, int width)
    {
        (string Title, string Value)[] stream = [("produced", figures.ProducedText), ("consumed", figures.ConsumedText), ("lag", figures.LagText), ("charges/s", figures.RateText)];
        (string Title, string Value)[] batches =
        [
            ("latency p50", figures.LatencyP50Text), ("p99", figures.LatencyP99Text), ("batch size", figures.BatchSizeText), ("retries", figures.RetriesText), ("dead letters", figures.DeadLettersText),
        ];
        return width >= WideEnough
            ? new Rows(Resources(resources), Line([.. stream, .. batches]))
            : new Rows(Resources(resources), Line(stream), Line(batches));
    }

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

    private static Table Line((string Title, string Value)[] figures)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var (title, _) in figures)
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        return table.AddRow([.. figures.Select(figure => figure.Value)]);
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Good => new Style(Color.Green),
        Tone.Waiting => new Style(Color.Yellow),
        Tone.Bad => new Style(Color.Red),
        _ => new Style(decoration: Decoration.Dim),
    };
}
