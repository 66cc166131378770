using MovieFriends.Contracts.Charges;

namespace MovieFriends.Consumer.Batching;

/// <summary>
/// Charges as columns, the form in which they become query parameters: a row costs no object here and none on the
/// way to the socket. Lists keep their memory when cleared, so a pooled instance allocates only while it grows.
/// </summary>
internal sealed class ChargeColumns(int capacity)
{
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

    public Dictionary<string, object?> ToParameters() => new()
    {
        ["chargeIds"] = ChargeIds,
        ["userIds"] = UserIds,
        ["dates"] = Dates,
        ["amounts"] = Amounts,
        ["createdDates"] = CreatedDates,
    };
}
