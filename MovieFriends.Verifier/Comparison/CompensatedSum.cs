namespace MovieFriends.Verifier.Comparison;

/// <summary>
/// Adds many numbers without the rounding errors piling up (Kahan and Babuška's method as Neumaier gave it, 1974). Amounts may be as large as
/// a double can be: the largest are added up scaled down, so that a sum on the way overflows for nobody. A number that is none is left out.
/// </summary>
internal struct CompensatedSum
{
    // A power of two, so that scaling is exact.
    private const double Scale = 1267650600228229401496703205376.0;
    private const double Large = 1e270;

    private Part _usual;
    private Part _large;

    /// <summary>The sum; one past the range of a double is its largest number, with the sum's sign.</summary>
    public readonly double Value => double.Clamp(_usual.Value + (_large.Value * Scale), double.MinValue, double.MaxValue);

    public void Add(double number)
    {
        if (double.IsNaN(number))
            return;

        var finite = double.Clamp(number, double.MinValue, double.MaxValue);
        if (Math.Abs(finite) < Large)
            _usual.Add(finite);
        else
            _large.Add(finite / Scale);
    }

    private struct Part
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
}
