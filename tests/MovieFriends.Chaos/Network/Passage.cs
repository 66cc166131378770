namespace MovieFriends.Chaos.Network;

/// <summary>What becomes of some bytes.</summary>
/// <param name="Bytes">So many of them pass.</param>
/// <param name="Tell">Set if a connection is dropped after that: to be called when it is.</param>
/// <param name="DropsAll">Whether all connections are dropped, not only this one.</param>
internal readonly record struct Passage(int Bytes, Action? Tell, bool DropsAll);
