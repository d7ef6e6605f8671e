using System.Numerics;

namespace FundingFlow.Money;

/// <summary>Divides a whole number of smallest units by weights so that the parts sum to the whole.</summary>
public static class Split
{
    /// <summary>
    /// Largest remainder (Hamilton): every part gets the floor of its exact share, and the units left over go one each
    /// to the largest fractions; of equal fractions to the earlier part. A weight of 0 gets 0.
    /// </summary>
    /// <exception cref="ArgumentException">No weight is positive, one is negative, or the whole is negative.</exception>
    public static long[] LargestRemainder(long whole, IReadOnlyList<long> weights)
    {
        var sum = BigInteger.Zero;
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight);
            sum += weight;
        }

        ArgumentOutOfRangeException.ThrowIfNegative(whole);
        if (sum.IsZero) throw new ArgumentException("At least one weight must be positive.", nameof(weights));

        var parts = new long[weights.Count];
        var remainders = new BigInteger[weights.Count];
        var left = whole;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = (long)BigInteger.DivRem(new BigInteger(whole) * weights[i], sum, out remainders[i]);
            left -= parts[i];
        }

        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => remainders[i]).ThenBy(i => i).Take((int)left))
            parts[i]++;
        return parts;
    }

    /// <summary>
    /// Parts that are too small get what they lack: from what is spare, or else from the largest part, as long as that stays large enough. A part
    /// that nobody can spare for stays as it is, and so does a part of nothing. The sum stays.
    /// </summary>
    /// <param name="parts">The last one is what is spare.</param>
    public static void RaiseTo(long smallest, long[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var spare = parts.Length - 1;
        for (var part = 0; part < spare; part++)
        {
            var lack = smallest - parts[part];
            if (parts[part] == 0 || lack <= 0) continue;
            var giver = parts[spare] >= lack ? spare : Array.IndexOf(parts, parts[..spare].Max());
            if (giver != spare && parts[giver] - lack < smallest) continue;
            parts[giver] -= lack;
            parts[part] += lack;
        }
    }
}
