namespace FundingFlow.Matching.Optimum;

/// <summary>A growing and shrinking forest that finds the way between two of its nodes. Each step takes the depth of a tree.</summary>
internal sealed class SpanningForest
{
    private readonly int[] parent;
    private readonly int[] edgeUp;
    private readonly int[] seen;
    private int stamp;

    public SpanningForest(int nodes)
    {
        parent = new int[nodes];
        edgeUp = new int[nodes];
        seen = new int[nodes];
        Array.Fill(parent, -1);
    }

    /// <summary>The steps from one node to the other: the edge, and the node at which it is left.</summary>
    /// <returns>Null when they are in different trees.</returns>
    public List<(int Edge, int To)>? Way(int from, int to)
    {
        stamp++;
        for (var node = from; node >= 0; node = parent[node]) seen[node] = stamp;
        var meet = to;
        while (meet >= 0 && seen[meet] != stamp) meet = parent[meet];
        if (meet < 0) return null;
        var way = new List<(int, int)>();
        for (var node = from; node != meet; node = parent[node]) way.Add((edgeUp[node], parent[node]));
        var up = way.Count;
        for (var node = to; node != meet; node = parent[node]) way.Add((edgeUp[node], node));
        way.Reverse(up, way.Count - up);
        return way;
    }

    /// <param name="from">Becomes a child of <paramref name="to"/>, which is in another tree.</param>
    public void Join(int edge, int from, int to)
    {
        var (node, above, by) = (from, to, edge);
        while (node >= 0)
        {
            var (next, nextBy) = (parent[node], edgeUp[node]);
            (parent[node], edgeUp[node]) = (above, by);
            (above, by, node) = (node, nextBy, next);
        }
    }

    public void Cut(int edge, int oneEnd, int otherEnd)
    {
        var child = parent[oneEnd] == otherEnd && edgeUp[oneEnd] == edge ? oneEnd : otherEnd;
        parent[child] = -1;
    }
}
