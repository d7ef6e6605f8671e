using FundingFlow.Money;

namespace FundingFlow.Pledges;

/// <summary>What the schedule is spread over: one allocation's committed and received, in smallest units of one unit.</summary>
public readonly record struct PaidPart(long Committed, long Received);

/// <summary>One instalment's share of what is committed (and not received) and of what was received.</summary>
/// <param name="DueOn">Null: the pledge has no schedule, all of it is one instalment that is due at no date.</param>
public sealed record InstalmentShare(DateOnly? DueOn, long Committed, long Received);

/// <summary>
/// The one rule by which a schedule and what is committed meet: <see cref="InstalmentMatrix"/> says what of each instalment each
/// allocation pays; what an allocation has received settles its own earliest instalments first. All amounts are in the
/// same unit, which need not be the schedule's.
/// </summary>
public sealed class InstalmentPlan
{
    private readonly long[][] open;

    private InstalmentPlan(IReadOnlyList<InstalmentShare> shares, long[][] open) => (Shares, this.open) = (shares, open);

    /// <summary>In order of due date; their committed and received sum to the parts'.</summary>
    public IReadOnlyList<InstalmentShare> Shares { get; }

    public static InstalmentPlan Of(IReadOnlyList<Instalment> schedule, IReadOnlyList<PaidPart> parts)
    {
        var byDate = schedule.OrderBy(instalment => instalment.DueOn).ToList();
        long[] totals = [.. parts.Select(part => checked(part.Committed + part.Received))];
        var cells = byDate.Count == 0 ? [totals] : InstalmentMatrix.Of([.. byDate.Select(instalment => instalment.Minor)], totals);
        long[] unsettled = [.. parts.Select(part => part.Received)];
        var shares = new List<InstalmentShare>();
        for (var i = 0; i < cells.Length; i++)
        {
            var received = 0L;
            for (var j = 0; j < unsettled.Length; j++)
            {
                var settled = Math.Min(unsettled[j], cells[i][j]);
                unsettled[j] -= settled;
                cells[i][j] -= settled;
                received += settled;
            }

            shares.Add(new InstalmentShare(byDate.Count == 0 ? null : byDate[i].DueOn, cells[i].Sum(), received));
        }

        return new InstalmentPlan(shares, cells);
    }

    /// <summary>
    /// Where a receipt that names no allocation goes: it settles the earliest instalment first, then the next; within one that it
    /// does not settle whole, by largest remainder of what each allocation owes of it.
    /// </summary>
    /// <returns>By part, at most what is committed of it; the sum is <paramref name="minor"/>, or all that is committed if that is less.</returns>
    public long[] Settle(long minor)
    {
        var parts = new long[open.Length == 0 ? 0 : open[0].Length];
        foreach (var owed in open)
        {
            var sum = owed.Sum();
            var paid = Math.Min(minor, sum);
            if (paid == 0) continue;
            var spread = Split.LargestRemainder(paid, owed);
            for (var j = 0; j < parts.Length; j++) parts[j] += spread[j];
            minor -= paid;
        }

        return parts;
    }

    /// <summary>
    /// What of one allocation's commitment is still to come, by due date; sums to <paramref name="committed"/>. Beside the other
    /// allocations of its pledge a rounded unit may fall to another date.
    /// </summary>
    public static IReadOnlyList<Instalment> StillDue(IReadOnlyList<Instalment> schedule, long committed, long received)
        => [.. Of(schedule, [new PaidPart(committed, received)]).Shares.Where(share => share.Committed > 0)
            .Select(share => new Instalment(share.DueOn ?? throw new ArgumentException("Without a schedule nothing falls due.", nameof(schedule)), share.Committed))];
}
