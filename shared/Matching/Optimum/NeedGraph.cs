namespace FundingFlow.Matching.Optimum;

/// <summary>
/// Levels 1 and 2 as a flow: group → (hub | cap) → demand → sink, a bounded arc per tranche, and group → sink for what stays
/// unplaced. Nodes are numbered so that units go from lower to higher: groups, caps, hubs, demands, sink.
/// </summary>
/// <remarks>
/// Weights count before fits by a multiplier above what fits can differ on a simple cycle: it meets each demand once, and
/// enters and leaves it with a fit, so demands × the largest fit. Leaving unplaced what must be placed costs more than the heaviest weight, so by
/// the same bound more than all that it could gain.
/// </remarks>
internal sealed class NeedGraph
{
    private NeedGraph(Instance instance, int hubsAbove)
    {
        Instance = instance;
        var open = instance.Groups.Select(group => Open(group, instance)).ToArray();
        Hubs = Hubs.Over(open, instance.Room.Length, hubsAbove);
        Graph.AddNodes(instance.Groups.Length);
        foreach (var cap in instance.Caps.Where(cap => cap.IsCarried))
            Caps[(cap.Partner, cap.Project)] = new CapNodes(cap, Graph.AddNode(), cap.Demands.Length > 1 ? Graph.AddNode() : -1);
        FirstHub = Graph.Nodes - open.Length;
        Graph.AddNodes(Hubs.Own.Count - open.Length);
        FirstDemand = Graph.Nodes;
        Graph.AddNodes(instance.Room.Length);
        Sink = Graph.AddNode();
    }

    public Instance Instance { get; }

    public FlowGraph Graph { get; } = new();

    public Hubs Hubs { get; }

    public Dictionary<(string Partner, string Project), CapNodes> Caps { get; } = [];

    public int FirstDemand { get; }

    public int Sink { get; }

    private int FirstHub { get; }

    /// <param name="hubsAbove">As many links go without hubs.</param>
    public static NeedGraph Of(Instance instance, int hubsAbove)
    {
        var need = new NeedGraph(instance, hubsAbove);
        need.AddArcs();
        return need;
    }

    public int Demand(int demand) => FirstDemand + demand;

    /// <summary>The node through which a group's units enter a capped project; null when no cap counts them.</summary>
    public CapNodes? CapOf(SupplyGroup group, int demand) =>
        group.Partner is not null && Instance.Problem.Demands[demand].Project is { } project ? Caps.GetValueOrDefault((group.Partner, project)) : null;

    private static Row Open(SupplyGroup group, Instance instance)
    {
        var capped = instance.CapsOf(group).SelectMany(cap => cap.Demands).ToHashSet();
        return capped.Count == 0 ? group.Row : group.Row.Where(demand => !capped.Contains(demand));
    }

    private void AddArcs()
    {
        var groups = Instance.Groups;
        var most = Math.Max(1, (long)groups.SelectMany(group => group.Row.Fits).DefaultIfEmpty().Max());
        var above = OptimumOverflowException.Unless(() => Instance.Room.Length * most + 1, "Fits");
        var given = new long[Graph.Nodes];
        for (var g = 0; g < groups.Length; g++) given[g] = groups[g].Units;
        // More than all that a unit could bring elsewhere, and what is put elsewhere for it.
        var unplaced = OptimumOverflowException.Unless(() => above * (Instance.Tranches.SelectMany(tranches => tranches).Select(tranche => (long)tranche.Weight).DefaultIfEmpty().Max() + 1), "Weights times fits");
        for (var g = 0; g < groups.Length; g++) AddGroup(g, given, unplaced);
        AddHubs(given);
        foreach (var cap in Caps.Values)
        {
            var units = Math.Min(given[cap.In], cap.Cap.Units);
            if (cap.Out >= 0) Graph.AddArc(cap.In, cap.Out, units, 0, isBounded: true);
            foreach (var (demand, fit) in cap.Cap.Demands.Zip(cap.Cap.Fits))
                Graph.AddArc(cap.Exit, Demand(demand), Math.Min(units, Instance.Room[demand]), -fit, isBounded: cap.Out < 0);
        }

        for (var d = 0; d < Instance.Room.Length; d++)
        {
            foreach (var tranche in Instance.Tranches[d])
                Graph.AddArc(Demand(d), Sink, Math.Min(tranche.Room, Instance.Total), OptimumOverflowException.Unless(() => -above * tranche.Weight, "Weights times fits"), isBounded: true);
        }
    }

    private void AddGroup(int g, long[] given, long unplaced)
    {
        var group = Instance.Groups[g];
        Graph.Feed(g, group.Units);
        Graph.Feed(Sink, -group.Units);
        // The dear way is last, and always open.
        if (group.Units > group.MustPlace) Graph.AddArc(g, Sink, group.Units - group.MustPlace, isBounded: group.MustPlace > 0);
        if (group.MustPlace > 0) Graph.AddArc(g, Sink, group.MustPlace, unplaced);
        foreach (var cap in Instance.CapsOf(group))
        {
            var into = Caps[(cap.Partner, cap.Project)].In;
            Graph.AddArc(g, into, group.Units);
            given[into] += group.Units;
        }
    }

    private void AddHubs(long[] given)
    {
        for (var row = 0; row < Hubs.Own.Count; row++)
        {
            var node = row < Instance.Groups.Length ? row : FirstHub + row;
            if (Hubs.Parent[row] is >= 0 and var parent)
            {
                Graph.AddArc(node, FirstHub + parent, given[node]);
                given[FirstHub + parent] += given[node];
            }

            var own = Hubs.Own[row];
            for (var i = 0; i < own.Count; i++)
                Graph.AddArc(node, Demand(own.Demands[i]), Math.Min(given[node], Instance.Room[own.Demands[i]]), -own.Fits[i]);
        }
    }
}

/// <summary>In → out carries the cap; a project with one demand needs no out, its own arc carries it.</summary>
internal sealed record CapNodes(EffectiveCap Cap, int In, int Out)
{
    public int Exit => Out >= 0 ? Out : In;
}
