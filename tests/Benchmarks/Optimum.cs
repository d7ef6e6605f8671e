using FundingFlow.Matching.Optimum;

namespace FundingFlow.Benchmarks;

/// <summary>
/// The exact optimum of 100,000 pledges over 5,000 needs ÷ the bare solver: once its own time in it (on the graphs that it was given, handing over and reading included), once
/// on the whole problem as it is, without ours; which also shows that both find the same.
/// </summary>
internal sealed class Optimum : IBenchmark
{
    private const int Rounds = 3;
    private const int Partners = 200;
    private const int Areas = 7;
    private const int Countries = 60;
    private static readonly int[] Weights = [4, 2, 1];

    public string Name => "optimum";

    public Task RunAsync(BenchmarkRun run)
    {
        var problem = Problem(new Random(7), run.Scale(100_000), run.Scale(5_000));
        OptimumSolver.Solve(problem);
        var (inside, beside) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            using var memory = new PeakMemory();
            var (plan, peak) = (OptimumSolver.Solve(problem), memory.Peak);
            var bare = BareFlow.Solve(problem);
            if ((plan.WeightedMet, plan.FitScore) != (bare.WeightedMet, bare.Fit)) throw new InvalidOperationException($"{plan.Score} is not the bare solver's {bare}.");
            var (whole, solver) = (plan.Statistics.Whole, plan.Statistics.Solver);
            BenchmarkRun.Say($"{plan.Statistics.Links} links drawn together to {plan.Statistics.Arcs} arcs: {whole.TotalSeconds:0.00} s, of that {solver.TotalSeconds:0.00} s in the solver; the bare solver on all links {bare.Took.TotalSeconds:0.00} s");
            BenchmarkRun.Say($"peak working set {peak >> 20} MiB, {memory.Before >> 20} MiB of it before (the problem)");
            inside.Add(whole / solver);
            beside.Add(whole / bare.Took);
        }

        run.AtMost("optimum: 100,000 pledges & 5,000 needs ÷ bare solver in it", inside.Order().ElementAt(Rounds / 2), 2);
        run.AtMost("optimum: the same ÷ bare solver on the problem as it is", beside.Order().ElementAt(Rounds / 2), 2);
        return Task.CompletedTask;
    }

    /// <summary>Of twenty pledges one goes anywhere, eight to an area, seven to a country, four to one of two needs.</summary>
    private static OptimumProblem Problem(Random random, int pledges, int needs)
    {
        var demands = Enumerable.Range(0, needs).Select(i => Demand(i, random)).ToList();
        var classes = new Dictionary<string, Func<int, bool>>(StringComparer.Ordinal);
        var supplies = Enumerable.Range(0, pledges).Select(i => new Supply($"pledge-{i:D6}", random.NextInt64(100_00, 200_000_00), Class(random, needs, classes))).ToList();
        var links = classes.SelectMany(of => Enumerable.Range(0, needs).Where(of.Value).Select(demand => new Link(of.Key, demand, random.Next(20)))).ToArray();
        return new OptimumProblem(supplies, demands, links, [], []);
    }

    private static Demand Demand(int i, Random random)
    {
        var (required, urgency) = (random.NextInt64(10_000_00, 5_000_000_00), 1 << random.Next(3));
        return new Demand($"need-{i:D5}", [new DemandTranche(required * 3 / 10, Weights[0] * urgency), new DemandTranche(required / 2, Weights[1] * urgency), new DemandTranche(required / 5, Weights[2] * urgency)]);
    }

    private static string Class(Random random, int needs, Dictionary<string, Func<int, bool>> classes)
    {
        var (partner, area, country, project) = (random.Next(Partners), random.Next(Areas), random.Next(Countries), random.Next(needs / 2));
        var (name, mayGo) = random.Next(20) switch
        {
            0 => ("any", _ => true),
            < 9 => ($"area-{area}", demand => demand % Areas == area),
            < 16 => ($"country-{country}", demand => demand % Countries == country),
            _ => ($"project-{project}", (Func<int, bool>)(demand => demand / 2 == project)),
        };
        classes[$"{partner} {name}"] = mayGo;
        return $"{partner} {name}";
    }
}
