namespace FundingFlow.Matching.Optimum;

/// <summary>
/// Takes flows apart into who gives what to whom: node after node, what came in is dealt to what goes out, both in order, each
/// finished before the next (the north-west corner rule). A node with m ways in and n out leaves m + n − 1 pieces at most, which
/// form a tree, so a flow whose arcs form a forest leaves parts that do.
/// </summary>
internal sealed class Decomposition
{
    private readonly NeedGraph need;
    private readonly MoveGraph move;
    private readonly List<(int To, long Units)>[] ways;
    private readonly List<(int Supply, long Units)>[] pieces;
    private readonly HashSet<int> exits;

    private Decomposition(NeedGraph need, MoveGraph move, long[] flows)
    {
        (this.need, this.move) = (need, move);
        ways = [.. Enumerable.Range(0, move.Graph.Nodes).Select(_ => new List<(int, long)>())];
        pieces = [.. Enumerable.Range(0, move.Graph.Nodes).Select(_ => new List<(int, long)>())];
        exits = [.. need.Caps.Values.Where(cap => cap.Out >= 0).Select(cap => cap.Out)];
        for (var arc = 0; arc < flows.Length; arc++)
        {
            if (flows[arc] > 0) ways[move.Graph.Tail(arc)].Add((move.Graph.Head(arc), flows[arc]));
        }

        foreach (var arc in move.Full) ways[need.Graph.Tail(arc)].Add((need.Graph.Head(arc), need.Graph.Capacity(arc)));
    }

    /// <returns>Units by supply (its place by id) and demand.</returns>
    public static SortedDictionary<(int Supply, int Demand), long> Of(NeedGraph need, MoveGraph move, long[] flows)
    {
        var decomposition = new Decomposition(need, move, flows);
        decomposition.Give();
        for (var node = 0; node < need.FirstDemand; node++) decomposition.Deal(node);
        var parts = new SortedDictionary<(int, int), long>();
        for (var demand = 0; demand < need.Instance.Room.Length; demand++)
        {
            foreach (var (supply, units) in decomposition.pieces[need.Demand(demand)])
                parts[(supply, demand)] = parts.GetValueOrDefault((supply, demand)) + units;
        }

        return parts;
    }

    /// <summary>Supplies with a node of their own give along its arcs, the others to their group.</summary>
    private void Give()
    {
        var own = new HashSet<int>(move.SupplyNodes);
        for (var i = 0; i < move.SupplyNodes.Count; i++)
        {
            foreach (var (to, units) in ways[need.Graph.Nodes + i]) pieces[to].Add((move.SupplyNodes[i], units));
        }

        for (var s = 0; s < need.Instance.Supplies.Length; s++)
        {
            if (need.Instance.GroupOf[s] is >= 0 and var group && !own.Contains(s)) pieces[group].Add((s, need.Instance.Supplies[s].Units));
        }
    }

    private void Deal(int node)
    {
        if (ways[node].Count == 0) return;
        var (from, to) = (Gathered(pieces[node]), Gathered(ways[node]));
        if (exits.Contains(node)) KeepWhatLies(from, to);
        var (i, k) = (0, 0);
        while (i < from.Count && k < to.Count)
        {
            var units = Math.Min(from[i].Units, to[k].Units);
            Pass(from, i, to, k, units);
            if (from[i].Units == 0) i++;
            if (k < to.Count && to[k].Units == 0) k++;
        }
    }

    /// <summary>Behind a cap, who lay at a demand comes first there; elsewhere the flow has said so already.</summary>
    private void KeepWhatLies(List<(int Key, long Units)> from, List<(int Key, long Units)> to)
    {
        for (var i = 0; i < from.Count; i++)
        {
            var supply = from[i].Key;
            for (var k = 0; k < to.Count && from[i].Units > 0; k++)
            {
                var demand = to[k].Key - need.FirstDemand;
                var units = Math.Min(Math.Min(from[i].Units, to[k].Units), need.Instance.LyingAt(supply, demand));
                if (units > 0) Pass(from, i, to, k, units);
            }
        }
    }

    private void Pass(List<(int Key, long Units)> from, int i, List<(int Key, long Units)> to, int k, long units)
    {
        if (units > 0) pieces[to[k].Key].Add((from[i].Key, units));
        from[i] = (from[i].Key, from[i].Units - units);
        to[k] = (to[k].Key, to[k].Units - units);
    }

    private static List<(int Key, long Units)> Gathered(List<(int Key, long Units)> pieces) =>
        [.. pieces.GroupBy(piece => piece.Key).OrderBy(group => group.Key).Select(group => (group.Key, group.Sum(piece => piece.Units)))];
}
