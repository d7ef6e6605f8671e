using FundingFlow.Matching;
using FundingFlow.Matching.Optimum;
using FundingFlow.Money;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>
/// The share cap as the problem knows it: a partner, and a project in an area and a unit. What lies there and does not move counts
/// first; what lay above a cap before it was set may stay.
/// </summary>
internal sealed class CapsOfProjects(IReadOnlyList<Allocation> parts, IReadOnlyList<Position> needs, CommonUnit common, PlacingPolicy policy)
{
    /// <summary>The demands, each with the project whose cap counts it; none where there is no cap.</summary>
    public IReadOnlyList<Demand> Named(IReadOnlyList<Demand> demands) => [.. demands.Select((demand, d) => demand with { Project = NameOf(needs[d]) })];

    /// <summary>Only those that can bind: of a partner that has more units than that, and may bring some there.</summary>
    /// <param name="classes">By supply.</param>
    /// <returns>Each in the problem's common unit, and in the needs' own.</returns>
    public IReadOnlyList<(ShareCap Cap, long Value)> Of(IReadOnlyList<SupplyBooks> supplies, IReadOnlyList<string> classes, IReadOnlyList<Link> links)
    {
        var projects = needs.Where(need => NameOf(need) is not null).GroupBy(KeyOf)
            .ToDictionary(project => project.Key, project => (Needs: project.ToList(), Most: (long)Int128.Min(long.MaxValue, ShareCaps.MostOf(project, policy.In(project.Key.Area).SharePercent!.Value))));
        if (projects.Count == 0) return [];
        var reached = links.Where(link => NameOf(needs[link.Demand]) is not null).GroupBy(link => link.Class, StringComparer.Ordinal)
            .ToDictionary(links => links.Key, links => links.Select(link => KeyOf(needs[link.Demand])).Distinct().ToList(), StringComparer.Ordinal);
        var held = parts.GroupBy(part => (part.PartnerId, (part.Area, part.ProjectId, part.NeedUnit))).ToDictionary(part => part.Key, part => part.Sum(p => p.Total.Value));
        var caps = new List<(ShareCap, long)>();
        foreach (var partner in supplies.Zip(classes).Where(supply => !supply.First.Line.Earmark.IsTight).GroupBy(supply => supply.First.Line.Donor.PartnerId, StringComparer.Ordinal))
        {
            var units = partner.Aggregate((Int128)0, (sum, supply) => sum + supply.First.Lots.Sum(lot => lot.Units + lot.Above));
            var moving = partner.SelectMany(supply => supply.First.Lots.Where(lot => lot.Demand >= 0)).ToLookup(lot => KeyOf(needs[lot.Demand]));
            foreach (var key in partner.Select(supply => supply.Second).Distinct(StringComparer.Ordinal).SelectMany(name => reached.GetValueOrDefault(name, [])).Distinct())
            {
                var (there, most) = projects[key];
                var stays = held.GetValueOrDefault((partner.Key, key)) - moving[key].Sum(lot => lot.Amount.Value);
                // At the rate by which it is least, where they have several: in the books it holds in the need's unit.
                var cap = Math.Max(there.Min(need => common.OfNeed(need, Math.Max(0, most - stays))), moving[key].Sum(lot => lot.Units));
                if (units > cap) caps.Add((new ShareCap(partner.Key, NameOf(there[0])!, cap), Math.Max(most - stays, moving[key].Sum(lot => lot.Amount.Value))));
            }
        }

        return caps;
    }

    private static (string Area, string ProjectId, Unit Unit) KeyOf(Position need) => (need.Area, need.ProjectId, need.Unit);

    private string? NameOf(Position need) => policy.In(need.Area).SharePercent is null ? null : $"{need.Area}|{need.ProjectId}|{need.Unit.Code}";
}
