namespace FundingFlow.Matching.Optimum;

/// <summary>
/// Levels 3 and 4 as a flow on the arcs that every optimum of levels 1 and 2 may use: supplies that lie somewhere get a node
/// and an arc to where they lie, worth 2 a unit that stays; a unit at a demand costs its rank. Nodes are those of the
/// <see cref="NeedGraph"/>, then one per such supply.
/// </summary>
/// <remarks>
/// Staying counts before rank by a multiplier above what ranks can differ on a simple cycle, which passes the sink once. Where
/// units pass a cap to several demands, who stays where is lost in its node: staying in the project counts 1, staying at the
/// demand by partner counts 1, which no placement exceeds; whether it was reached is checked afterwards.
/// </remarks>
internal sealed class MoveGraph
{
    private readonly NeedGraph need;
    private readonly Instance instance;
    private readonly long[] potentials;
    private readonly long stay;

    private MoveGraph(NeedGraph need, long[] potentials)
    {
        (this.need, this.potentials) = (need, potentials);
        instance = need.Instance;
        stay = Math.Max(1, instance.Room.Length);
        Graph.AddNodes(need.Graph.Nodes);
    }

    public FlowGraph Graph { get; } = new();

    /// <summary>The supply of each node after those of the <see cref="NeedGraph"/>.</summary>
    public List<int> SupplyNodes { get; } = [];

    /// <summary>Arcs of the <see cref="NeedGraph"/> that every optimum fills: their units are fed past this graph.</summary>
    public List<int> Full { get; } = [];

    public static MoveGraph Of(NeedGraph need, long[] flows, long[] potentials)
    {
        var move = new MoveGraph(need, potentials);
        var staying = move.AddSupplies();
        move.AddOptimalArcs(flows, staying);
        return move;
    }

    /// <returns>Per arc into a demand behind a cap: how much may stay there.</returns>
    private Dictionary<(int Exit, int Demand), long> AddSupplies()
    {
        var staying = new Dictionary<(int, int), long>();
        for (var s = 0; s < instance.Supplies.Length; s++)
        {
            if (instance.GroupOf[s] is not (>= 0 and var group)) continue;
            var stays = instance.Lying[s].Where(lying => IsOptimal(group, lying.Key)).ToList();
            if (stays.Count == 0)
            {
                Graph.Feed(group, instance.Supplies[s].Units);
                continue;
            }

            var node = Graph.AddNode(instance.Supplies[s].Units);
            SupplyNodes.Add(s);
            Graph.AddArc(node, group, instance.Supplies[s].Units);
            foreach (var (demand, units) in stays) AddStay(node, instance.Groups[group], demand, Math.Min(units, instance.Room[demand]), staying);
        }

        Graph.Feed(need.Sink, need.Graph.SupplyOf(need.Sink));
        return staying;
    }

    private void AddStay(int node, SupplyGroup group, int demand, long units, Dictionary<(int, int), long> staying)
    {
        if (need.CapOf(group, demand) is not { } cap)
        {
            Graph.AddArc(node, need.Demand(demand), units, -2 * stay, isBounded: true);
            return;
        }

        Graph.AddArc(node, cap.In, units, cap.Out < 0 ? -2 * stay : -stay, isBounded: true);
        if (cap.Out < 0) return;
        var key = (cap.Out, need.Demand(demand));
        staying[key] = staying.GetValueOrDefault(key) + units;
    }

    private void AddOptimalArcs(long[] flows, Dictionary<(int, int), long> staying)
    {
        for (var arc = 0; arc < flows.Length; arc++)
        {
            var excess = need.Graph.Excess(arc, potentials);
            var (tail, head, capacity) = (need.Graph.Tail(arc), need.Graph.Head(arc), need.Graph.Capacity(arc));
            if (excess > 0) continue;
            if (excess < 0)
            {
                Graph.Feed(tail, -capacity);
                Graph.Feed(head, capacity);
                Full.Add(arc);
                continue;
            }

            if (staying.TryGetValue((tail, head), out var stays)) Graph.AddArc(tail, head, Math.Min(stays, capacity), -stay, isBounded: true);
            var rank = head == need.Sink && tail >= need.FirstDemand ? tail - need.FirstDemand : 0;
            Graph.AddArc(tail, head, capacity, rank, need.Graph.IsBounded(arc));
        }
    }

    /// <summary>Whether a unit of the group may lie at the demand in an optimum of levels 1 and 2.</summary>
    private bool IsOptimal(int group, int demand)
    {
        if (instance.Groups[group].Row.FitOf(demand) is not { } fit) return false;
        var direct = potentials[need.Demand(demand)] - fit;
        if (need.CapOf(instance.Groups[group], demand) is not { } cap) return potentials[group] == direct;
        return potentials[group] == potentials[cap.In] && (cap.Out < 0 || potentials[cap.Out] == direct);
    }
}
