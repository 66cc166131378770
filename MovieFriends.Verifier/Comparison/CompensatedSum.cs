namespace MovieFriends.Verifier.Comparison;

/// <summary>Adds many numbers without the rounding errors piling up (Kahan and Babuška's method as Neumaier gave it, 1974).</summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _lost;

    public readonly double Value => _sum + _lost;

    public void Add(double number)
    {
        var sum = _sum + number;
        _lost += Math.Abs(_sum) >= Math.Abs(number) ? _sum - sum + number : number - sum + _sum;
        _sum = sum;
    }
}
