using FundingFlow.Ledger.Rebalancing;
using FundingFlow.Matching;

namespace FundingFlow.Ledger;

/// <summary>Proposes units to a need that was decided before: in the room that was kept for them, or that is there, and never above it.</summary>
internal sealed class PlannedPlacing(AreaBooks books, LinePlanner planner, PlacingPolicy policy, LedgerOptions options)
{
    /// <summary>Smallest units of a need by which exchanging money in parts may miss what was planned.</summary>
    private const long Rounding = 2;

    private const int MostMovesTold = 5;

    /// <summary>What of a plan can be done in the room that there is now; null: not as planned.</summary>
    public Placed? Fitting(Line line, Position need, long minor, long value, long room)
    {
        if (!Eligibility.Allows(line, need, planner.Today)) return null;
        var exchange = new Exchange(line, minor);
        if (!exchange.Possible(need)) return null;
        if (!line.Unit.IsMoney) return minor <= room ? new Placed(minor, minor) : null;
        // Others' units that left in parts, and were exchanged, may have freed a little less: that little stays unallocated.
        if (room <= 0 || room < value - (line.Unit == need.Unit ? Rounding : Math.Max(Rounding, value / 100))) return null;
        return line.Unit == need.Unit ? Equal(Math.Min(minor, room)) : Counted(exchange, need, minor, Math.Min(value, room));
    }

    /// <summary>All of the units when they count the room but for a rounding, else as many as fill it.</summary>
    public static Placed Counted(Exchange exchange, Position need, long minor, long room)
        => exchange.Exactly(need, minor) is var all && all.Value - room <= Rounding ? all with { Value = Math.Min(all.Value, room) } : exchange.UpTo(need, room);

    private static Placed? Equal(long minor) => new Placed(minor, minor);

    /// <summary>Too little for a part of its own by the pledge's wish: more of it is to come from another area.</summary>
    public async Task<bool> WaitsForMoreAsync(Attempt attempt, string pledgeId, PlannedPlace place)
        => attempt.FindPosition(place.Need) is not null && attempt.Work.Line(pledgeId).SmallestPart is { } smallest
            && ((await attempt.UsePartAsync(pledgeId, place.Need))?.Total.Minor ?? 0) + place.Minor < smallest;

    /// <summary>Whether the share cap and the pledge's smallest part let it; its room is looked at when it is proposed.</summary>
    public async Task<bool> MayProposeAsync(Attempt attempt, string pledgeId, PlannedPlace place, CancellationToken stop)
    {
        if (attempt.FindPosition(place.Need) is not { Value: var need }) return false;
        var (line, caps) = (attempt.Work.Line(pledgeId), new CapBooks(books, planner, attempt));
        await caps.ReadAsync(line, place.Need, stop);
        var present = await attempt.UsePartAsync(pledgeId, place.Need);
        return caps.Allows(line, need, place.Value) && !(line.SmallestPart > (present?.Total.Minor ?? 0) + place.Minor);
    }

    /// <returns>Whether it is placed; if not, the units stay unallocated.</returns>
    public async Task<bool> ProposeAsync(Attempt attempt, string pledgeId, PlannedPlace place, string? rebalance)
    {
        var line = attempt.Work.Line(pledgeId);
        if (line.Unallocated < place.Minor || attempt.FindPosition(place.Need) is null) return false;
        attempt.UsePosition(place.Need);
        var need = attempt.Work.Position(place.Need);
        var kept = rebalance is null ? 0 : need.ReservedFor(rebalance);
        if (Fitting(line, need, place.Minor, place.Value, need.Required - need.Filled - need.Reserved + kept) is not { } amount) return false;
        if (kept > 0) attempt.Work.Adjust(place.Need, position => position.Reserve(rebalance!, kept - Math.Min(kept, place.Value), attempt.Work.At + options.ReservedFor));
        if (Placement.Explain(line, attempt.NeedsWithWork(), place.Need, amount, policy, planner.Today) is not { } reasons) return false;
        if (planner.SharePercentFor(line, attempt.Work.Area) is { } percent) attempt.Work.CapShare(pledgeId, percent);
        need = attempt.Work.Position(place.Need);
        await LinePlacer.ProposeAsync(attempt, pledgeId, new PlannedPart(need, amount, Overfills: false, [.. reasons, .. await MovedHereAsync(attempt, line, place)]));
        return true;
    }

    /// <summary>Why units of this part came from another need, the latest last: of several moves to one part each is told.</summary>
    private static async Task<IEnumerable<Reason>> MovedHereAsync(Attempt attempt, Line line, PlannedPlace place)
    {
        var present = line.Parts.Contains(place.Need) ? await attempt.UsePartAsync(line.PledgeId, place.Need) : null;
        var moved = (present?.Reasons ?? []).Where(reason => reason.Code == ReasonCode.Rebalanced && reason.Text != place.Because?.Text);
        return (place.Because is { } because ? moved.Append(because) : moved).TakeLast(MostMovesTold);
    }
}
