using MovieFriends.Contracts.Charges;

namespace MovieFriends.Verifier.Expected;

/// <summary>A message value as the contract reads it.</summary>
internal readonly record struct ParsedCharge(ChargeFormatError Error, Charge Charge);
