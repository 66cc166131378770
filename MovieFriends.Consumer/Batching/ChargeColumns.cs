using MovieFriends.Contracts.Charges;

namespace MovieFriends.Consumer.Batching;

/// <summary>
/// Charges as columns, the form in which they become query parameters: a row costs no object here, and 50 of them share a few on the
/// way to the socket. Lists keep their memory when cleared, so a pooled instance allocates only while it grows.
/// </summary>
internal sealed class ChargeColumns(int capacity)
{
    /// <summary>
    /// Rows of a slice. A Neo4j of the 2017 generation copies a list for each element that a statement takes out of it, so that one slice
    /// of a whole batch costs the square of the batch's size there; on later ones slices of 50 cost no more than a single one.
    /// </summary>
    public const int SliceLength = 50;

    public List<long> ChargeIds { get; } = new(capacity);

    public List<long> UserIds { get; } = new(capacity);

    public List<string> Dates { get; } = new(capacity);

    public List<double> Amounts { get; } = new(capacity);

    public List<double> CreatedDates { get; } = new(capacity);

    public int Count => ChargeIds.Count;

    public void Add(in Charge charge)
    {
        var day = charge.Day;
        ChargeIds.Add(ChargeId.Create(charge.UserId, day));
        UserIds.Add(charge.UserId);
        Dates.Add(UtcDay.ToText(day));
        Amounts.Add(charge.Amount);
        CreatedDates.Add(charge.EpochSeconds);
    }

    public void AddRow(ChargeColumns source, int row)
    {
        ChargeIds.Add(source.ChargeIds[row]);
        UserIds.Add(source.UserIds[row]);
        Dates.Add(source.Dates[row]);
        Amounts.Add(source.Amounts[row]);
        CreatedDates.Add(source.CreatedDates[row]);
    }

    /// <summary>Gives a row the amount and time of a later charge of the same user and day.</summary>
    public void Replace(int row, in Charge charge)
    {
        Amounts[row] = charge.Amount;
        CreatedDates[row] = charge.EpochSeconds;
    }

    public void Clear()
    {
        ChargeIds.Clear();
        UserIds.Clear();
        Dates.Clear();
        Amounts.Clear();
        CreatedDates.Clear();
    }

    /// <summary>The charges as a statement's parameter: slices of the columns, one behind the other.</summary>
    public Dictionary<string, object?> ToParameters() => new() { ["slices"] = Slices() };

    private Dictionary<string, object>[] Slices()
    {
        var slices = new Dictionary<string, object>[(Count + SliceLength - 1) / SliceLength];
        for (var i = 0; i < slices.Length; i++)
        {
            var first = i * SliceLength;
            var count = Math.Min(SliceLength, Count - first);
            slices[i] = new()
            {
                ["chargeIds"] = ChargeIds.GetRange(first, count),
                ["userIds"] = UserIds.GetRange(first, count),
                ["dates"] = Dates.GetRange(first, count),
                ["amounts"] = Amounts.GetRange(first, count),
                ["createdDates"] = CreatedDates.GetRange(first, count),
            };
        }

        return slices;
    }
}
