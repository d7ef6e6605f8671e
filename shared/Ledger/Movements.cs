namespace FundingFlow.Ledger;

/// <summary>Every movement of units that the books know, by the name that partners, cities and staff have for it.</summary>
internal static class Movements
{
    /// <summary>
    /// A new line, all of it unallocated (or all of it withdrawn, when the withdrawal came first). Where units from another area
    /// arrived before it was opened, it is opened into that line.
    /// </summary>
    public static void Open(this AreaWork work, Line line, bool withdrawn)
    {
        if (work.FindLine(line.PledgeId) is null)
            work.Use(new Stored<Line>(line with { Amount = 0, Unallocated = 0 }, null));
        else
            work.Adjust(line.PledgeId, present => present with { Version = line.Version, Status = line.Status });
        work.Shift(line.PledgeId, Account.Pledged, withdrawn ? Account.Withdrawn : Account.Unallocated, line.Amount);
    }

    /// <summary>The pledge grew: the increase stands unallocated.</summary>
    public static void Increase(this AreaWork work, string pledgeId, long minor) => work.Shift(pledgeId, Account.Pledged, Account.Unallocated, minor);

    /// <summary>Leaves for another area, which takes it in under <paramref name="sending"/>'s id.</summary>
    public static void Send(this AreaWork work, string pledgeId, Sending sending)
    {
        work.Adjust(pledgeId, line => line with { Sendings = [.. line.Sendings, sending] });
        work.Shift(pledgeId, Account.Unallocated, Account.MovedOut, sending.Minor);
    }

    /// <summary>Notes that the other area has taken it in, and forgets where it was meant to go; moves nothing.</summary>
    public static void MarkArrived(this AreaWork work, string pledgeId, string sendingId)
        => work.Adjust(pledgeId, line => line with { Sendings = [.. line.Sendings.Select(s => s.Id == sendingId ? s with { Done = true, Places = null, For = null, HeldUntil = null } : s)] });

    /// <summary>
    /// Arrives from the pledge's line in another partition; <paramref name="empty"/> is the line to open when there is none here yet.
    /// What was declined there is known here from then on.
    /// </summary>
    public static void TakeIn(this AreaWork work, Line empty, long minor)
    {
        if (work.FindLine(empty.PledgeId) is not { } present) work.Use(new Stored<Line>(empty, null));
        else if (empty.Declined.Except(present.Declined).ToList() is { Count: > 0 } more)
            work.Adjust(empty.PledgeId, line => line with { Declined = [.. line.Declined, .. more] });
        work.Shift(empty.PledgeId, Account.MovedIn, Account.Unallocated, minor);
    }

    /// <summary>The recipient does not want it: what is not received returns, and this need gets nothing of the pledge again.</summary>
    public static void Decline(this AreaWork work, string pledgeId, PartRef need)
    {
        if (work.FindPart(pledgeId, need) is { } part)
            foreach (var account in Accounts.NotReceived) work.Shift(pledgeId, need, account, work.Line(pledgeId).Free, part.In(account));
        work.Adjust(pledgeId, line => line.Declined.Contains(need) ? line : line with { Declined = [.. line.Declined, need] });
    }

    /// <summary><paramref name="minor"/> of what is committed is given up as uncollectable.</summary>
    public static void WriteOff(this AreaWork work, string pledgeId, PartRef need, long minor)
    {
        work.Shift(pledgeId, need, Account.Committed, Account.WrittenOff, work.Part(pledgeId, need).Committed.Part(minor));
        // What is proposed beside it may be too little for a part of its own.
        work.Release(pledgeId, need, default);
    }

    /// <summary><paramref name="minor"/> of what stands here is no longer pledged: the pledge was amended down, or an increase undone.</summary>
    public static void Reduce(this AreaWork work, string pledgeId, long minor)
        => work.Shift(pledgeId, Account.Unallocated, Account.Pledged, minor);

    /// <summary>Units that stand are put to a need as binding: staff moved what the partner had confirmed.</summary>
    public static void Commit(this AreaWork work, string pledgeId, PartRef need, Placed amount)
    {
        work.OpenPart(pledgeId, need);
        // Its conditions have to be met at this project too.
        if (work.Line(pledgeId).Conditions.Count > 0) work.Adjust(need, position => position with { HasConditions = true });
        work.Shift(pledgeId, need, Account.Unallocated, Account.Committed, amount);
    }

    public static void Propose(this AreaWork work, string pledgeId, PartRef need, Placed amount, IReadOnlyList<Reason> reasons)
    {
        work.OpenPart(pledgeId, need);
        work.Shift(pledgeId, need, Account.Unallocated, Account.Proposed, amount);
        work.Adjust(pledgeId, need, part => part with { Reasons = reasons });
        var sector = work.Line(pledgeId).Donor.Sector;
        work.Adjust(need, p => p.Sectors.Contains(sector) ? p : p with { Sectors = [.. p.Sectors.Append(sector).Order()] });
    }

    /// <summary>
    /// Back from proposed to unallocated; the need has room again. The whole proposal goes where less than the pledge's smallest part
    /// would be left.
    /// </summary>
    public static void Release(this AreaWork work, string pledgeId, PartRef need, Placed amount)
    {
        var part = work.Part(pledgeId, need);
        var isTooLittle = work.Line(pledgeId).SmallestPart > part.Total.Minor - amount.Minor;
        work.Shift(pledgeId, need, Account.Proposed, Account.Unallocated, isTooLittle ? part.Proposed : amount);
    }

    /// <summary>As <see cref="Release"/>, exactly so much: whoever asks has looked at the smallest part.</summary>
    public static void ReleaseExactly(this AreaWork work, string pledgeId, PartRef need, long minor)
        => work.Shift(pledgeId, need, Account.Proposed, Account.Unallocated, work.Part(pledgeId, need).Proposed.Part(minor));

    /// <summary>Binding from here on; where the pledge has conditions, not before they are settled.</summary>
    public static void Confirm(this AreaWork work, string pledgeId, PartRef need)
    {
        var hasConditions = work.Line(pledgeId).Conditions.Count > 0;
        if (hasConditions) work.Adjust(need, position => position with { HasConditions = true });
        work.Shift(pledgeId, need, Account.Proposed, hasConditions ? Account.Conditional : Account.Committed, work.Part(pledgeId, need).Proposed);
    }

    /// <summary>From here on <paramref name="firm"/> of what is confirmed at one need is binding, what has arrived included; the rest is conditional.</summary>
    public static void Settle(this AreaWork work, string pledgeId, PartRef need, long firm)
    {
        var part = work.Part(pledgeId, need);
        var more = firm - part.Received.Minor - part.Committed.Minor;
        if (more > 0) work.Shift(pledgeId, need, Account.Conditional, Account.Committed, part.Conditional.Part(more));
        else work.Shift(pledgeId, need, Account.Committed, Account.Conditional, part.Committed.Part(-more));
    }

    /// <summary><paramref name="minor"/> of what is confirmed has arrived: what is committed goes first, then what is conditional.</summary>
    public static void Receive(this AreaWork work, string pledgeId, PartRef need, long minor)
    {
        var part = work.Part(pledgeId, need);
        var firm = Math.Min(minor, part.Committed.Minor);
        work.Shift(pledgeId, need, Account.Committed, Account.Received, part.Committed.Part(firm));
        work.Shift(pledgeId, need, Account.Conditional, Account.Received, part.Conditional.Part(minor - firm));
    }

    /// <summary><paramref name="minor"/> of what is committed, or confirmed under a condition, has arrived.</summary>
    public static void Receive(this AreaWork work, string pledgeId, PartRef need, Account from, long minor)
        => work.Shift(pledgeId, need, from, Account.Received, work.Part(pledgeId, need).In(from).Part(minor));

    /// <summary>What was withdrawn came all the same: the pledge grows by it, and it stays at the need that it came for.</summary>
    public static void ReceiveAnew(this AreaWork work, string pledgeId, PartRef need, Placed amount)
    {
        work.OpenPart(pledgeId, need);
        work.Shift(pledgeId, need, Account.Pledged, Account.Received, amount);
    }

    /// <summary><paramref name="minor"/> of what was received had not arrived after all; what the city said of it falls.</summary>
    public static void Unreceive(this AreaWork work, string pledgeId, PartRef need, Account to, long minor)
    {
        work.Shift(pledgeId, need, Account.Received, to, work.Part(pledgeId, need).Received.Part(minor));
        work.Adjust(pledgeId, need, part => part with { AcknowledgedAt = null });
    }

    /// <summary>Takes back what lies at one need in these accounts.</summary>
    public static void WithdrawPart(this AreaWork work, string pledgeId, PartRef need, IReadOnlyList<Account> accounts)
    {
        var part = work.Part(pledgeId, need);
        foreach (var account in accounts) work.Shift(pledgeId, need, account, Account.Withdrawn, part.In(account));
    }

    public static void WithdrawUnallocated(this AreaWork work, string pledgeId)
        => work.Shift(pledgeId, Account.Unallocated, Account.Withdrawn, work.Line(pledgeId).Unallocated);

    public static void Acknowledge(this AreaWork work, string pledgeId, PartRef need)
        => work.Adjust(pledgeId, need, part => part with { AcknowledgedAt = work.At });

    /// <summary>Its partner has been told of what is proposed here.</summary>
    public static void Tell(this AreaWork work, string pledgeId, PartRef need)
        => work.Note(pledgeId, need, part => part with { ToldAt = work.At });

    /// <summary>Holds unallocated units back from ordinary placing.</summary>
    public static void Park(this AreaWork work, string pledgeId, string rebalance, long minor, DateTimeOffset until)
        => work.Adjust(pledgeId, line => line with { Parked = [.. line.Parked ?? [], new Parking(rebalance, minor, until)] });

    /// <summary>Frees what was held back for one rebalance, or as much of it as is asked.</summary>
    public static void Unpark(this AreaWork work, string pledgeId, string rebalance, long minor = long.MaxValue)
        => work.Adjust(pledgeId, line => line with { Parked = Less(line.Parked ?? [], rebalance, minor) });

    private static List<Parking>? Less(IReadOnlyList<Parking> parked, string rebalance, long minor)
    {
        var kept = new List<Parking>();
        foreach (var parking in parked)
        {
            var freed = parking.For == rebalance ? Math.Min(minor, parking.Minor) : 0;
            minor -= freed;
            if (parking.Minor > freed) kept.Add(parking with { Minor = parking.Minor - freed });
        }

        return kept.Count == 0 ? null : kept;
    }

    /// <summary>Fixes the rate of a line that came when none was known.</summary>
    public static void Quote(this AreaWork work, string pledgeId, Money.ExchangeRate rate) => work.Adjust(pledgeId, line => line with { Rate = rate });
}
