using FundingFlow.Ledger;
using FundingFlow.Partners;

namespace FundingFlow.Matching;

/// <summary>The sectors that projects have support from, over all their needs in an area.</summary>
public sealed class ProjectSectors
{
    private readonly Dictionary<(string Area, string ProjectId), int> present = [];

    public static ProjectSectors Of(IEnumerable<Position> needs)
    {
        ArgumentNullException.ThrowIfNull(needs);
        var sectors = new ProjectSectors();
        foreach (var need in needs)
        {
            if (need.Sectors.Count == 0) continue;
            var key = (need.Area, need.ProjectId);
            sectors.present[key] = need.Sectors.Aggregate(sectors.present.GetValueOrDefault(key), (bits, sector) => bits | Bit(sector));
        }

        return sectors;
    }

    /// <summary>Whether nobody of that sector gives to the need's project, in the need's area.</summary>
    public bool Lacks(Position need, Sector sector)
    {
        ArgumentNullException.ThrowIfNull(need);
        return (present.GetValueOrDefault((need.Area, need.ProjectId)) & Bit(sector)) == 0;
    }

    private static int Bit(Sector sector) => 1 << (int)sector;
}
