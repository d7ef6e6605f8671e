using Google.OrTools.Graph;

namespace FundingFlow.Matching.Optimum;

/// <summary>A min-cost flow under construction. What it hands to the solver is checked first: the solver's own sums saturate silently.</summary>
internal sealed class FlowGraph
{
    private const long Greatest = long.MaxValue / 4;
    private readonly List<long> supplies = [];
    private readonly List<int> tails = [];
    private readonly List<int> heads = [];
    private readonly List<long> capacities = [];
    private readonly List<long> costs = [];
    private readonly List<bool> bounded = [];

    public int Nodes => supplies.Count;

    public int Arcs => tails.Count;

    public int AddNode(long supply = 0)
    {
        supplies.Add(supply);
        return supplies.Count - 1;
    }

    public void AddNodes(int count)
    {
        for (var i = 0; i < count; i++) supplies.Add(0);
    }

    public long SupplyOf(int node) => supplies[node];

    /// <summary>Units that enter (above 0) or leave the flow at this node, on top of what already does.</summary>
    public void Feed(int node, long units) => supplies[node] = OptimumOverflowException.Unless(() => supplies[node] + units, "The units at one node");

    /// <param name="isBounded">False when the flow could not exceed the capacity anyway, for what its tail is given or its head can pass on.</param>
    public int AddArc(int tail, int head, long capacity, long cost = 0, bool isBounded = false)
    {
        tails.Add(tail);
        heads.Add(head);
        capacities.Add(capacity);
        costs.Add(cost);
        bounded.Add(isBounded);
        return tails.Count - 1;
    }

    public int Tail(int arc) => tails[arc];

    public int Head(int arc) => heads[arc];

    public long Capacity(int arc) => capacities[arc];

    public long Cost(int arc) => costs[arc];

    public bool IsBounded(int arc) => bounded[arc];

    /// <returns>The flow of each arc in a flow of least cost.</returns>
    public long[] Solve(SolverClock clock)
    {
        Check();
        clock.Saw(this);
        using var running = clock.Run();
        using var solver = new MinCostFlow(Nodes, Arcs);
        for (var arc = 0; arc < Arcs; arc++) solver.AddArcWithCapacityAndUnitCost(tails[arc], heads[arc], capacities[arc], costs[arc]);
        for (var node = 0; node < Nodes; node++) solver.SetNodeSupply(node, supplies[node]);
        var status = solver.Solve();
        if (status >= MinCostFlowBase.Status.BAD_COST_RANGE)
            throw new OptimumOverflowException($"The solver refused the problem's range: {status}.");
        if (status != MinCostFlowBase.Status.OPTIMAL) throw new InvalidOperationException($"A flow that must exist was not found: {status}.");
        var flows = new long[Arcs];
        for (var arc = 0; arc < flows.Length; arc++) flows[arc] = solver.Flow(arc);
        return flows;
    }

    private void Check()
    {
        var largest = costs.Aggregate((Int128)0, (max, cost) => Int128.Max(max, Int128.Abs(cost)));
        if (largest * (Nodes + 1) > Greatest)
            throw new OptimumOverflowException($"A cost of {largest} over {Nodes} nodes is beyond 64 bits: use smaller weights or fits.");
        var through = new Int128[Nodes];
        for (var node = 0; node < Nodes; node++) through[node] = Int128.Abs(supplies[node]);
        for (var arc = 0; arc < Arcs; arc++)
        {
            through[tails[arc]] += capacities[arc];
            through[heads[arc]] += capacities[arc];
        }

        if (through.Any(sum => sum > Greatest)) throw new OptimumOverflowException("The units that may pass one node are beyond 64 bits.");
    }
}
