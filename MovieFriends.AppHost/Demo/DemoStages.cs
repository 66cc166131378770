namespace MovieFriends.AppHost.Demo;

/// <summary>The services of the job, in their order; none for rentals if there are to be none.</summary>
internal sealed record DemoStages(ProjectResource Seeder, ProjectResource Producer, ProjectResource? Rentals, ProjectResource Consumer, ProjectResource Verifier);
