using MovieFriends.Contracts.Charges;

namespace MovieFriends.Consumer.Charges;

/// <summary>A few charges as columns, and the same columns as a map that a statement understands.</summary>
internal sealed class ChargeSlice
{
    /// <summary>
    /// The most charges of a slice. A Neo4j of the 2017 generation copies a list for each element that a statement takes out of it, so that one slice
    /// of a whole batch costs the square of the batch's size there; on later ones slices of 50 cost no more than a single one.
    /// </summary>
    public const int Length = 50;

    public ChargeSlice() => Parameter = new()
    {
        ["chargeIds"] = ChargeIds,
        ["userIds"] = UserIds,
        ["dates"] = Dates,
        ["amounts"] = Amounts,
        ["createdDates"] = CreatedDates,
    };

    public List<long> ChargeIds { get; } = new(Length);

    public List<long> UserIds { get; } = new(Length);

    public List<string> Dates { get; } = new(Length);

    public List<double> Amounts { get; } = new(Length);

    public List<double> CreatedDates { get; } = new(Length);

    /// <summary>The columns by name.</summary>
    public Dictionary<string, object> Parameter { get; }

    public void Add(in Charge charge)
    {
        var day = charge.Day;
        ChargeIds.Add(ChargeId.Create(charge.UserId, day));
        UserIds.Add(charge.UserId);
        Dates.Add(UtcDay.ToText(day));
        Amounts.Add(charge.Amount);
        CreatedDates.Add(charge.EpochSeconds);
    }

    public void AddRow(ChargeSlice source, int row)
    {
        ChargeIds.Add(source.ChargeIds[row]);
        UserIds.Add(source.UserIds[row]);
        Dates.Add(source.Dates[row]);
        Amounts.Add(source.Amounts[row]);
        CreatedDates.Add(source.CreatedDates[row]);
    }

    public void Clear()
    {
        ChargeIds.Clear();
        UserIds.Clear();
        Dates.Clear();
        Amounts.Clear();
        CreatedDates.Clear();
    }
}
