namespace FundingFlow.Matching.Optimum;

/// <summary>
/// The cheapest way on from each node to the sink in the residual graph of an optimal flow: its dual. Which arcs lie on such
/// ways says exactly what every optimal flow has in common: an arc that costs more than its ways carries nothing, one that
/// costs less is full.
/// </summary>
internal static class Potentials
{
    private const long None = long.MaxValue;

    public static long[] Of(FlowGraph graph, long[] flows, int sink)
    {
        var into = Adjacency(graph, graph.Head, arc => flows[arc] < graph.Capacity(arc) || !graph.IsBounded(arc));
        var outOf = Adjacency(graph, graph.Tail, arc => flows[arc] > 0);
        var distance = new long[graph.Nodes];
        Array.Fill(distance, None);
        distance[sink] = 0;
        var waits = new bool[graph.Nodes];
        var queue = new Queue<int>();
        queue.Enqueue(sink);
        while (queue.TryDequeue(out var node))
        {
            waits[node] = false;
            var here = distance[node];
            for (var i = into.First[node]; i < into.First[node + 1]; i++) Reach(graph.Tail(into.Arcs[i]), here + graph.Cost(into.Arcs[i]));
            for (var i = outOf.First[node]; i < outOf.First[node + 1]; i++) Reach(graph.Head(outOf.Arcs[i]), here - graph.Cost(outOf.Arcs[i]));
        }

        return distance;

        void Reach(int node, long length)
        {
            if (length >= distance[node]) return;
            distance[node] = length;
            if (waits[node]) return;
            waits[node] = true;
            queue.Enqueue(node);
        }
    }

    /// <summary>What the arc costs above the ways that its ends have anyway. A node with no way on (behind a cap of 0) carries nothing.</summary>
    public static long Excess(this FlowGraph graph, int arc, long[] potentials)
    {
        var (tail, head) = (potentials[graph.Tail(arc)], potentials[graph.Head(arc)]);
        return tail == None || head == None ? None : graph.Cost(arc) + head - tail;
    }

    private static (int[] First, int[] Arcs) Adjacency(FlowGraph graph, Func<int, int> end, Func<int, bool> isResidual)
    {
        var first = new int[graph.Nodes + 1];
        for (var arc = 0; arc < graph.Arcs; arc++)
        {
            if (isResidual(arc)) first[end(arc) + 1]++;
        }

        for (var node = 0; node < graph.Nodes; node++) first[node + 1] += first[node];
        var next = first.ToArray();
        var arcs = new int[first[^1]];
        for (var arc = 0; arc < graph.Arcs; arc++)
        {
            if (isResidual(arc)) arcs[next[end(arc)]++] = arc;
        }

        return (first, arcs);
    }
}
