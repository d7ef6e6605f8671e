using System.Globalization;
using Google.OrTools.Sat;

namespace FundingFlow.Matching.Optimum;

/// <summary>
/// Solves a <see cref="PartsModel"/> level after level with those above held; one thread, a fixed seed and deterministic time, so
/// that the same problem ends the same way, also when the limit stops it.
/// </summary>
internal sealed class LevelSearch(PartsModel parts, TimeSpan limit)
{
    private double left = limit.TotalSeconds;

    /// <param name="bounds">Per level: no plan is better, as long as the levels before reach theirs.</param>
    /// <returns>Null when levels 1 to 3 are proven.</returns>
    public OptimumGap? Run(IReadOnlyList<Int128> bounds)
    {
        OptimumGap? gap = null;
        var isAtBounds = true;
        for (var level = 0; level < parts.Levels; level++)
        {
            var isRanked = level < bounds.Count;
            if (!(isRanked && isAtBounds && parts.ValueOf(level) == bounds[level]))
            {
                var most = Improve(level);
                if (isRanked && isAtBounds) most = Int128.Min(most, bounds[level]);
                if (isRanked && most > parts.ValueOf(level)) gap ??= new OptimumGap(level + 1, most - parts.ValueOf(level));
            }

            isAtBounds &= isRanked && parts.ValueOf(level) == bounds[level];
            parts.Model.Add(parts.Level(level) >= parts.ValueOf(level));
        }

        return gap;
    }

    /// <returns>What no plan exceeds at this level.</returns>
    private Int128 Improve(int level)
    {
        parts.Model.Minimize(-1 * parts.Level(level));
        parts.Model.ClearHints();
        foreach (var (variable, value) in parts.Best) parts.Model.AddHint(variable, value);
        var (solver, status, response) = Solve("");
        // There is a plan, the one so far: what the solver makes of the model before it searches has been seen to lose it (OR-Tools 9.15).
        if (status == CpSolverStatus.Infeasible) (solver, status, response) = Solve(",cp_model_presolve:false");
        if (status is CpSolverStatus.ModelInvalid or CpSolverStatus.Infeasible) throw new InvalidOperationException($"A plan that exists was not found: {status}.");
        if (status is CpSolverStatus.Optimal or CpSolverStatus.Feasible)
        {
            for (var i = 0; i < parts.Best.Count; i++) parts.Best[i] = (parts.Best[i].Variable, solver.Value(parts.Best[i].Variable));
        }

        return status == CpSolverStatus.Optimal ? parts.ValueOf(level) : -(Int128)response.InnerObjectiveLowerBound;
    }

    private (CpSolver Solver, CpSolverStatus Status, CpSolverResponse Response) Solve(string more)
    {
        var time = Math.Max(left, limit.TotalSeconds / 10);
        var solver = new CpSolver { StringParameters = string.Create(CultureInfo.InvariantCulture, $"num_workers:1,random_seed:1,max_deterministic_time:{time:F6}{more}") };
        var status = solver.Solve(parts.Model);
        var response = solver.Response ?? throw new InvalidOperationException("The solver gave no response.");
        left -= response.DeterministicTime;
        return (solver, status, response);
    }
}
