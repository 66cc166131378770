using MovieFriends.Contracts.Rentals;

namespace MovieFriends.Verifier.Rentals;

/// <summary>A message value as the contract reads it; null if it is no rental.</summary>
internal readonly record struct ParsedRental(Rental? Rental);
