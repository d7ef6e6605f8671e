namespace FundingFlow.Ledger;

/// <summary>An amount in the pledge's unit and what it counts at the need, in the need's unit.</summary>
public readonly record struct Placed(long Minor, long Value)
{
    public static Placed operator +(Placed left, Placed right) => new(left.Minor + right.Minor, left.Value + right.Value);
    public static Placed operator -(Placed left, Placed right) => new(left.Minor - right.Minor, left.Value - right.Value);

    /// <summary>The part with <paramref name="minor"/> units of this; its value rounds down, the whole takes the whole value.</summary>
    public Placed Part(long minor) => minor == Minor ? this : new(minor, (long)((Int128)Value * minor / Minor));
}
