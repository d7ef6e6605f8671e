using FundingFlow.Money;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>Whether moves can be made in the books as they are now, which is looked at again for every transaction; counts on what it said yes to.</summary>
internal sealed class MoveCheck(Attempt attempt, Movable movable, PlannedPlacing planned, CapBooks caps, string rebalance, bool useParked)
{
    private readonly Dictionary<PartRef, long> taken = [];
    private readonly Dictionary<(string PledgeId, PartRef Need), long> left = [];
    private readonly Dictionary<(string PledgeId, PartRef Need), Placed> rest = [];
    private readonly Dictionary<(string PledgeId, PartRef Need), long> come = [];
    private readonly Dictionary<(string PartnerId, string ProjectId, Unit Unit), long> shares = [];
    private readonly Dictionary<string, long> placed = new(StringComparer.Ordinal);

    /// <summary>Reads what the moves ask for into the working set.</summary>
    public static async Task ReadAsync(Attempt attempt, CapBooks caps, IEnumerable<RebalanceMove> moves, CancellationToken stop)
    {
        foreach (var move in moves)
        {
            if (await attempt.UseLineAsync(move.PledgeId) is { } line && move.To is { } to && move.ToArea == attempt.Work.Area) await caps.ReadAsync(line, to, stop);
            foreach (var need in Needs(move, attempt.Work.Area))
                if (attempt.FindPosition(need) is not null) await attempt.UsePartAsync(move.PledgeId, need);
        }
    }

    /// <summary>The positions as they are now, for a working set in which nothing was changed yet.</summary>
    public static async Task RefreshAsync(Attempt attempt, IEnumerable<RebalanceMove> moves)
    {
        await attempt.RefreshAsync();
        foreach (var need in moves.SelectMany(move => Needs(move, attempt.Work.Area)).Distinct())
            if (attempt.FindPosition(need) is { } now) attempt.Work.Use(now);
    }

    /// <summary>Whether all of the group's moves can be made, together and after those before.</summary>
    /// <param name="onlyLeaving">The first half alone: units that leave for another area, or to wait.</param>
    public bool Allows(IReadOnlyList<RebalanceMove> group, bool onlyLeaving = false)
    {
        foreach (var move in group)
        {
            if (!CanLeave(move)) return false;
            Leave(move);
        }

        return (onlyLeaving || group.All(CanCome)) && group.All(IsLargeEnough) && (onlyLeaving || group.All(IsWithinCap));
    }

    private bool CanLeave(RebalanceMove move)
    {
        if (attempt.Work.FindLine(move.PledgeId) is not { } line || !movable.Allows(line)) return false;
        if (move.From is not { } from)
            return (useParked ? ParkedIn(line) : line.Placeable) - placed.GetValueOrDefault(move.PledgeId) >= move.Minor;
        return attempt.Work.FindPart(move.PledgeId, from) is { } part && attempt.FindPosition(from) is { Value: var need }
            && movable.Allows(line, part, need) && part.Proposed.Minor - left.GetValueOrDefault((move.PledgeId, from)) >= move.Minor;
    }

    private long ParkedIn(Line line) => Math.Min(line.Unallocated, line.Parked?.Where(parking => parking.For == rebalance).Sum(parking => parking.Minor) ?? 0);

    private void Leave(RebalanceMove move)
    {
        if (move.From is not { } from)
        {
            placed[move.PledgeId] = placed.GetValueOrDefault(move.PledgeId) + move.Minor;
            return;
        }

        // One after the other out of what is left, as they are released: of an exchanged part each rounds by itself.
        var key = (move.PledgeId, from);
        var proposed = rest.TryGetValue(key, out var known) ? known : attempt.Work.Part(move.PledgeId, from).Proposed;
        var freed = proposed.Part(move.Minor);
        rest[key] = proposed - freed;
        left[key] = left.GetValueOrDefault(key) + move.Minor;
        taken[from] = taken.GetValueOrDefault(from) - freed.Value;
        Share(move.PledgeId, from, -freed.Value);
    }

    private bool CanCome(RebalanceMove move)
    {
        if (move.To is not { } to || move.ToArea != attempt.Work.Area) return true;
        if (attempt.FindPosition(to) is not { Value: var need }) return false;
        var room = need.Required - need.Filled - need.Reserved + (useParked ? need.ReservedFor(rebalance) : 0) - taken.GetValueOrDefault(to);
        if (planned.Fitting(attempt.Work.Line(move.PledgeId), need, move.Minor, move.Value, room) is not { } amount) return false;
        taken[to] = taken.GetValueOrDefault(to) + amount.Value;
        come[(move.PledgeId, to)] = come.GetValueOrDefault((move.PledgeId, to)) + amount.Minor;
        Share(move.PledgeId, to, amount.Value);
        return true;
    }

    /// <summary>No part is left, or made, below the smallest that the pledge allows.</summary>
    private bool IsLargeEnough(RebalanceMove move)
        => attempt.Work.Line(move.PledgeId).SmallestPart is not { } smallest || Needs(move, attempt.Work.Area).All(need =>
        {
            var minor = (attempt.Work.FindPart(move.PledgeId, need)?.Total.Minor ?? 0) - left.GetValueOrDefault((move.PledgeId, need)) + come.GetValueOrDefault((move.PledgeId, need));
            return minor == 0 || minor >= smallest;
        });

    private bool IsWithinCap(RebalanceMove move)
        => move.To is not { } to || move.ToArea != attempt.Work.Area || attempt.FindPosition(to) is not { Value: var need }
            || caps.Allows(attempt.Work.Line(move.PledgeId), need, shares.GetValueOrDefault((attempt.Work.Line(move.PledgeId).Donor.PartnerId, need.ProjectId, need.Unit)));

    private void Share(string pledgeId, PartRef need, long value)
    {
        var key = (attempt.Work.Line(pledgeId).Donor.PartnerId, need.ProjectId, attempt.FindPosition(need)!.Value.Unit);
        shares[key] = shares.GetValueOrDefault(key) + value;
    }

    private static IEnumerable<PartRef> Needs(RebalanceMove move, string area)
    {
        if (move.From is { } from && move.FromArea == area) yield return from;
        if (move.To is { } to && move.ToArea == area) yield return to;
    }
}
