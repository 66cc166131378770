namespace MovieFriends.AppHost.Live;

/// <summary>The services that are asked how far they are; none for rentals if there are to be none.</summary>
internal sealed record LiveServices(ProjectResource Producer, ProjectResource? RentalProducer, ProjectResource Consumer);
