namespace MovieFriends.Producer;

/// <summary>How events are sent.</summary>
internal enum ProducerMode
{
    /// <summary>As fast as the broker takes them, then exit.</summary>
    Load,

    /// <summary>At a steady rate.</summary>
    Live,
}
