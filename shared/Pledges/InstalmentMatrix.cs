using FundingFlow.Money;

namespace FundingFlow.Pledges;

/// <summary>
/// What of each instalment each allocation pays, in whole smallest units, exact by instalment and by allocation: controlled
/// rounding (Bacharach 1966; Cox 1987). Every cell is its proportional value rounded down or up, so it is less than one unit away from
/// it. A pure function: the same sums give the same matrix.
/// </summary>
/// <remarks>
/// The sums by allocation are what is committed and received there together, so neither a receipt nor its reversal changes a
/// cell. Where only part of the pledge is committed, every instalment is owed in that proportion: through any due date
/// the total × what of the schedule is due by then, rounded up. So what is owed through a date never falls when more is committed,
/// and with all of the pledge committed each instalment is owed as it was scheduled.
/// </remarks>
public static class InstalmentMatrix
{
    /// <summary>Each instalment's part of <paramref name="total"/>; the parts sum to it, each less than one unit from its proportion.</summary>
    /// <param name="instalments">In the order in which they fall due; their sum is what was pledged.</param>
    /// <exception cref="ArgumentException">An instalment or the total is negative, or no instalment is positive.</exception>
    public static long[] Rows(IReadOnlyList<long> instalments, long total)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        var pledged = Sum(instalments);
        if (pledged == 0) throw new ArgumentException("At least one instalment must be positive.", nameof(instalments));
        var rows = new long[instalments.Count];
        var (scheduled, owed) = ((Int128)0, 0L);
        for (var i = 0; i < rows.Length; i++)
        {
            scheduled += instalments[i];
            var through = (long)(((total * scheduled) + pledged - 1) / pledged);
            (rows[i], owed) = (through - owed, through);
        }

        return rows;
    }

    /// <returns>By instalment, then by allocation: rows sum to <see cref="Rows"/>, columns to <paramref name="allocations"/>.</returns>
    /// <param name="allocations">What is committed and received of each, together.</param>
    /// <exception cref="ArgumentException">Something is negative, or no instalment is positive.</exception>
    /// <exception cref="OverflowException">The allocations sum to more than a <see cref="long"/> holds.</exception>
    public static long[][] Of(IReadOnlyList<long> instalments, IReadOnlyList<long> allocations)
    {
        var total = (long)Sum(allocations);
        var rows = Rows(instalments, total);
        var cells = rows.Select(_ => new long[allocations.Count]).ToArray();
        if (total == 0) return cells;
        var rounding = new ControlledRounding(total, rows.Length, allocations.Count);
        for (var i = 0; i < rows.Length; i++)
            for (var j = 0; j < allocations.Count; j++)
            {
                var exact = (Int128)rows[i] * allocations[j];
                cells[i][j] = (long)(exact / total);
                rounding.Remainders[i][j] = exact % total;
            }

        rounding.Run();
        for (var i = 0; i < rows.Length; i++)
            for (var j = 0; j < allocations.Count; j++)
                if (rounding.Remainders[i][j] == total) cells[i][j]++;
        return cells;
    }

    private static Int128 Sum(IReadOnlyList<long> values)
    {
        var sum = (Int128)0;
        foreach (var value in values)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            sum += value;
        }

        return sum;
    }
}
