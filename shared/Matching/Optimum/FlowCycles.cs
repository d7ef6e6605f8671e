namespace FundingFlow.Matching.Optimum;

/// <summary>
/// Cancels the cycles of arcs that could carry both more and less. In an optimal flow such a cycle costs nothing either way
/// round (or the flow could be improved), so pushing along it until an arc is empty or full changes no level, and leaves
/// as many fewer arcs. What is left of such arcs is a forest.
/// </summary>
internal static class FlowCycles
{
    public static void Cancel(FlowGraph graph, long[] flows, int sink)
    {
        var forest = new SpanningForest(graph.Nodes);
        for (var arc = 0; arc < flows.Length; arc++)
        {
            if (graph.Head(arc) == sink || !IsFree(graph, flows, arc)) continue;
            if (forest.Way(graph.Head(arc), graph.Tail(arc)) is { } way)
            {
                Push(graph, flows, arc, way);
                foreach (var (edge, _) in way.Where(step => !IsFree(graph, flows, step.Edge))) forest.Cut(edge, graph.Tail(edge), graph.Head(edge));
            }

            if (IsFree(graph, flows, arc)) forest.Join(arc, graph.Tail(arc), graph.Head(arc));
        }
    }

    private static bool IsFree(FlowGraph graph, long[] flows, int arc) =>
        flows[arc] > 0 && (!graph.IsBounded(arc) || flows[arc] < graph.Capacity(arc));

    /// <summary>Empties the later arc if that is possible, else pushes on as far as it goes.</summary>
    private static void Push(FlowGraph graph, long[] flows, int arc, List<(int Edge, int To)> way)
    {
        var units = flows[arc];
        foreach (var (edge, to) in way)
        {
            var room = graph.Head(edge) == to ? flows[edge] : graph.IsBounded(edge) ? graph.Capacity(edge) - flows[edge] : long.MaxValue;
            units = Math.Min(units, room);
        }

        flows[arc] -= units;
        foreach (var (edge, to) in way) flows[edge] += graph.Head(edge) == to ? -units : units;
    }
}
