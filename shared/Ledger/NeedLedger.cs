using FundingFlow.Cities;
using FundingFlow.Money;
using FundingFlow.Projects;
using FundingFlow.Storage;

namespace FundingFlow.Ledger;

/// <summary>Brings the needs' positions in line with what their project states.</summary>
internal sealed class NeedLedger(AreaBooks books, ILedgerReader reader, IRates rates, ICities cities) : INeedLedger
{
    /// <summary>Needs stated, and parts released, in one transaction.</summary>
    private const int MostNeeds = 20;
    private const int MostReleased = 8;

    public async Task StateNeedsAsync(Project project, string by, CancellationToken stop)
    {
        var stated = new List<Position>();
        foreach (var need in project.Needs) stated.Add(await StatedAsync(project, need, stop));
        var all = await reader.PositionsOfAsync(project, stop);
        foreach (var area in project.NeedAreas)
        {
            var known = all.Where(position => position.Area == area);
            var here = stated.Where(need => need.Area == area).ToList();
            // A need that is gone stays on the books with a requirement of 0: what lies on it is never lost.
            var gone = known.Where(position => (!position.Gone || position.Closed != project.IsClosed) && !here.Exists(need => need.NeedId == position.NeedId))
                .Select(position => position with { Required = 0, MinimumViable = null, Gone = true, Closed = project.IsClosed });
            foreach (var chunk in here.Concat(gone).Chunk(MostNeeds))
                await StateAsync(area, chunk, by, stop);
        }
    }

    public async Task<bool> TryVacateAsync(string area, PartRef need, string by, CancellationToken stop)
    {
        while (true)
        {
            var known = (await books.PositionsAsync(area, fresh: true, stop)).Where(position => position.ProjectId == need.ProjectId).ToList();
            if (known.Find(position => position.Ref == need) is not { Gone: false } now) return true;
            // What lies here may count nothing by itself, where it was exchanged and the rest was taken back.
            if (now.Filled > 0 || (await books.PartsAsync(area, need, stop)).Count > 0) return false;
            var number = known.Max(position => position.Statement) + 1;
            var vacated = await books.CommitAsync(area, "need-stated", $"stated.{need.ProjectId}.{number}", by, async attempt =>
            {
                if (attempt.FindPosition(need) is not { Value: { Filled: 0, Gone: false } } stored || (await attempt.PartsAtAsync(need)).Count > 0
                    || attempt.Positions.Any(position => position.ProjectId == need.ProjectId && position.Statement >= number)) return false;
                attempt.Work.State(stored, stored.Value with { Required = 0, MinimumViable = null, Gone = true, Statement = number });
                return true;
            }, stop);
            if (vacated) return true;
        }
    }

    public async Task SetUrgencyAsync(Project project, int urgency, CancellationToken stop)
    {
        foreach (var area in project.NeedAreas)
            for (var more = true; more;)
                more = await books.CommitAsync(area, "urgency", $"urgency.{urgency}", "system", attempt =>
                {
                    foreach (var position in attempt.Positions.Where(p => p.ProjectId == project.Id && p.Urgency != urgency).Take(MostNeeds).ToList())
                    {
                        attempt.UsePosition(position.Ref);
                        attempt.Work.Adjust(position.Ref, p => p with { Urgency = urgency });
                    }

                    return Task.FromResult(true);
                }, stop);
    }

    private async Task<Position> StatedAsync(Project project, Need need, CancellationToken stop)
    {
        var city = await cities.FindAsync(need.City, stop);
        return new Position(need.Area, project.Id, need.Id, need.Unit, need.Required, need.MinimumViable, 0, 0, 0,
            need.City, city?.Country ?? project.Country, city?.Situation ?? Situation.Peace, project.StartsOn, project.EndsOn, 1, [],
            need.Unit.IsMoney ? await rates.FindAsync(need.Unit.Code, stop) : null)
        { Title = project.Title, Closed = project.IsClosed };
    }

    private async Task StateAsync(string area, IReadOnlyList<Position> stated, string by, CancellationToken stop)
    {
        for (var more = true; more;)
        {
            more = false;
            // Over all of the project's needs here: the number names the command, and one command changes a line once.
            var number = (await books.PositionsAsync(area, fresh: false, stop))
                .Where(known => known.ProjectId == stated[0].ProjectId).Select(known => known.Statement).DefaultIfEmpty(0).Max() + 1;
            await books.CommitAsync(area, "need-stated", $"stated.{stated[0].ProjectId}.{number}", by, async attempt =>
            {
                var released = 0;
                more = attempt.Positions.Any(known => known.ProjectId == stated[0].ProjectId && known.Statement >= number);
                // Another statement took this number meanwhile: take the next.
                if (more) return false;
                foreach (var need in stated)
                {
                    var stored = attempt.FindPosition(need.Ref);
                    var isHeld = stored is { Value: var before } && before.Unit != need.Unit && (before.Filled > 0 || (await attempt.PartsAtAsync(need.Ref)).Count > 0);
                    var next = Merge(stored?.Value, need, number, isHeld);
                    if (stored is not null && SameTerms(stored.Value, next)) continue;
                    if (ToRelease(next) == 0)
                    {
                        attempt.Work.State(stored, next);
                        continue;
                    }

                    // Lowered below what is proposed: release the newest first, in the same transaction where they fit into it.
                    if (released == MostReleased)
                    {
                        more = true;
                        continue;
                    }

                    attempt.Work.State(stored, next);
                    released += await ReleaseAsync(attempt, next, MostReleased - released);
                    if (attempt.Work.Position(need.Ref) is { } now && ToRelease(now) > 0) more = true;
                }

                return true;
            }, stop);
            await ReleaseRestAsync(area, stated, by, stop);
        }
    }

    /// <summary>Goes on releasing where one transaction did not hold all that lies above a lowered need.</summary>
    private async Task ReleaseRestAsync(string area, IReadOnlyList<Position> stated, string by, CancellationToken stop)
    {
        var over = (await books.PositionsAsync(area, fresh: false, stop))
            .Where(p => stated.Any(s => s.Ref == p.Ref) && ToRelease(p) > 0);
        foreach (var need in over)
        {
            for (var filled = need.Filled; ;)
            {
                var released = await books.CommitAsync(area, "released", $"lowered.{need.ProjectId}.{need.NeedId}.{need.Statement}.{filled}", by, async attempt =>
                {
                    attempt.UsePosition(need.Ref);
                    if (await ReleaseAsync(attempt, attempt.Work.Position(need.Ref), MostReleased) == 0) return false;
                    filled = attempt.Work.Position(need.Ref).Filled;
                    return true;
                }, stop);
                if (!released) break;
            }
        }
    }

    private static async Task<int> ReleaseAsync(Attempt attempt, Position need, int most)
    {
        var released = 0;
        foreach (var part in (await attempt.PartsAtAsync(need.Ref)).Where(part => part.Proposed.Minor > 0)
                     .OrderByDescending(part => part.At).ThenBy(part => part.PledgeId, StringComparer.Ordinal))
        {
            var now = attempt.Work.Position(need.Ref);
            if (ToRelease(now) == 0 || released == most) break;
            // A tight earmark is the partner's own choice: it may lie above the requirement, visibly; not so where the project is closed.
            if (await attempt.UseLineAsync(part.PledgeId) is not { } line || (line.Earmark.IsTight && !now.Closed)) continue;
            if (await attempt.UsePartAsync(part.PledgeId, need.Ref) is null) continue;
            attempt.Work.Release(part.PledgeId, need.Ref, Excess(part.Proposed, ToRelease(now)));
            attempt.Work.Mark(part.PledgeId, standing: now.Closed && line.Earmark.IsTight ? Standing.ProjectClosed : Standing.NoNeed,
                note: now.Closed ? "The project was closed." : "The project lowered this need.");
            released++;
        }

        return released;
    }

    /// <summary>What of the proposed no longer has a place here: all of it where the project is closed, else what lies above the requirement.</summary>
    private static long ToRelease(Position need)
        => need.Closed ? need.Proposed : Math.Min(need.Proposed, Math.Max(0, need.Filled - need.Required));

    /// <summary>The smallest part of a proposal that counts at least the excess; all of it when it counts less.</summary>
    private static Placed Excess(Placed proposed, long excess)
    {
        if (proposed.Value <= excess) return proposed;
        var (none, all) = (0L, proposed.Minor);
        while (all - none > 1)
        {
            var middle = none + ((all - none) / 2);
            if (proposed.Part(middle).Value >= excess) all = middle;
            else none = middle;
        }

        return proposed.Part(all);
    }

    /// <param name="isHeld">Something lies there in another unit.</param>
    private static Position Merge(Position? known, Position stated, int number, bool isHeld)
    {
        if (known is null) return stated with { Statement = number };
        // Something was placed while its unit was being changed: what lies here keeps its unit, and nothing more comes.
        if (isHeld) return known with { Required = 0, MinimumViable = null, Gone = true, Closed = stated.Closed, Statement = number, Reservations = null };
        return stated with
        {
            Proposed = known.Proposed,
            Conditional = known.Conditional,
            HasConditions = known.HasConditions,
            Committed = known.Committed,
            Received = known.Received,
            Urgency = known.Urgency,
            Sectors = known.Sectors,
            // Of another requirement there may be no such room: what is on its way here finds another place.
            Reservations = known.Required == stated.Required ? known.Reservations : null,
            Statement = number,
            // The rate of a need is that of its last change.
            Rate = known.Unit == stated.Unit && known.Required == stated.Required && known.Rate is not null ? known.Rate : stated.Rate,
        };
    }

    private static bool SameTerms(Position known, Position next)
        => Wire.Write(known with { Statement = 0 }) == Wire.Write(next with { Statement = 0 });
}
