using MovieFriends.Contracts.Charges;

namespace MovieFriends.Consumer.Charges;

/// <summary>
/// Charges in slices of columns, which are kept in the form in which they become query parameters: neither a row nor a batch costs an
/// object on its way to the socket. Slices keep their memory when cleared, so a pooled instance allocates only while it grows.
/// </summary>
internal sealed class ChargeColumns
{
    // All but the last of those in use are full.
    private readonly List<ChargeSlice> _slices = [];
    private readonly List<Dictionary<string, object>> _inUse = [];

    public ChargeColumns() => Parameters = new() { ["slices"] = _inUse };

    public int Count { get; private set; }

    /// <summary>The slices that have charges.</summary>
    public IEnumerable<ChargeSlice> Slices => _slices.Take(_inUse.Count);

    /// <summary>The charges as a statement's parameter; changes with them.</summary>
    public Dictionary<string, object?> Parameters { get; }

    public long ChargeId(int row) => SliceOf(row).ChargeIds[row % ChargeSlice.Length];

    public long UserId(int row) => SliceOf(row).UserIds[row % ChargeSlice.Length];

    public void Add(in Charge charge) => SliceToFill().Add(charge);

    public void AddRow(ChargeColumns source, int row) => SliceToFill().AddRow(source.SliceOf(row), row % ChargeSlice.Length);

    /// <summary>Gives a row the amount and time of another charge of the same user and day, unless that is an earlier one. Of two at the same time the other one counts.</summary>
    public void Correct(int row, in Charge charge)
    {
        var (slice, index) = (SliceOf(row), row % ChargeSlice.Length);
        if (charge.EpochSeconds < slice.CreatedDates[index])
            return;
        slice.Amounts[index] = charge.Amount;
        slice.CreatedDates[index] = charge.EpochSeconds;
    }

    public void Clear()
    {
        for (var i = 0; i < _inUse.Count; i++)
            _slices[i].Clear();
        _inUse.Clear();
        Count = 0;
    }

    private ChargeSlice SliceOf(int row) => _slices[row / ChargeSlice.Length];

    private ChargeSlice SliceToFill()
    {
        var last = Count++ / ChargeSlice.Length;
        if (last == _slices.Count)
            _slices.Add(new ChargeSlice());
        if (last == _inUse.Count)
            _inUse.Add(_slices[last].Parameter);
        return _slices[last];
    }
}
