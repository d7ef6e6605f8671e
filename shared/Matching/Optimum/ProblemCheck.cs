namespace FundingFlow.Matching.Optimum;

/// <summary>What a problem must keep to. A caller that breaks it has a fault: exceptions, not refusals.</summary>
internal static class ProblemCheck
{
    public static void Throw(OptimumProblem problem)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var supply in problem.Supplies)
        {
            Require(ids.Add(supply.Id), "Supplies", supply.Id, "occurs twice");
            Require(supply is { Units: >= 0, SmallestPart: >= 0, MustPlace: >= 0 }, "Supplies", supply.Id, "has negative units");
            Require(supply.MustPlace <= supply.Units && (supply.MustPlace == 0 || supply.Partner is null), "Supplies", supply.Id, "must be placed with more units than it has, or under a cap");
        }

        foreach (var demand in problem.Demands)
        {
            var weight = int.MaxValue;
            foreach (var tranche in demand.Tranches)
            {
                Require(tranche.Room >= 0, "Demands", demand.Id, "has negative room");
                Require(tranche.Weight >= 1 && tranche.Weight <= weight, "Demands", demand.Id, "has a weight below 1 or one that increases");
                weight = tranche.Weight;
            }
        }

        foreach (var link in problem.Links.Span())
        {
            if (link.Fit < 0 || (uint)link.Demand >= problem.Demands.Count) Require(false, "Links", $"{link}", "has a negative fit or no demand");
        }

        Currents(problem);
        foreach (var caps in problem.Caps.GroupBy(cap => (cap.Partner, cap.Project)))
            Require(caps.Count() == 1 && caps.First().Units >= 0, "Caps", $"{caps.Key}", "occurs twice or is negative");
    }

    private static void Currents(OptimumProblem problem)
    {
        var lying = new Int128[problem.Supplies.Count];
        foreach (var current in problem.Currents)
        {
            if ((uint)current.Supply >= lying.Length || (uint)current.Demand >= problem.Demands.Count || current.Units <= 0)
                Require(false, "Currents", $"{current}", "has no supply, no demand or no units");
            lying[current.Supply] += current.Units;
            Require(lying[current.Supply] <= problem.Supplies[current.Supply].Units, "Currents", problem.Supplies[current.Supply].Id, "lies with more units than it has");
        }
    }

    private static void Require(bool holds, string list, string which, string what)
    {
        if (!holds) throw new ArgumentException($"{list}: '{which}' {what}.");
    }
}
