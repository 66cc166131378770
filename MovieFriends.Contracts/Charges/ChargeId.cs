namespace MovieFriends.Contracts.Charges;

/// <summary>
/// The key of a charge in the graph: <c>userId * 100000000 + yyyyMMdd</c>. One readable integer that makes
/// "one charge per user and UTC day" a single-property uniqueness constraint, which every Neo4j edition has.
/// </summary>
public static class ChargeId
{
    /// <summary>The smallest user id of the contract.</summary>
    public const long MinUserId = 1;

    /// <summary>The largest user id of the contract: the last whose charge ids fit 64 bits.</summary>
    public const long MaxUserId = 92_233_720_367;

    private const long DayFactor = 100_000_000;

    /// <summary>Combines a user id and a day; neither is checked.</summary>
    /// <param name="userId">From <see cref="MinUserId"/> to <see cref="MaxUserId"/>.</param>
    /// <param name="day">The UTC day as <c>yyyyMMdd</c>.</param>
    public static long Create(long userId, int day) => (userId * DayFactor) + day;

    /// <summary>The user id inside a charge id.</summary>
    public static long UserIdOf(long chargeId) => chargeId / DayFactor;

    /// <summary>The UTC day inside a charge id, as <c>yyyyMMdd</c>.</summary>
    public static int DayOf(long chargeId) => (int)(chargeId % DayFactor);
}
