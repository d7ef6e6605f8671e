using FundingFlow.Ledger;
using FundingFlow.Money;

namespace FundingFlow.Matching;

/// <summary>What one partner fills of projects already, as far as it was read.</summary>
public sealed class Holdings
{
    private readonly Dictionary<(string Area, string ProjectId), IReadOnlyList<Allocation>> parts = [];

    public bool Knows(string area, string projectId) => parts.ContainsKey((area, projectId));

    /// <param name="all">All of the partner's parts at the project in the area.</param>
    public void Add(string area, string projectId, IReadOnlyList<Allocation> all) => parts[(area, projectId)] = all;

    /// <summary>In smallest units of <paramref name="unit"/>: proposed, committed and received. 0 where nothing was read.</summary>
    public long Of(string area, string projectId, Unit unit)
        => parts.TryGetValue((area, projectId), out var all) ? all.Where(part => part.NeedUnit == unit).Sum(part => part.Total.Value) : 0;
}
