namespace MovieFriends.AppHost.Live;

/// <summary>The services that are asked how far they are.</summary>
internal sealed record LiveServices(ProjectResource Producer, ProjectResource Consumer);
