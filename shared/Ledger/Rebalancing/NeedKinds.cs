using FundingFlow.Cities;
using FundingFlow.Matching;
using FundingFlow.Partners;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>Needs that no line can tell apart, unless it names projects or was declined: one look decides for all of a kind.</summary>
internal sealed class NeedKinds
{
    private readonly IReadOnlyList<Position> needs;
    private readonly int[] kindOf;
    private readonly ILookup<string, int> byArea;
    private readonly ILookup<string, int> byProject;
    private readonly int[] all;

    /// <summary>Per kind, of the line that was last asked about: which one that was, and the fit.</summary>
    private readonly int[] asked;
    private readonly int?[] fits;
    private int asking;

    public NeedKinds(IReadOnlyList<Position> needs, ProjectSectors sectors)
    {
        this.needs = needs;
        var known = new Dictionary<Kind, int>();
        kindOf = [.. needs.Select(need =>
        {
            var kind = new Kind(need.Unit, need.Area, need.City, need.Country, need.Situation, need.StartsOn, need.EndsOn, string.Join(',', Enum.GetValues<Sector>().Where(sector => sectors.Lacks(need, sector))), need.Closed, need.Rate is not null);
            return known.TryGetValue(kind, out var at) ? at : known[kind] = known.Count;
        })];
        (asked, fits) = (new int[known.Count], new int?[known.Count]);
        all = [.. Enumerable.Range(0, needs.Count)];
        byArea = all.ToLookup(need => needs[need].Area, StringComparer.Ordinal);
        byProject = all.ToLookup(need => needs[need].ProjectId, StringComparer.Ordinal);
    }

    /// <param name="area">Empty: any.</param>
    /// <param name="fit">Null: the line may not go there.</param>
    /// <returns>Each need where the line may go, in their order, and how well it fits.</returns>
    public List<(int Need, int Fit)> FitsOf(Line line, string area, Func<Position, int?> fit)
    {
        var isByNeed = line.Earmark.IsTight || line.Declined.Count > 0 || line.Donor.Exclusions?.Projects.Count > 0;
        var found = new List<(int Need, int Fit)>();
        asking++;
        foreach (var need in Among(line, area))
        {
            var kind = kindOf[need];
            if (isByNeed || asked[kind] != asking) (asked[kind], fits[kind]) = (asking, fit(needs[need]));
            if (fits[kind] is { } there) found.Add((need, there));
        }

        return found;
    }

    /// <summary>The few that a look is worth.</summary>
    private IEnumerable<int> Among(Line line, string area)
    {
        var among = line.Earmark.IsTight ? line.Earmark.Projects.Distinct(StringComparer.Ordinal).SelectMany(project => byProject[project]).Order()
            : area.Length > 0 ? byArea[area]
            : all;
        return line.Earmark.IsTight && area.Length > 0 ? among.Where(need => needs[need].Area == area) : among;
    }

    /// <summary>All that eligibility and fit look at, but for the project.</summary>
    private sealed record Kind(
        Money.Unit Unit, string Area, string City, string Country, Situation Situation, DateOnly? StartsOn, DateOnly? EndsOn, string Lacking, bool Closed, bool HasRate);
}
