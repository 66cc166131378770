using System.Globalization;

namespace MovieFriends.Reports;

/// <summary>Draws a run: faults, events per second, lag and owners of partitions, one below the other over the same time.</summary>
internal sealed class ReportPicture
{
    private const double Width = 960;
    private const double Left = 200;
    private const double Right = 905;
    private const double Row = 16;
    private const double CurveHeight = 90;
    private const double Gap = 32;
    private const double LeastBar = 2.5;
    private const double Letter = 6.4;
    private const int Colours = 10;
    private const int Points = 240;

    private static readonly char[] s_digits = [.. "0123456789"];

    private readonly RunReport _report;
    private readonly Svg _svg = new();
    private readonly Scale _time;
    private double _y = 28;

    private ReportPicture(RunReport report) => (_report, _time) = (report, Scale.ForTime(report.Length));

    /// <summary>The SVG, as text.</summary>
    public static string Draw(RunReport report)
    {
        var picture = new ReportPicture(report);
        picture.Head();
        var top = picture._y;
        picture.Faults();
        var second = Math.Max(1, report.Length.TotalSeconds / Points);
        picture.Curve("rate", string.Create(CultureInfo.InvariantCulture, $"Throughput (events/s, means of {second:0.#} s)"), picture.Rates(second));
        picture.Curve("lag", "Lag (messages not yet settled, of all partitions)", picture.Lags(second), "Lag could not be seen in this run.");
        picture.Owners();
        picture.TimeAxis(top);
        return picture._svg.ToString(Width, picture._y, $"{report.Title}. {report.About}");
    }

    private void Head()
    {
        _svg.Text("title", 16, _y, _report.Title);
        _y += 20;
        _svg.Text("quiet", 16, _y, _report.About);
        _y += 19;
        _svg.Text(_report.IsGood ? "good" : "bad", 16, _y, (_report.IsGood ? "✓ " : "✗ ") + Shorten(_report.Verdict, 130));
        _y += 16;
    }

    private void Faults()
    {
        var kinds = _report.Faults.GroupBy(fault => fault.Kind, StringComparer.Ordinal).OrderBy(kind => kind.Key, StringComparer.Ordinal).ToList();
        Begin($"Faults ({_report.Faults.Count.ToString("N0", CultureInfo.InvariantCulture)}; a bar lasts as long as the fault, × is how often)", Math.Max(kinds.Count, 1) * Row);
        if (kinds.Count == 0)
            Nothing("No fault.", Row);
        foreach (var kind in kinds)
        {
            _svg.Text("quiet", Left - 8, _y + 12, Shorten(kind.Key, 30), "end");
            foreach (var fault in kind)
            {
                var from = X(fault.From);
                var width = Math.Min(Math.Max(X(fault.To) - from, LeastBar), Right - from + LeastBar);
                _svg.Bar("fault", from, _y + 3, width, Row - 6, string.Create(CultureInfo.InvariantCulture, $"{kind.Key}, {fault.From.TotalSeconds:0.0} s to {fault.To.TotalSeconds:0.0} s"));
            }

            _svg.Text("quiet", Right + 8, _y + 12, $"× {kind.Count().ToString(CultureInfo.InvariantCulture)}");
            _y += Row;
        }

        _y += kinds.Count == 0 ? Row : 0;
    }

    private void Curve(string style, string head, List<(TimeSpan At, double Value)> points, string nothing = "Nothing was sampled.")
    {
        Begin(head, CurveHeight);
        var (bottom, scale) = (_y + CurveHeight, Scale.ForCounts(points.Count == 0 ? 1 : points.Max(point => point.Value)));
        foreach (var mark in scale.Marks)
        {
            _svg.Grid(Left, Y(mark), Right, Y(mark));
            _svg.Text("quiet", Left - 8, Y(mark) + 4, mark.ToString("N0", CultureInfo.InvariantCulture), "end");
        }

        var places = points.Select(point => (X: X(point.At), Y: Y(point.Value))).ToList();
        if (places.Count == 0)
            Nothing(nothing, CurveHeight);
        if (places.Count == 1)
            _svg.Dot(style, places[0].X, places[0].Y);
        if (places.Count > 1)
        {
            _svg.Path($"below-{style}", [(places[0].X, bottom), .. places, (places[^1].X, bottom)], isClosed: true);
            _svg.Path(style, places);
        }

        _y = bottom;

        double Y(double value) => bottom - (CurveHeight * value / scale.End);
    }

    private void Owners()
    {
        var partitions = InOrder(_report.Samples.SelectMany(sample => sample.Owners.Select(owner => owner.Partition)));
        var owners = InOrder(_report.Samples.SelectMany(sample => sample.Owners.Select(owner => owner.Owner)));
        Begin($"Owners of partitions ({_report.OwnersAre})", Math.Max(partitions.Count, 1) * Row);
        if (partitions.Count == 0)
            Nothing("Owners could not be seen in this run.", Row);
        foreach (var partition in partitions)
        {
            _svg.Text("quiet", Left - 8, _y + 12, Shorten(partition, 30), "end");
            foreach (var (owner, from, to) in SpansOf(partition))
                Span(owner, owners.IndexOf(owner), X(from), X(to));
            _y += Row;
        }

        _y += partitions.Count == 0 ? Row : 0;
        Legend(owners);
    }

    private void Span(string owner, int index, double from, double to)
    {
        _svg.Bar($"o{index % Colours}", from, _y + 1, Math.Max(to - from, 1), Row - 2, owner);

        // As much of the name as there is room for: all, or its number.
        var label = new[] { owner, owner[(owner.LastIndexOf(' ') + 1)..] }.FirstOrDefault(text => text.Length * Letter < to - from);
        if (label is not null)
            _svg.Text("in", (from + to) / 2, _y + 12, label, "middle");
    }

    private void Legend(List<string> owners)
    {
        var x = Left;
        _y += 6;
        foreach (var (index, owner) in owners.Index())
        {
            var width = 24 + (owner.Length * Letter);
            if (x + width > Right && x > Left)
                (x, _y) = (Left, _y + Row);
            _svg.Bar($"o{index % Colours}", x, _y + 3, 10, 10);
            _svg.Text("quiet", x + 14, _y + 12, owner);
            x += width;
        }

        _y += owners.Count > 0 ? Row : 0;
    }

    private void TimeAxis(double top)
    {
        _y += 8;
        foreach (var mark in _time.Marks)
        {
            var x = X(TimeSpan.FromSeconds(mark));
            _svg.Grid(x, top + Gap, x, _y);
            _svg.Text("quiet", x, _y + 14, _time.Time(mark), "middle");
        }

        if (_report.FaultsUntil is { } until && until <= _report.Length)
        {
            _svg.Grid(X(until), top + 14, X(until), _y, "mark");
            _svg.Text("quiet", X(until), top + 10, "no new faults", until > _report.Length * 0.9 ? "end" : "middle");
        }

        _svg.Text("quiet", (Left + Right) / 2, _y + 32, $"{_report.Clock} ({_time.TimeUnit})", "middle");
        _y += 46;
    }

    private void Begin(string head, double height)
    {
        _y += Gap;
        _svg.Text("head", Left, _y - 6, head);
        _svg.Panel(Left, _y, Right - Left, height);
    }

    private void Nothing(string text, double height) => _svg.Text("quiet", (Left + Right) / 2, _y + (height / 2) + 4, text, "middle");

    // How much more is settled at each second than at the one before it; a look that saw less changes nothing.
    private List<(TimeSpan, double)> Rates(double second)
    {
        var rates = new List<(TimeSpan, double)>();
        if (_report.Samples.Count == 0)
            return rates;
        var (last, lastAt) = (_report.Samples[0].Settled, _report.Samples[0].At);
        foreach (var (index, sample) in _report.Samples.Index())
        {
            var passed = (sample.At - lastAt).TotalSeconds;
            if (passed < second && index < _report.Samples.Count - 1)
                continue;
            rates.Add((sample.At, Math.Max(sample.Settled - last, 0) / Math.Max(passed, second)));
            (last, lastAt) = (Math.Max(sample.Settled, last), sample.At);
        }

        return rates;
    }

    // The highest of each second, and the last.
    private List<(TimeSpan, double)> Lags(double second) =>
    [
        .. _report.Samples.Where(sample => sample.Lag is not null).GroupBy(sample => (long)(sample.At.TotalSeconds / second))
            .Select(group => group.MaxBy(sample => sample.Lag)!).Concat(_report.Samples.TakeLast(1).Where(sample => sample.Lag is not null)).Select(sample => (sample.At, (double)sample.Lag!)),
    ];

    private List<(string Owner, TimeSpan From, TimeSpan To)> SpansOf(string partition)
    {
        var spans = new List<(string Owner, TimeSpan From, TimeSpan To)>();
        for (var i = 0; i < _report.Samples.Count; i++)
        {
            var sample = _report.Samples[i];
            var owner = sample.Owners.FirstOrDefault(owner => owner.Partition == partition).Owner;
            if (owner is null)
                continue;
            var to = i + 1 < _report.Samples.Count ? _report.Samples[i + 1].At : _report.Length;
            if (spans.Count > 0 && spans[^1].Owner == owner && spans[^1].To == sample.At)
                spans[^1] = spans[^1] with { To = to };
            else
                spans.Add((owner, sample.At, to));
        }

        return spans;
    }

    // With 10 behind 9.
    private static List<string> InOrder(IEnumerable<string> names) =>
    [
        .. names.Distinct(StringComparer.Ordinal)
            .OrderBy(name => name.TrimEnd(s_digits), StringComparer.Ordinal).ThenBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal),
    ];

    private double X(TimeSpan at) => Left + ((Right - Left) * Math.Clamp(at.TotalSeconds / _time.End, 0, 1));

    private static string Shorten(string text, int most) => text.Length <= most ? text : $"{text[..(most - 1)]}…";
}
