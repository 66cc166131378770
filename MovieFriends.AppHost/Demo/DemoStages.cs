namespace MovieFriends.AppHost.Demo;

/// <summary>The services of the job, in their order.</summary>
internal sealed record DemoStages(ProjectResource Seeder, ProjectResource Producer, ProjectResource Consumer, ProjectResource Verifier);
