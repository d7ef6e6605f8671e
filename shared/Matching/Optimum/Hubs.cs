namespace FundingFlow.Matching.Optimum;

/// <summary>
/// Draws rows that agree on most demands together: a hub holds what all of them allow at least, each row keeps arcs of its
/// own only where it allows more. A unit's best way is then exactly its fit, and thousands of groups times thousands of
/// demands need a fraction of the arcs. Hubs are rows too, so they are drawn together in turn.
/// </summary>
internal sealed class Hubs
{
    private const int Members = 64;
    private const int Smallest = 16;
    private const int Probes = 64;
    private const int OpenClusters = 256;
    private readonly List<Row> rows;
    private readonly int demands;
    private readonly int[] dense;
    private Row spread = new([], []);

    private Hubs(IEnumerable<Row> rows, int demands)
    {
        this.rows = [.. rows];
        this.demands = demands;
        Own = [.. this.rows];
        Parent = [.. Enumerable.Repeat(-1, this.rows.Count)];
        dense = new int[demands];
        Array.Fill(dense, -1);
    }

    /// <summary>What each row, and after them each hub, reaches by arcs of its own.</summary>
    public List<Row> Own { get; }

    /// <summary>The hub (an index in <see cref="Own"/>, greater than the child's) that a row or hub also reaches; −1: none.</summary>
    public List<int> Parent { get; }

    /// <param name="above">Fewer links than this need no hubs.</param>
    public static Hubs Over(IReadOnlyList<Row> rows, int demands, int above)
    {
        var hubs = new Hubs(rows, demands);
        if (!hubs.IsLarge(above)) return hubs;
        // Rows of one earmark reach the same demands: those first, and only where they agree on nearly everything.
        foreach (var alike in Enumerable.Range(0, rows.Count).GroupBy(row => rows[row].DemandsHash()).Where(alike => alike.Count() > 1))
            hubs.DrawTogether([.. alike], sevenths: 6);
        var before = -1;
        while (hubs.IsLarge(above) && before != hubs.rows.Count)
        {
            before = hubs.rows.Count;
            hubs.DrawTogether([.. Enumerable.Range(0, before).Where(row => hubs.Parent[row] < 0)], sevenths: 4);
        }

        return hubs;
    }

    private bool IsLarge(int above) => Own.Sum(row => (long)row.Count) > above;

    private void DrawTogether(List<int> of, int sevenths)
    {
        foreach (var cluster in Clusters(of, sevenths).Where(cluster => cluster.Count > 1))
        {
            var common = Common(cluster);
            var kept = cluster.ConvertAll(row => Beyond(rows[row], common));
            var saved = cluster.Sum(row => rows[row].Count) - kept.Sum(row => row.Count) - common.Count - cluster.Count;
            if (saved <= 0) continue;
            var hub = rows.Count;
            rows.Add(common);
            Own.Add(common);
            Parent.Add(-1);
            for (var i = 0; i < cluster.Count; i++) (Own[cluster[i]], Parent[cluster[i]]) = (kept[i], hub);
        }
    }

    /// <summary>Each row joins the cluster whose first row it agrees with on most probes, if it does on so many sevenths of all demands.</summary>
    private List<List<int>> Clusters(List<int> of, int sevenths)
    {
        var all = new List<List<int>>();
        var open = new List<(List<int> Rows, int[] Probe)>();
        foreach (var row in of)
        {
            if (rows[row].Count < Smallest) continue;
            var probe = Probe(rows[row]);
            var best = -1;
            var agreed = 0;
            for (var i = 0; i < open.Count; i++)
            {
                var agree = 0;
                var other = open[i].Probe;
                for (var k = 0; k < probe.Length; k++) agree += probe[k] >= 0 && probe[k] == other[k] ? 1 : 0;
                if (agree > agreed) (best, agreed) = (i, agree);
            }

            if (best >= 0 && Agree(rows[open[best].Rows[0]], rows[row], sevenths))
            {
                open[best].Rows.Add(row);
                if (open[best].Rows.Count == Members) open.RemoveAt(best);
                continue;
            }

            all.Add([row]);
            if (open.Count == OpenClusters) open.RemoveAt(0);
            open.Add((all[^1], probe));
        }

        return all;
    }

    private int[] Probe(Row row)
    {
        var probe = new int[Probes];
        Span<uint> best = stackalloc uint[Probes];
        Array.Fill(probe, -1);
        for (var i = 0; i < row.Count; i++)
        {
            // Few of many: by a hash, that every row with this demand may come to the same probe.
            var hash = unchecked((uint)row.Demands[i] * 2654435769u);
            var k = (int)(hash >> 26);
            if (best[k] < hash || probe[k] < 0) (best[k], probe[k]) = (hash, row.Fits[i]);
        }

        return probe;
    }

    private bool Agree(Row one, Row other, int sevenths)
    {
        Spread(one);
        var same = 0;
        for (var i = 0; i < other.Count; i++) same += dense[other.Demands[i]] == other.Fits[i] ? 1 : 0;
        return same * 7L >= (long)Math.Max(one.Count, other.Count) * sevenths;
    }

    /// <summary>The demands that all reach, with the least fit among them.</summary>
    private Row Common(List<int> cluster)
    {
        Spread(rows[cluster[0]]);
        var count = new int[demands];
        foreach (var row in cluster.Select(row => rows[row]))
        {
            for (var i = 0; i < row.Count; i++)
            {
                count[row.Demands[i]]++;
                dense[row.Demands[i]] = Math.Min(dense[row.Demands[i]], row.Fits[i]);
            }
        }

        var reached = rows[cluster[0]].Demands.Where(demand => count[demand] == cluster.Count).ToArray();
        return new Row(reached, Array.ConvertAll(reached, demand => dense[demand]));
    }

    private Row Beyond(Row row, Row common)
    {
        Spread(common);
        var (own, fits) = (new List<int>(), new List<int>());
        for (var i = 0; i < row.Count; i++)
        {
            if (dense[row.Demands[i]] == row.Fits[i]) continue;
            own.Add(row.Demands[i]);
            fits.Add(row.Fits[i]);
        }

        return new Row([.. own], [.. fits]);
    }

    private void Spread(Row row)
    {
        foreach (var demand in spread.Demands) dense[demand] = -1;
        for (var i = 0; i < row.Count; i++) dense[row.Demands[i]] = row.Fits[i];
        spread = row;
    }
}
