namespace MovieFriends.KafkaToNeo4j.Writing;

/// <summary>A row did not become what it should have. As if the database had refused it, the batch is halved until the row is alone, and a dead letter.</summary>
internal sealed class RowRejectedException(string message) : Exception(message);
