namespace MovieFriends.Contracts.Reporting;

/// <summary>What the reports of services are called.</summary>
public static class ReportStages
{
    /// <summary>A <see cref="SeederReport"/>.</summary>
    public const string Seeded = "seeder";

    /// <summary>A <see cref="ProducerReport"/>.</summary>
    public const string Produced = "producer";

    /// <summary>A <see cref="ConsumerReport"/>.</summary>
    public const string ConsumedCharges = "consumer";

    /// <summary>A <see cref="RentalsReport"/>.</summary>
    public const string ConsumedRentals = "consumer of rentals";

    /// <summary>A <see cref="VerifierReport"/>.</summary>
    public const string Verified = "verifier";

    /// <summary>A <see cref="PositionsReport"/>.</summary>
    public const string VerifiedPositions = "verifier of positions";
}
