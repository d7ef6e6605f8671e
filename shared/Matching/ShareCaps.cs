using FundingFlow.Ledger;
using FundingFlow.Money;

namespace FundingFlow.Matching;

/// <summary>What a partner may still fill of each project under the share cap, while one of its lines is placed; see <see cref="PlacingTerms.SharePercent"/>.</summary>
internal sealed class ShareCaps
{
    private readonly Dictionary<(string Area, string ProjectId, Unit Unit), long> left = [];

    /// <param name="needs">All of the areas', also those that the line cannot go to: the cap is a share of what the project requires.</param>
    public ShareCaps(Line line, IEnumerable<Position> needs, PlacingPolicy policy, Holdings held)
    {
        if (line.Earmark.IsTight || !policy.CapsShares) return;
        foreach (var project in needs.Where(need => policy.In(need.Area).SharePercent is not null).GroupBy(KeyOf))
        {
            var most = MostOf(project, policy.In(project.Key.Area).SharePercent!.Value);
            left[project.Key] = (long)Int128.Clamp(most - held.Of(project.Key.Area, project.Key.ProjectId, project.Key.Unit), 0, long.MaxValue);
        }
    }

    /// <summary>The most that one partner may fill of a project in one area and unit, in the needs' smallest units: that share of what it requires, rounded down.</summary>
    /// <param name="needs">All of that project's in that area and unit; those that are gone count nothing.</param>
    /// <param name="percent">From 1 to 100.</param>
    public static Int128 MostOf(IEnumerable<Position> needs, int percent)
        => needs.Where(need => !need.Gone).Aggregate((Int128)0, (sum, need) => sum + need.Required) * percent / 100;

    /// <summary>In the need's smallest units; <see cref="long.MaxValue"/> where nothing is capped.</summary>
    public long LeftAt(Position need) => left.GetValueOrDefault(KeyOf(need), long.MaxValue);

    public void Take(Position need, long value)
    {
        if (left.TryGetValue(KeyOf(need), out var rest)) left[KeyOf(need)] = rest - value;
    }

    private static (string Area, string ProjectId, Unit Unit) KeyOf(Position need) => (need.Area, need.ProjectId, need.Unit);
}
