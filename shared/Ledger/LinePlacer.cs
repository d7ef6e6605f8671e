using FundingFlow.Matching;
using FundingFlow.Money;
using FundingFlow.Pledges;
using FundingFlow.Projects;

namespace FundingFlow.Ledger;

/// <summary>Opens lines and places what is unallocated in them: a few whole transactions, each leaving the books balanced.</summary>
internal sealed class LinePlacer(AreaBooks books, PlannedPlacing planned, IRates rates, LinePlanner planner)
{
    /// <summary>Parts placed in one transaction; with the rows around them they stay under the store's 100.</summary>
    internal const int MostParts = 40;
    private const int MostPartsBesideDisplaced = 20;
    private const int MostDisplaced = 12;

    /// <summary>
    /// Opens the line and places it, in one transaction where the parts fit into one. A line that was opened already is left as it is.
    /// </summary>
    /// <param name="withdrawn">The pledge was withdrawn before it was placed.</param>
    public async Task OpenAsync(Line line, bool withdrawn, string by, CancellationToken stop)
    {
        var more = false;
        await books.CommitAsync(line.Area, "opened", $"open.{line.PledgeId}", by, async attempt =>
        {
            more = false;
            if (attempt.Number > 1 && await attempt.UseLineAsync(line.PledgeId) is { } present)
            {
                // Units that another area sent back may be here first. What ends the line opens what it takes back itself.
                if (present.IsOpened || present.IsWithdrawn) return false;
            }

            attempt.Work.Open(line, withdrawn);
            more = !withdrawn && line.Standing != Standing.Held && await PlaceAsync(attempt, line.PledgeId, stop);
            return true;
        }, stop);
        if (more) await PlaceStandingAsync(line.Area, line.PledgeId, by, stop);
    }

    /// <summary>Places what stands in a line, as far as there is room now.</summary>
    public async Task PlaceStandingAsync(string area, string pledgeId, string by, CancellationToken stop)
    {
        for (var more = true; more;)
        {
            more = false;
            if (await books.FindAsync<Line>(area, LedgerKeys.Line(pledgeId), stop) is not { Value: { Placeable: > 0, IsWithdrawn: false } line }) return;
            // Whoever places from this state first wins the key; the other reads again.
            await books.CommitAsync(area, "placed", $"place.{pledgeId}.{line.Sequence}", by, async attempt =>
            {
                var now = await attempt.UseLineAsync(pledgeId);
                if (now is null || now.Sequence != line.Sequence) return false;
                if (now.Unit.IsMoney && now.Rate is null && await rates.FindAsync(now.Unit.Code, stop) is { } rate)
                    attempt.Work.Quote(pledgeId, rate);
                if (!attempt.IsFresh) await attempt.RefreshAsync();
                more = await PlaceAsync(attempt, pledgeId, stop);
                var then = attempt.Work.Line(pledgeId);
                return then.Unallocated != now.Unallocated || then.Rate != now.Rate || then.Standing != now.Standing;
            }, stop);
        }
    }

    /// <summary>Takes in what the pledge's line in another partition sent here, and places it; into a withdrawn line it goes as withdrawn.</summary>
    public async Task TakeInAsync(Line empty, Sending sending, string by, CancellationToken stop)
    {
        var more = false;
        await books.CommitAsync(sending.Area, "moved-in", sending.Id, by, async attempt =>
        {
            more = false;
            if (await attempt.IsDoneAsync(empty.PledgeId)) return false;
            var present = await attempt.UseLineAsync(empty.PledgeId);
            attempt.Work.TakeIn(empty, sending.Minor);
            if (sending.Target is not null && !attempt.IsFresh) await attempt.RefreshAsync();
            var line = attempt.Work.Line(empty.PledgeId);
            // Of a pledge that has ended only what was confirmed, and did not end with it, still comes to its need.
            var wanted = line.IsWithdrawn && !line.Expired ? 0 : line.IsWithdrawn || Eligibility.IsExpired(line, planner.Today) ? sending.Committed : sending.Minor;
            var isPut = sending.Target is { } chosen && wanted > 0 && await PutAsync(attempt, empty.PledgeId, sending, chosen, wanted, stop);
            if (line.IsWithdrawn) attempt.Work.WithdrawUnallocated(empty.PledgeId);
            else if (isPut) attempt.Work.Mark(empty.PledgeId, standing: wanted < sending.Minor ? Standing.Expired : present?.Standing);
            else if (sending.Area == Areas.Any) attempt.Work.Mark(empty.PledgeId, standing: Standing.NoNeed);
            else if (sending.Places is { Count: > 0 } places)
            {
                // What finds its place gone is placed like any other afterwards: a share cap is read from what is in the books.
                more = !await PlaceAsPlannedAsync(attempt, empty.PledgeId, sending, places, stop);
                attempt.Work.Mark(empty.PledgeId, standing: attempt.Work.Line(empty.PledgeId).Standing ?? Standing.NoNeed);
            }
            else more = await PlaceAsync(attempt, empty.PledgeId, stop);
            return true;
        }, stop);
        if (more) await PlaceStandingAsync(sending.Area, empty.PledgeId, by, stop);
    }

    /// <summary>What staff moved goes where they said, unless the room there has gone meanwhile: it is then placed like any other.</summary>
    private async Task<bool> PutAsync(Attempt attempt, string pledgeId, Sending sending, PartRef target, long minor, CancellationToken stop)
    {
        var line = attempt.Work.Line(pledgeId);
        if (attempt.FindPosition(target) is not { Value: var need } || MoveRule.Refuses(line, need, minor, planner.Today) is not null) return false;
        var there = await attempt.UsePartAsync(pledgeId, target);
        if (MoveRule.RefusesParts(line, left: 0, (there?.Total.Minor ?? 0) + minor) is not null) return false;
        if (await CapRefusesAsync(attempt, pledgeId, need, MoveRule.Value(line, need, minor).Value, stop) is not null) return false;
        LineCommands.Put(attempt, pledgeId, target, minor, sending.Committed, sending.Reason ?? "");
        return true;
    }

    /// <summary>Holds what staff move to the partner's share cap, as placing is held to it.</summary>
    /// <param name="change">By how much the partner's share of the target's project grows, in the need's unit.</param>
    /// <returns>Why not; null: it fits, and the transaction's entry names the cap.</returns>
    internal async Task<string?> CapRefusesAsync(Attempt attempt, string pledgeId, Position target, long change, CancellationToken stop)
    {
        var line = attempt.Work.Line(pledgeId);
        if (planner.SharePercentFor(line, attempt.Work.Area) is not { } percent) return null;
        var caps = new CapBooks(books, planner, attempt);
        await caps.ReadAsync(line, target.Ref, stop);
        if (!caps.Allows(line, target, change)) return $"One partner may fill at most {percent} % of the project {target.ProjectId}; with this it would be more.";
        attempt.Work.CapShare(pledgeId, percent);
        return null;
    }

    /// <returns>Whether all of it is where a rebalance meant it to go. What else is unallocated here has plans of its own.</returns>
    private async Task<bool> PlaceAsPlannedAsync(Attempt attempt, string pledgeId, Sending sending, IReadOnlyList<PlannedPlace> places, CancellationToken stop)
    {
        var all = true;
        foreach (var place in places)
        {
            if (sending.IsHeld(attempt.Work.At) && await planned.WaitsForMoreAsync(attempt, pledgeId, place)) attempt.Work.Park(pledgeId, sending.For!, place.Minor, sending.HeldUntil!.Value);
            else if (!await planned.MayProposeAsync(attempt, pledgeId, place, stop) || !await planned.ProposeAsync(attempt, pledgeId, place, sending.For)) all = false;
        }

        return all;
    }

    /// <returns>Whether room was found for more than one transaction holds.</returns>
    internal async Task<bool> PlaceAsync(Attempt attempt, string pledgeId, CancellationToken stop)
    {
        var line = attempt.Work.Line(pledgeId);
        var percent = planner.SharePercentFor(line, attempt.Work.Area);
        // Before the partner's parts are read: whoever places under the cap in between makes this commit fail.
        if (percent is not null) await attempt.UseGuardAsync(line.Donor.PartnerId);
        var plan = await PlanAsync(attempt, pledgeId, overfill: false, stop);
        if (plan.Left > 0 && attempt is { IsFresh: false, Work.Area: not Areas.Any })
        {
            await attempt.RefreshAsync();
            plan = await PlanAsync(attempt, pledgeId, overfill: false, stop);
        }

        var (most, moreToDisplace) = (MostParts, false);
        if (plan.Left > 0 && attempt.Work.Line(pledgeId).Earmark.IsTight)
        {
            var displaced = await DisplaceAsync(attempt, pledgeId, stop);
            moreToDisplace = displaced == MostDisplaced;
            if (displaced > 0) most = MostPartsBesideDisplaced;
            plan = await PlanAsync(attempt, pledgeId, overfill: !moreToDisplace, stop);
        }

        if (percent is { } cap && plan.Parts.Count > 0) attempt.Work.CapShare(pledgeId, cap);
        foreach (var part in plan.Parts.Take(most)) await ProposeAsync(attempt, pledgeId, part);
        attempt.Work.Mark(pledgeId, standing: plan.Standing);
        return plan.Parts.Count > most || (moreToDisplace && plan.Parts.Count > 0);
    }

    internal static async Task ProposeAsync(Attempt attempt, string pledgeId, PlannedPart part)
    {
        var need = part.Need.Ref;
        if (attempt.Work.Line(pledgeId).Parts.Contains(need)) await attempt.UsePartAsync(pledgeId, need);
        attempt.UsePosition(need);
        attempt.Work.Propose(pledgeId, need, part.Amount, part.Reasons);
        var status = attempt.Work.Line(pledgeId).Status;
        if (status == StatedStatus.Pledge) return;
        attempt.Work.Confirm(pledgeId, need);
        // What has come is received, whatever its conditions say.
        var confirmed = attempt.Work.Part(pledgeId, need);
        if (status == StatedStatus.Receipt) attempt.Work.Receive(pledgeId, need, confirmed.Committed.Minor + confirmed.Conditional.Minor);
    }

    private Task<PlacementPlan> PlanAsync(Attempt attempt, string pledgeId, bool overfill, CancellationToken stop)
        => PlanAsync(attempt, attempt.Work.Line(pledgeId), overfill, stop);

    /// <summary>Where the unallocated units of a line go, in sight of what the working set has placed.</summary>
    internal Task<PlacementPlan> PlanAsync(Attempt attempt, Line line, bool overfill, CancellationToken stop)
        => planner.PlanAsync(line, [attempt.NeedsWithWork()], overfill, stop);

    /// <summary>Whether placing it has to be seen by everybody else who places for its partner.</summary>
    internal bool IsCapped(Line line) => planner.SharePercentFor(line, line.Area) is not null;

    /// <summary>Makes room for a tight earmark: releases proposed parts of others that are not tightly earmarked, the newest first.</summary>
    private async Task<int> DisplaceAsync(Attempt attempt, string pledgeId, CancellationToken stop)
    {
        var displaced = 0;
        var own = attempt.Work.Line(pledgeId);
        foreach (var need in attempt.NeedsWithWork().Where(need => need.Proposed > 0 && Eligibility.Allows(own, need, planner.Today))
                     .OrderBy(need => need.ProjectId, StringComparer.Ordinal).ThenBy(need => need.NeedId, StringComparer.Ordinal).ToList())
            foreach (var part in (await attempt.PartsAtAsync(need.Ref)).Where(part => part.Proposed.Minor > 0 && part.PledgeId != pledgeId)
                         .OrderByDescending(part => part.At).ThenBy(part => part.PledgeId, StringComparer.Ordinal))
            {
                if (displaced == MostDisplaced || (await PlanAsync(attempt, pledgeId, overfill: false, stop)).Left == 0) return displaced;
                if (await attempt.UseLineAsync(part.PledgeId) is not { Earmark.IsTight: false }) continue;
                if (await attempt.UsePartAsync(part.PledgeId, need.Ref) is not { Proposed.Minor: > 0 } now) continue;
                attempt.Work.Release(part.PledgeId, need.Ref, now.Proposed);
                attempt.Work.Mark(part.PledgeId, standing: Standing.NoNeed, note: "Made room for a pledge that chose this project.");
                displaced++;
            }

        return displaced;
    }
}
