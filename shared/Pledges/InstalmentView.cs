using FundingFlow.Money;

namespace FundingFlow.Pledges;

/// <summary>
/// Where an instalment stands. Pledged: nothing of it is to be paid yet, since something of it is not committed; released: it was taken back, given up or
/// has lapsed before anything of it came.
/// </summary>
public enum InstalmentStatus { Pledged, Upcoming, Due, Overdue, Settled, Released }

/// <summary>One instalment. Of amount, quantity and hours only the one that fits the resource is there; the others are counted in it.</summary>
/// <param name="Committed">Confirmed and not received: this is what is to be paid by the due date.</param>
/// <param name="Outstanding">Not committed yet.</param>
public sealed record InstalmentView(
    DateOnly DueOn, string? Amount, string? Quantity, string? Hours, string Committed, string Received, string Outstanding, InstalmentStatus Status);

/// <summary>A pledge's schedule as it stands, in order of due date.</summary>
public static class InstalmentViews
{
    public static IReadOnlyList<InstalmentView> Of(PledgeBalance balance, DateOnly today)
    {
        if (balance.Pledge.Schedule.Count == 0) return [];
        List<Instalment> schedule = [.. balance.Pledge.Schedule.OrderBy(instalment => instalment.DueOn)];
        var shares = balance.Pledge.Withdrawn && balance.Committed == 0
            ? Fill(schedule, balance.Received)
            : PledgeInstalments.Of(schedule, balance.Allocations).Plan.Shares;
        var outstanding = OutstandingOf(schedule, shares, balance.Pledge.Withdrawn ? 0 : balance.Unallocated + balance.InTransit + balance.Proposed + balance.Conditional);
        return [.. schedule.Select((instalment, i) => Of(instalment, shares[i], outstanding[i], balance.Pledge.Resource.Unit, today))];
    }

    /// <summary>Where nothing is to come any more, what came settled the instalments as they were scheduled, the earliest first.</summary>
    private static IReadOnlyList<InstalmentShare> Fill(List<Instalment> schedule, long received)
    {
        var shares = new List<InstalmentShare>();
        foreach (var (dueOn, minor) in schedule)
        {
            shares.Add(new InstalmentShare(dueOn, 0, Math.Min(minor, received)));
            received -= shares[^1].Received;
        }

        return shares;
    }

    /// <summary>What is not committed yet, by what each instalment lacks; all of it unless something was taken back or given up.</summary>
    private static long[] OutstandingOf(List<Instalment> schedule, IReadOnlyList<InstalmentShare> shares, long outstanding)
    {
        long[] lacking = [.. schedule.Zip(shares, (instalment, share) => Math.Max(0, instalment.Minor - share.Committed - share.Received))];
        return lacking.Sum() == 0 ? lacking : Split.LargestRemainder(Math.Min(outstanding, lacking.Sum()), lacking);
    }

    private static InstalmentView Of(Instalment instalment, InstalmentShare share, long outstanding, Unit unit, DateOnly today)
    {
        var (amount, _, quantity, _, hours) = PledgeViews.Split(instalment.Minor, unit);
        string Text(long minor) => Decimals.Write(minor, unit.Exponent);
        var status = share.Committed > 0
            ? instalment.DueOn < today ? InstalmentStatus.Overdue : instalment.DueOn == today ? InstalmentStatus.Due : InstalmentStatus.Upcoming
            : outstanding > 0 ? InstalmentStatus.Pledged
            : share.Received > 0 ? InstalmentStatus.Settled
            : InstalmentStatus.Released;
        return new InstalmentView(instalment.DueOn, amount, quantity, hours, Text(share.Committed), Text(share.Received), Text(outstanding), status);
    }
}
