using MovieFriends.Contracts.Charges;

namespace MovieFriends.Consumer.Batching;

/// <summary>One message of a batch.</summary>
/// <param name="Offset">Its offset.</param>
/// <param name="Start">Where its key and then its value stand in the batch's bytes.</param>
/// <param name="KeyLength">Bytes of the key; -1 if there is none.</param>
/// <param name="ValueLength">Bytes of the value; -1 if there is none.</param>
/// <param name="Row">The row of its charge, or -1 if it has none.</param>
/// <param name="Error">What is wrong with it.</param>
internal readonly record struct BatchMessage(long Offset, int Start, int KeyLength, int ValueLength, int Row, ChargeFormatError Error);
