using FundingFlow.Matching;
using FundingFlow.Money;
using FundingFlow.Projects;

namespace FundingFlow.Ledger;

/// <summary>Opens lines and places what is unallocated in them: a few whole transactions, each leaving the books balanced.</summary>
internal sealed class LinePlacer(AreaBooks books, IRates rates, PlacingPolicy policy, ForumCalendar calendar)
{
    /// <summary>Positions and allocations changed in one transaction; with the rows around them they stay under the store's 100.</summary>
    private const int MostParts = 40;
    private const int MostPartsBesideDisplaced = 20;
    private const int MostDisplaced = 12;

    /// <summary>
    /// Opens the line and places it, in one transaction where the parts fit into one. A line that is there already is left as it is.
    /// </summary>
    /// <param name="withdrawn">The pledge was withdrawn before it was placed.</param>
    public async Task OpenAsync(Line line, bool withdrawn, string by, CancellationToken stop)
    {
        var more = false;
        await books.CommitAsync(line.Area, "opened", $"open.{line.PledgeId}", by, async attempt =>
        {
            if (attempt.Number > 1 && await attempt.UseLineAsync(line.PledgeId) is not null) return false;
            attempt.Work.Open(line, withdrawn);
            more = !withdrawn && line.Standing != Standing.Held && await PlaceAsync(attempt, line.PledgeId);
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
            var line = await books.FindAsync<Line>(area, LedgerKeys.Line(pledgeId), stop);
            if (line is null || line.Value.Unallocated == 0) return;
            // Whoever places from this state first wins the key; the other reads again.
            var command = $"place.{pledgeId}.{line.Value.Sequence}";
            await books.CommitAsync(area, "placed", command, by, async attempt =>
            {
                var now = await attempt.UseLineAsync(pledgeId);
                if (now is null || now.Unallocated == 0 || now.Sequence != line.Value.Sequence) return false;
                if (now.Unit.IsMoney && now.Rate is null && await rates.FindAsync(now.Unit.Code, stop) is { } rate)
                    attempt.Work.Quote(pledgeId, rate);
                if (!attempt.IsFresh) await attempt.RefreshAsync();
                more = await PlaceAsync(attempt, pledgeId);
                return attempt.Work.Line(pledgeId).Unallocated != now.Unallocated;
            }, stop);
        }
    }

    /// <summary>Takes in what the pledge's line in <c>any</c> sent here, and places it.</summary>
    public async Task TakeInAsync(Line empty, Sending sending, string by, CancellationToken stop)
    {
        var more = false;
        await books.CommitAsync(sending.Area, "moved-in", sending.Id, by, async attempt =>
        {
            if (await attempt.IsDoneAsync(empty.PledgeId)) return false;
            await attempt.UseLineAsync(empty.PledgeId);
            attempt.Work.TakeIn(empty, sending.Minor);
            more = await PlaceAsync(attempt, empty.PledgeId);
            return true;
        }, stop);
        if (more) await PlaceStandingAsync(sending.Area, empty.PledgeId, by, stop);
    }

    /// <returns>Whether room was found for more than one transaction holds.</returns>
    private async Task<bool> PlaceAsync(Attempt attempt, string pledgeId)
    {
        var plan = Plan(attempt, pledgeId, overfill: false);
        if (plan.Left > 0 && attempt is { IsFresh: false, Work.Area: not Areas.Any })
        {
            await attempt.RefreshAsync();
            plan = Plan(attempt, pledgeId, overfill: false);
        }

        var (most, moreToDisplace) = (MostParts, false);
        if (plan.Left > 0 && attempt.Work.Line(pledgeId).Earmark.IsTight)
        {
            var displaced = await DisplaceAsync(attempt, pledgeId);
            moreToDisplace = displaced == MostDisplaced;
            if (displaced > 0) most = MostPartsBesideDisplaced;
            plan = Plan(attempt, pledgeId, overfill: !moreToDisplace);
        }

        foreach (var part in plan.Parts.Take(most))
        {
            var need = part.Need.Ref;
            if (attempt.Work.Line(pledgeId).Parts.Contains(need)) await attempt.UsePartAsync(pledgeId, need);
            else attempt.UsePosition(need);
            attempt.Work.Propose(pledgeId, need, part.Amount, part.Reasons);
        }

        var more = plan.Parts.Count > most || (moreToDisplace && plan.Parts.Count > 0);
        attempt.Work.Mark(pledgeId, standing: plan.Standing);
        return more;
    }

    private PlacementPlan Plan(Attempt attempt, string pledgeId, bool overfill)
        => Placement.Of(attempt.Work.Line(pledgeId), attempt.PositionsWithWork, policy, calendar.Today, overfill);

    /// <summary>Makes room for a tight earmark: releases proposed parts of others that are not tightly earmarked, the newest first.</summary>
    private async Task<int> DisplaceAsync(Attempt attempt, string pledgeId)
    {
        var excess = Plan(attempt, pledgeId, overfill: true).Parts.FirstOrDefault(part => part.Overfills);
        if (excess is null || excess.Need.Proposed == 0) return 0;
        var need = excess.Need.Ref;
        var wanted = excess.Need.Filled + excess.Amount.Value - Math.Max(excess.Need.Required, excess.Need.Filled - excess.Need.Proposed);
        var displaced = 0;
        foreach (var part in (await attempt.PartsAtAsync(need)).Where(part => part.Proposed.Minor > 0 && part.PledgeId != pledgeId)
                     .OrderByDescending(part => part.At).ThenBy(part => part.PledgeId, StringComparer.Ordinal))
        {
            if (wanted <= 0 || displaced == MostDisplaced) break;
            var line = await attempt.UseLineAsync(part.PledgeId);
            if (line is null || line.Earmark.IsTight) continue;
            await attempt.UsePartAsync(part.PledgeId, need);
            attempt.Work.Release(part.PledgeId, need, part.Proposed);
            attempt.Work.Mark(part.PledgeId, standing: Placement.NoNeed, note: "Made room for a pledge that chose this project.");
            wanted -= part.Proposed.Value;
            displaced++;
        }

        return displaced;
    }
}
