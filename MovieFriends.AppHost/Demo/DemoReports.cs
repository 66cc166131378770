using MovieFriends.Contracts.Reporting;

namespace MovieFriends.AppHost.Demo;

/// <summary>What the services of the job say in the end.</summary>
internal sealed record DemoReports(SeederReport Seeder, ProducerReport Producer, ConsumerReport Consumer, VerifierReport Verifier);
