using FundingFlow.Ledger;
using FundingFlow.Partners;

namespace FundingFlow.Matching;

/// <summary>The sectors that projects have support from, over all their needs in an area.</summary>
public sealed class ProjectSectors
{
    private readonly Lazy<Dictionary<(string Area, string ProjectId), int>> present;

    private ProjectSectors(IReadOnlyCollection<Position> needs) => present = new(() => Present(needs));

    public static ProjectSectors Of(IEnumerable<Position> needs)
    {
        ArgumentNullException.ThrowIfNull(needs);
        return new ProjectSectors(needs as IReadOnlyCollection<Position> ?? [.. needs]);
    }

    /// <summary>Whether nobody of that sector gives to the need's project, in the need's area.</summary>
    public bool Lacks(Position need, Sector sector)
    {
        ArgumentNullException.ThrowIfNull(need);
        // Most often the need itself says so, and its project's other needs do not have to be looked through.
        for (var own = 0; own < need.Sectors.Count; own++)
            if (need.Sectors[own] == sector) return false;
        return (present.Value.GetValueOrDefault((need.Area, need.ProjectId)) & Bit(sector)) == 0;
    }

    private static Dictionary<(string Area, string ProjectId), int> Present(IReadOnlyCollection<Position> needs)
    {
        var present = new Dictionary<(string Area, string ProjectId), int>(needs.Count);
        foreach (var need in needs)
        {
            if (need.Sectors.Count == 0) continue;
            var key = (need.Area, need.ProjectId);
            present[key] = need.Sectors.Aggregate(present.GetValueOrDefault(key), (bits, sector) => bits | Bit(sector));
        }

        return present;
    }

    private static int Bit(Sector sector) => 1 << (int)sector;
}
