using MovieFriends.Contracts.Rentals;

namespace MovieFriends.Verifier.Rentals;

/// <summary>Compares the graph's rentals with those of the topic. Each message makes one rental, also if another has made the same.</summary>
internal sealed class RentalComparison
{
    // How many messages make a rental, less how often it was seen in the graph.
    private readonly Dictionary<Rental, int> _open = [];

    /// <summary>Rentals that messages make.</summary>
    public long Expected { get; private set; }

    /// <summary>Messages that are no rentals.</summary>
    public long Malformed { get; private set; }

    /// <summary>Rentals seen in the graph.</summary>
    public long Found { get; private set; }

    /// <summary>Rentals that the graph did not show, one for each message.</summary>
    public IEnumerable<Rental> Unseen => _open.Where(rental => rental.Value > 0).SelectMany(rental => Enumerable.Repeat(rental.Key, rental.Value));

    /// <summary>Rentals that the graph has more often than there are messages, one for each time.</summary>
    public IEnumerable<Rental> Surplus => _open.Where(rental => rental.Value < 0).SelectMany(rental => Enumerable.Repeat(rental.Key, -rental.Value));

    /// <summary>Takes a message of the topic.</summary>
    public void Expect(ParsedRental message)
    {
        if (message.Rental is not { } rental)
        {
            Malformed++;
            return;
        }

        Expected++;
        Count(rental, 1);
    }

    /// <summary>Takes a message that came while the graph was read: it may have been written by then, or not.</summary>
    public void Allow(ParsedRental message)
    {
        if (message.Rental is { } rental && _open.GetValueOrDefault(rental) < 0)
        {
            Found--;
            Count(rental, 1);
        }
    }

    /// <summary>Takes a rental of the graph.</summary>
    public void Visit(Rental rental)
    {
        Found++;
        Count(rental, -1);
    }

    // What comes out even takes no memory.
    private void Count(Rental rental, int difference)
    {
        var count = _open.GetValueOrDefault(rental) + difference;
        if (count == 0)
            _open.Remove(rental);
        else
            _open[rental] = count;
    }
}
