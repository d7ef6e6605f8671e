using FundingFlow.Matching.Optimum;
using Google.OrTools.Sat;

namespace FundingFlow.Tests.Unit.Matching.Optimum;

/// <summary>
/// The policy's levels written down a second time, as plainly as they can be: a variable per supply and demand, no classes, no
/// flows, one level after the other with those before fixed. Shares nothing with the solver that it checks.
/// </summary>
internal static class Independent
{
    public static (Score Score, long Ranks) Best(OptimumProblem problem)
    {
        var model = new CpModel();
        var (met, fit, moved, ranks) = (new List<LinearExpr>(), new List<LinearExpr>(), new List<LinearExpr>(), new List<LinearExpr>());
        var x = new Dictionary<(int S, int D), IntVar>();
        for (var s = 0; s < problem.Supplies.Count; s++)
        {
            var supply = problem.Supplies[s];
            for (var d = 0; d < problem.Demands.Count; d++)
            {
                var links = problem.Links.Where(link => link.Class == supply.Class && link.Demand == d).ToList();
                var lying = problem.Currents.Where(current => current.Supply == s && current.Demand == d).Sum(current => current.Units);
                var part = x[(s, d)] = model.NewIntVar(0, links.Count == 0 ? 0 : supply.Units, $"x{s},{d}");
                if (links.Count > 0) fit.Add(links.Max(link => link.Fit) * part);
                ranks.Add(d * part);
                if (supply.SmallestPart > 0)
                {
                    var given = model.NewBoolVar($"g{s},{d}");
                    model.Add(part == 0).OnlyEnforceIf(given.Not());
                    model.Add(part >= supply.SmallestPart).OnlyEnforceIf(given);
                }

                if (lying == 0) continue;
                var away = model.NewIntVar(0, lying, $"a{s},{d}");
                model.Add(away >= lying - part);
                moved.Add(away);
            }

            model.Add(LinearExpr.Sum(Enumerable.Range(0, problem.Demands.Count).Select(d => x[(s, d)])) <= supply.Units);
            model.Add(LinearExpr.Sum(Enumerable.Range(0, problem.Demands.Count).Select(d => x[(s, d)])) >= supply.MustPlace);
        }

        for (var d = 0; d < problem.Demands.Count; d++)
        {
            var tranches = problem.Demands[d].Tranches.Select((tranche, k) => (tranche.Weight, Filled: model.NewIntVar(0, tranche.Room, $"t{d},{k}"))).ToList();
            model.Add(LinearExpr.Sum(tranches.Select(tranche => tranche.Filled)) == LinearExpr.Sum(Enumerable.Range(0, problem.Supplies.Count).Select(s => x[(s, d)])));
            met.AddRange(tranches.Select(tranche => tranche.Weight * tranche.Filled));
        }

        foreach (var cap in problem.Caps)
            model.Add(LinearExpr.Sum(x.Where(pair => problem.Supplies[pair.Key.S].Partner == cap.Partner && problem.Demands[pair.Key.D].Project == cap.Project).Select(pair => pair.Value)) <= cap.Units);

        var best = new[] { (met, -1), (fit, -1), (moved, 1), (ranks, 1) }.Select(level => Least(model, level.Item1, level.Item2)).ToArray();
        return (new Score(best[0], best[1], best[2]), best[3]);
    }

    private static long Least(CpModel model, List<LinearExpr> terms, int sign)
    {
        if (terms.Count == 0) return 0;
        var sum = LinearExpr.Sum(terms);
        model.Minimize(sign * sum);
        var solver = new CpSolver { StringParameters = "num_workers:1" };
        Assert.Equal(CpSolverStatus.Optimal, solver.Solve(model));
        var best = solver.Value(sum);
        model.Add(sum == best);
        return best;
    }
}
