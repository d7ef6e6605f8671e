namespace FundingFlow.Pledges.Commands;

/// <summary>Which of a pledge's lines give up how much when it is amended down.</summary>
public static class CutPlan
{
    /// <summary>
    /// What is unallocated goes first, the largest first; then what is proposed, the newest first. What is confirmed is never in it, so
    /// the parts may sum to less than <paramref name="minor"/>.
    /// </summary>
    public static IReadOnlyList<LineSplit> Of(PledgeBalance balance, long minor)
    {
        var cuts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var left = minor;
        foreach (var line in balance.Lines.OrderByDescending(line => line.Unallocated).ThenBy(line => line.Area, StringComparer.Ordinal)) Take(line.Area, line.Unallocated);
        foreach (var part in balance.Allocations.OrderByDescending(part => part.At).ThenBy(part => part.Id, StringComparer.Ordinal)) Take(part.Area, part.Proposed.Minor);
        return [.. cuts.Select(cut => new LineSplit(cut.Key, cut.Value))];

        void Take(string area, long most)
        {
            var taken = Math.Min(left, most);
            if (taken == 0) return;
            cuts[area] = cuts.GetValueOrDefault(area) + taken;
            left -= taken;
        }
    }
}
