namespace MovieFriends.Consumer.Writing;

/// <summary>The ledger does not stand where the batch starts: another owner has moved it, or the answer to our own commit was lost.</summary>
internal sealed class LedgerMovedException() : Exception("The ledger has moved.");
