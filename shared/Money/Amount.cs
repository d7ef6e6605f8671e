namespace FundingFlow.Money;

/// <summary>
/// A whole number of smallest units (cents, laptops, hundredths of an hour) of one <see cref="Unit"/>. Adding and
/// comparing amounts of different units throws; overflow throws.
/// </summary>
public readonly record struct Amount(long Minor, Unit Unit) : IComparable<Amount>
{
    /// <summary>The largest amount taken in: 10¹⁵ smallest units, so that sums of thousands stay far from overflow.</summary>
    public const long Largest = 1_000_000_000_000_000;

    public static Amount Zero(Unit unit) => new(0, unit);

    public static Amount operator +(Amount left, Amount right) => new(checked(left.Minor + Same(left, right).Minor), left.Unit);
    public static Amount operator -(Amount left, Amount right) => new(checked(left.Minor - Same(left, right).Minor), left.Unit);
    public static bool operator <(Amount left, Amount right) => left.CompareTo(right) < 0;
    public static bool operator >(Amount left, Amount right) => left.CompareTo(right) > 0;
    public static bool operator <=(Amount left, Amount right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Amount left, Amount right) => left.CompareTo(right) >= 0;

    public int CompareTo(Amount other) => Minor.CompareTo(Same(this, other).Minor);

    /// <summary>Reads a plain decimal ("1250.00", no sign, no exponent, no grouping) exactly.</summary>
    /// <returns>Null when it is well formed; else what is wrong with it, and the fix.</returns>
    public static string? TryParse(string text, Unit unit, out Amount amount)
    {
        var error = Decimals.TryParse(text, unit.Exponent, unit.Code, Largest, out var minor);
        amount = new Amount(minor, unit);
        return error;
    }

    /// <summary>The decimal text without grouping, with as many decimals as the unit has: 1250.00.</summary>
    public override string ToString() => Decimals.Write(Minor, Unit.Exponent);

    private static Amount Same(Amount left, Amount right)
        => left.Unit == right.Unit
            ? right
            : throw new InvalidOperationException($"Cannot combine {left.Unit.Code} with {right.Unit.Code}: exchange one of them first.");
}
