namespace FundingFlow.Matching.Optimum;

/// <summary>How much of each cap a placement uses.</summary>
internal sealed class CapUse
{
    private readonly Instance instance;
    private readonly Dictionary<(string, string), (long Most, long Used)> caps;

    public CapUse(Instance instance, IEnumerable<KeyValuePair<(int Supply, int Demand), long>> parts)
    {
        this.instance = instance;
        caps = instance.Caps.ToDictionary(cap => (cap.Partner, cap.Project), cap => (cap.Units, 0L));
        if (caps.Count == 0) return;
        foreach (var (pair, units) in parts) Add(pair.Supply, pair.Demand, units);
    }

    /// <returns>Null when no cap that can bind counts this pair.</returns>
    public (string, string)? KeyOf(int supply, int demand) =>
        caps.Count > 0 && instance.Supplies[supply].Partner is { } partner && instance.Problem.Demands[demand].Project is { } project
        && caps.ContainsKey((partner, project)) ? (partner, project) : null;

    public void Add(int supply, int demand, long units)
    {
        if (KeyOf(supply, demand) is { } key) caps[key] = (caps[key].Most, caps[key].Used + units);
    }

    /// <summary>What may still be added; below 0: what must go. Without a cap: everything.</summary>
    public long Left(int supply, int demand) => KeyOf(supply, demand) is { } key ? Left(key) : long.MaxValue;

    public long Left((string, string) key) => caps[key].Most - caps[key].Used;
}
