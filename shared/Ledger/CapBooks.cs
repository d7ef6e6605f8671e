using FundingFlow.Matching;
using FundingFlow.Money;

namespace FundingFlow.Ledger;

/// <summary>What partners fill of projects under a share cap, read for one transaction in which units come to needs that were decided before.</summary>
internal sealed class CapBooks(AreaBooks books, LinePlanner planner, Attempt attempt)
{
    private readonly Dictionary<string, IReadOnlyList<Allocation>> parts = new(StringComparer.Ordinal);
    private readonly HashSet<string> guarded = new(StringComparer.Ordinal);

    /// <summary>Nothing where the line is not capped in this area.</summary>
    public async Task ReadAsync(Line line, PartRef need, CancellationToken stop)
    {
        if (planner.SharePercentFor(line, attempt.Work.Area) is null) return;
        // Before the parts are read: whoever places under the cap in between makes this commit fail.
        if (guarded.Add(line.Donor.PartnerId)) await attempt.UseGuardAsync(line.Donor.PartnerId);
        if (!parts.ContainsKey(need.ProjectId)) parts[need.ProjectId] = await books.PartsOfProjectAsync(attempt.Work.Area, need.ProjectId, stop);
    }

    /// <summary>Whether the partner's share stays within the cap, or falls, when what it holds in the need's unit at the need's project changes so.</summary>
    public bool Allows(Line line, Position need, long change)
    {
        if (planner.SharePercentFor(line, attempt.Work.Area) is not { } percent || change <= 0) return true;
        var most = ShareCaps.MostOf(attempt.NeedsWithWork().Where(other => other.ProjectId == need.ProjectId && other.Unit == need.Unit), percent);
        return Held(line.Donor.PartnerId, need.ProjectId, need.Unit) + change <= most;
    }

    /// <summary>As stored, but for what this transaction has changed.</summary>
    private Int128 Held(string partner, string project, Unit unit)
    {
        var stored = parts.GetValueOrDefault(project, []).Where(part => part.PartnerId == partner && part.NeedUnit == unit)
            .ToDictionary(part => (part.PledgeId, new PartRef(part.ProjectId, part.NeedId)), part => part.Total.Value);
        foreach (var part in attempt.Work.Parts.Where(part => part.PartnerId == partner && part.ProjectId == project && part.NeedUnit == unit))
            stored[(part.PledgeId, new PartRef(part.ProjectId, part.NeedId))] = part.Total.Value;
        return stored.Values.Aggregate((Int128)0, (sum, value) => sum + value);
    }
}
