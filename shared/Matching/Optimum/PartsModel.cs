using Google.OrTools.Sat;

namespace FundingFlow.Matching.Optimum;

/// <summary>A component as an integer program: a variable per pair, and for supplies with a smallest part a yes or no.</summary>
internal sealed class PartsModel
{
    private const long Greatest = long.MaxValue / 8;
    private readonly Instance instance;
    private readonly SortedDictionary<(int Supply, int Demand), long> start;
    private readonly List<(IntVar Variable, long Each, long Most)>[] levels = [[], [], [], []];

    public PartsModel(Component component, SortedDictionary<(int Supply, int Demand), long> start)
    {
        (instance, this.start) = (component.Instance, start);
        foreach (var supply in component.Supplies) AddSupply(supply);
        foreach (var group in Parts.GroupBy(part => part.Key.Demand)) AddDemand(group.Key, [.. group.Select(part => part.Value)]);
        foreach (var cap in instance.Caps)
        {
            var counted = Parts.Where(part => instance.Supplies[part.Key.Supply].Partner == cap.Partner && cap.Demands.Contains(part.Key.Demand)).Select(part => part.Value).ToList();
            if (counted.Count > 0) Model.Add(LinearExpr.Sum(counted) <= cap.Units);
        }

        foreach (var terms in levels)
        {
            if (terms.Aggregate((Int128)0, (sum, term) => sum + Int128.Abs(term.Each) * term.Most) > Greatest)
                throw new OptimumOverflowException("A level of a component with smallest parts or caps is beyond 64 bits.");
        }
    }

    public CpModel Model { get; } = new();

    public SortedDictionary<(int Supply, int Demand), IntVar> Parts { get; } = [];

    /// <summary>Every variable, with its value in the best plan so far.</summary>
    public List<(IntVar Variable, long Value)> Best { get; } = [];

    public int Levels => levels.Length;

    /// <summary>What is maximised: weighted need met, fit, units that stay, and −Σ rank × units.</summary>
    public LinearExpr Level(int level) =>
        LinearExpr.WeightedSum(levels[level].Select(term => term.Variable), levels[level].Select(term => term.Each));

    public long ValueOf(int level)
    {
        var values = Best.ToDictionary(variable => variable.Variable.GetIndex(), variable => variable.Value);
        return levels[level].Sum(term => term.Each * values[term.Variable.GetIndex()]);
    }

    private void AddSupply(int s)
    {
        var supply = instance.Supplies[s];
        var row = instance.RowOf[s]!;
        var mine = new List<IntVar>();
        for (var i = 0; i < row.Count; i++)
        {
            var demand = row.Demands[i];
            var most = Math.Min(supply.Units, instance.Room[demand]);
            if (most < supply.SmallestPart) continue;
            var part = Parts[(s, demand)] = NewVariable(most, start.GetValueOrDefault((s, demand)));
            mine.Add(part);
            if (supply.SmallestPart > 1)
            {
                var given = NewVariable(1, start.ContainsKey((s, demand)) ? 1 : 0);
                Model.Add(part >= supply.SmallestPart * given);
                Model.Add(part <= most * given);
            }

            if (row.Fits[i] > 0) levels[1].Add((part, row.Fits[i], most));
            if (demand > 0) levels[3].Add((part, -demand, most));
            if (instance.LyingAt(s, demand) is not (> 0 and var lying)) continue;
            var stays = NewVariable(Math.Min(lying, most), Math.Min(lying, start.GetValueOrDefault((s, demand))));
            Model.Add(stays <= part);
            levels[2].Add((stays, 1, lying));
        }

        if (mine.Count > 0) Model.Add(LinearExpr.Sum(mine) <= supply.Units);
    }

    private void AddDemand(int demand, List<IntVar> given)
    {
        var filled = start.Where(part => part.Key.Demand == demand).Sum(part => part.Value);
        var tranches = new List<IntVar>();
        foreach (var tranche in instance.Tranches[demand])
        {
            var here = NewVariable(tranche.Room, Math.Min(filled, tranche.Room));
            filled -= Math.Min(filled, tranche.Room);
            tranches.Add(here);
            levels[0].Add((here, tranche.Weight, tranche.Room));
        }

        Model.Add(LinearExpr.Sum(given) == LinearExpr.Sum(tranches));
    }

    private IntVar NewVariable(long most, long value)
    {
        var variable = Model.NewIntVar(0, most, "");
        Best.Add((variable, value));
        return variable;
    }
}
