namespace FundingFlow.Matching.Optimum;

/// <summary>
/// The optimum of all that a flow can say: everything but smallest parts, caps that no node carries, and who stays where behind a
/// cap on several demands. No plan is better. Where it keeps to the rest too, it is the optimum.
/// </summary>
internal sealed class Relaxation
{
    private readonly Instance instance;
    private readonly NeedGraph need;
    private readonly MoveGraph move;
    private readonly long[] moves;

    private Relaxation(Instance instance, int hubsAbove, SolverClock clock)
    {
        this.instance = instance;
        need = NeedGraph.Of(instance, hubsAbove);
        var flows = need.Graph.Solve(clock);
        move = MoveGraph.Of(need, flows, Potentials.Of(need.Graph, flows, need.Sink));
        moves = move.Graph.Solve(clock);
        FlowCycles.Cancel(move.Graph, moves, need.Sink);
        Parts = PartCycles.Break(instance, Decomposition.Of(need, move, moves));
    }

    public SortedDictionary<(int Supply, int Demand), long> Parts { get; }

    public static Relaxation Of(Instance instance, int hubsAbove, SolverClock clock) => new(instance, hubsAbove, clock);

    /// <summary>The supplies, one or more of each component that needs more than a flow, with which the parts break a rule or miss their bound.</summary>
    public HashSet<int> Broken()
    {
        var broken = new HashSet<int>();
        var caps = new CapUse(instance, Parts);
        foreach (var (pair, units) in Parts)
        {
            if (units < instance.Supplies[pair.Supply].SmallestPart || caps.Left(pair.Supply, pair.Demand) < 0) broken.Add(pair.Supply);
        }

        var promised = Promised();
        for (var s = 0; s < instance.Supplies.Length && promised.Count > 0; s++)
        {
            foreach (var (demand, lying) in instance.Lying[s])
            {
                if (instance.GroupOf[s] >= 0 && need.CapOf(instance.Groups[instance.GroupOf[s]], demand) is { Out: >= 0 } cap && promised.TryGetValue(cap.In, out var left))
                    promised[cap.In] = (left.Halves - 2 * Math.Min(lying, Parts.GetValueOrDefault((s, demand))), s);
            }
        }

        broken.UnionWith(promised.Values.Where(cap => cap.Halves > 0).Select(cap => cap.Supply));
        return broken;
    }

    /// <summary>Twice the units that stay, by the flow, behind each cap on several demands.</summary>
    private Dictionary<int, (long Halves, int Supply)> Promised()
    {
        var behind = need.Caps.Values.Where(cap => cap.Out >= 0).ToList();
        var inOf = behind.ToDictionary(cap => cap.In, cap => cap.In);
        foreach (var cap in behind) inOf[cap.Out] = cap.In;
        var promised = behind.ToDictionary(cap => cap.In, _ => (0L, -1));
        for (var arc = 0; arc < moves.Length && behind.Count > 0; arc++)
        {
            if (move.Graph.Cost(arc) >= 0) continue;
            var cap = inOf.TryGetValue(move.Graph.Head(arc), out var into) ? into : inOf.GetValueOrDefault(move.Graph.Tail(arc), -1);
            if (cap >= 0) promised[cap] = (promised[cap].Item1 + moves[arc], -1);
        }

        return promised;
    }
}
