using FundingFlow.Matching;
using FundingFlow.Matching.Optimum;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>
/// The share cap as the problem knows it: a partner, and a project in an area and a unit. What lies there and does not move counts
/// first; what lay above a cap before it was set may stay.
/// </summary>
internal sealed class CapsOfProjects(IReadOnlyList<Allocation> parts, IReadOnlyList<Position> needs, CommonUnit common, PlacingPolicy policy)
{
    /// <summary>The demands, each with the project whose cap counts it; none where there is no cap.</summary>
    public IReadOnlyList<Demand> Named(IReadOnlyList<Demand> demands) => [.. demands.Select((demand, d) => demand with { Project = NameOf(needs[d]) })];

    public IReadOnlyList<ShareCap> Of(IReadOnlyList<SupplyBooks> supplies)
    {
        if (needs.All(need => NameOf(need) is null)) return [];
        var held = parts.GroupBy(part => (part.PartnerId, part.Area, part.ProjectId, part.NeedUnit)).ToDictionary(part => part.Key, part => part.Sum(p => p.Total.Value));
        var moving = supplies.Where(supply => !supply.Line.Earmark.IsTight)
            .SelectMany(supply => supply.Lots.Where(lot => lot.Demand >= 0).Select(lot => (supply.Line.Donor.PartnerId, Need: needs[lot.Demand], lot)))
            .ToLookup(lot => (lot.PartnerId, lot.Need.Area, lot.Need.ProjectId, lot.Need.Unit), lot => lot.lot);
        var caps = new List<ShareCap>();
        foreach (var project in needs.Where(need => NameOf(need) is not null).GroupBy(need => (need.Area, need.ProjectId, need.Unit)))
        {
            var most = (long)(project.Aggregate((Int128)0, (sum, need) => sum + need.Required) * policy.In(project.Key.Area).SharePercent!.Value / 100);
            foreach (var partner in supplies.Where(supply => !supply.Line.Earmark.IsTight).Select(supply => supply.Line.Donor.PartnerId).Distinct().Order(StringComparer.Ordinal))
            {
                var lots = moving[(partner, project.Key.Area, project.Key.ProjectId, project.Key.Unit)].ToList();
                var stays = held.GetValueOrDefault((partner, project.Key.Area, project.Key.ProjectId, project.Key.Unit)) - lots.Sum(lot => lot.Amount.Value);
                caps.Add(new ShareCap(partner, NameOf(project.First())!, Math.Max(common.OfNeed(project.First(), Math.Max(0, most - stays)), lots.Sum(lot => lot.Units))));
            }
        }

        return caps;
    }

    private string? NameOf(Position need) => policy.In(need.Area).SharePercent is null ? null : $"{need.Area}|{need.ProjectId}|{need.Unit.Code}";
}
