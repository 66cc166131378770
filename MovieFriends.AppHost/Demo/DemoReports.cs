using MovieFriends.Contracts.Reporting;

namespace MovieFriends.AppHost.Demo;

/// <summary>What the services of the job say in the end; nothing of rentals if there are to be none.</summary>
internal sealed record DemoReports(SeederReport Seeder, ProducerReport Producer, ConsumerReport Consumer, VerifierReport Verifier)
{
    /// <summary>What the producer of rentals says.</summary>
    public ProducerReport? RentalProducer { get; init; }

    /// <summary>What the consumer says of rentals.</summary>
    public RentalsReport? Rentals { get; init; }
};
