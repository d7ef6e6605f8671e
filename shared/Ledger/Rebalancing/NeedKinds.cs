using FundingFlow.Cities;
using FundingFlow.Matching;
using FundingFlow.Partners;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>Needs that no line can tell apart, unless it names projects or was declined: one look decides for all of a kind.</summary>
internal sealed class NeedKinds
{
    private readonly IReadOnlyList<Position> needs;
    private readonly int[] kindOf;
    private readonly int kinds;

    public NeedKinds(IReadOnlyList<Position> needs, ProjectSectors sectors)
    {
        this.needs = needs;
        var known = new Dictionary<Kind, int>();
        kindOf = [.. needs.Select(need =>
        {
            var kind = new Kind(need.Unit, need.Area, need.City, need.Country, need.Situation, need.StartsOn, need.EndsOn, string.Join(',', Enum.GetValues<Sector>().Where(sector => sectors.Lacks(need, sector))), need.Closed, need.Rate is not null);
            return known.TryGetValue(kind, out var at) ? at : known[kind] = known.Count;
        })];
        kinds = known.Count;
    }

    /// <param name="fit">Null: the line may not go there.</param>
    /// <returns>Each need where the line may go, in their order, and how well it fits.</returns>
    public IEnumerable<(int Need, int Fit)> FitsOf(Line line, Func<Position, int?> fit)
    {
        var isByNeed = line.Earmark.IsTight || line.Declined.Count > 0 || line.Donor.Exclusions?.Projects.Count > 0;
        var (known, fits) = (new bool[kinds], new int?[kinds]);
        for (var need = 0; need < needs.Count; need++)
        {
            var kind = kindOf[need];
            if (isByNeed || !known[kind]) (known[kind], fits[kind]) = (true, fit(needs[need]));
            if (fits[kind] is { } there) yield return (need, there);
        }
    }

    /// <summary>All that eligibility and fit look at, but for the project.</summary>
    private sealed record Kind(
        Money.Unit Unit, string Area, string City, string Country, Situation Situation, DateOnly? StartsOn, DateOnly? EndsOn, string Lacking, bool Closed, bool HasRate);
}
