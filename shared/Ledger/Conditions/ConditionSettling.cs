using FundingFlow.Projects;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Ledger.Conditions;

/// <summary>
/// Brings the books of a project in line with the conditions at it, area by area. Run after every change: what this moves is a change
/// too, and a run that finds nothing to move writes nothing, so it comes to rest. May be repeated, and run by many at once.
/// </summary>
public sealed class ConditionSettling
{
    /// <summary>Parts in one transaction; with their lines, journal entries and needs they stay under the store's 100.</summary>
    /// <summary>After that the next round of all projects takes it.</summary>
    private const int MostOvertaken = 5;
    private const int MostParts = 20;

    private readonly AreaBooks books;
    private readonly IProjects projects;
    private readonly ILedgerReader reader;
    private readonly ILogger log;

    internal ConditionSettling(AreaBooks books, IProjects projects, ILedgerReader reader, ILogger<ConditionSettling> log)
        => (this.books, this.projects, this.reader, this.log) = (books, projects, reader, log);

    /// <summary>The projects whose needs changed.</summary>
    public async Task SettleAsync(FundingChanged changed, CancellationToken stop)
    {
        foreach (var id in changed.Needs.Select(need => need.ProjectId).Distinct(StringComparer.Ordinal)) await SettleAsync(id, stop);
    }

    /// <summary>Every project that has conditions: finds what a lost message left unsettled. One that fails never keeps the others from it.</summary>
    public async Task SettleAllAsync(CancellationToken stop)
    {
        var areas = await StandingLines.AllNeedsAsync(books, fresh: true, stop);
        foreach (var id in areas.SelectMany(needs => needs).Where(need => need.HasConditions).Select(need => need.ProjectId).Distinct(StringComparer.Ordinal))
        {
            try
            {
                await SettleAsync(id, stop);
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                log.LogError(failure, "The conditions at project {Project} could not be settled; they are at the next round.", id);
            }
        }
    }

    private async Task SettleAsync(string projectId, CancellationToken stop)
    {
        if (await projects.FindAsync(projectId, stop) is not { } project) return;
        if (!(await reader.PositionsOfAsync(project, stop)).Any(need => need.HasConditions)) return;
        for (var overtaken = 0; overtaken < MostOvertaken;)
        {
            // What falls back goes first, so that nothing is firm for a moment on the word of what lapses in the same run.
            var moves = Settlement.Of(await reader.AllocationsOfAsync(project, stop)).Where(part => part.Change != 0)
                .OrderBy(part => part.Change > 0).ThenBy(part => part.Part.Id, StringComparer.Ordinal).ToList();
            if (moves.Count == 0) return;
            var area = moves[0].Part.Area;
            // Nothing committed: others changed these lines meanwhile, perhaps in what brings no message of its own.
            if (!await ApplyAsync(area, [.. moves.Where(move => move.Part.Area == area).Take(MostParts)], stop)) overtaken++;
        }
    }

    private async Task<bool> ApplyAsync(string area, IReadOnlyList<SettledPart> moves, CancellationToken stop)
    {
        var first = moves[0].Part.PledgeId;
        if (await reader.LineAsync(area, first, stop) is not { } line) return false;
        // A line has each sequence once, so this names one transaction, on every line in it.
        return await books.CommitAsync(area, "settled", $"settle.{first}.{line.Sequence}", "system", async attempt =>
        {
            if (await attempt.UseLineAsync(first) is not { } now || now.Sequence != line.Sequence) return false;
            foreach (var move in moves)
            {
                var (pledgeId, need) = (move.Part.PledgeId, new PartRef(move.Part.ProjectId, move.Part.NeedId));
                if (await attempt.UseLineAsync(pledgeId) is null) return false;
                if (await attempt.UsePartAsync(pledgeId, need) is not { } part || !SameAmounts(part, move.Part)) return false;
                attempt.Work.Settle(pledgeId, need, move.Firm);
            }

            return true;
        }, stop);
    }

    private static bool SameAmounts(Allocation now, Allocation planned)
        => (now.Conditional, now.Committed, now.Received) == (planned.Conditional, planned.Committed, planned.Received);
}
