namespace MovieFriends.Producer;

/// <summary>What is sent.</summary>
internal enum ProducerEvents
{
    /// <summary>Charges, to the topic <c>Topics:Charges</c>.</summary>
    Charges,

    /// <summary>Rentals, to the topic <c>Topics:Rentals</c>.</summary>
    Rentals,
}
