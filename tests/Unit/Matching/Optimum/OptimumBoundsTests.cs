using FundingFlow.Matching.Optimum;

namespace FundingFlow.Tests.Unit.Matching.Optimum;

public class OptimumBoundsTests
{
    private const long TenTrillion = 10_000_000_000_000;

    [Fact]
    public void Five_thousand_needs_of_ten_trillion_units_each_are_filled_exactly()
    {
        var demands = Enumerable.Range(0, 5_000).Select(d => new Demand($"need-{d}", [new(TenTrillion * 3 / 10, 16), new(TenTrillion / 2, 8), new(TenTrillion / 5, 4)])).ToList();
        var supplies = Enumerable.Range(0, 500).Select(s => new Supply($"pledge-{s:D3}", TenTrillion - s, $"class-{s % 10}")).ToList();
        var links = Enumerable.Range(0, 10).SelectMany(c => Enumerable.Range(0, 5_000).Select(d => new Link($"class-{c}", d, d % 10 == c ? 7 : d % 2))).ToList();
        var problem = new OptimumProblem(supplies, demands, links, [new(0, 1, TenTrillion)], []);

        var plan = OptimumSolver.Solve(problem);

        var total = supplies.Aggregate((Int128)0, (sum, supply) => sum + supply.Units);
        // All of it fits into tranches of weight 16, and each class finds 500 needs (1.5 × 10¹⁵ of weight 16) that fit it with 7.
        Assert.Equal(total * 16, plan.WeightedMet);
        Assert.Equal(total * 7, plan.FitScore);
        Assert.Equal((Int128)TenTrillion, plan.Moved);
        Assert.Equal(plan.Score, Objective.Of(problem, plan.Parts));
        Assert.True(PlanRules.IsForest(plan));
    }

    [Fact]
    public void Objectives_beyond_64_bits_are_counted_in_128()
    {
        var problem = new OptimumProblem([new("a", long.MaxValue / 16, "any")], [new("need", [new(long.MaxValue / 16, 1_000_000)])], [new("any", 0, 1_000)], [], []);
        var plan = OptimumSolver.Solve(problem);
        Assert.Equal((Int128)(long.MaxValue / 16) * 1_000_000, plan.WeightedMet);
        Assert.Equal((Int128)(long.MaxValue / 16) * 1_000, plan.FitScore);
    }

    [Theory]
    [InlineData(long.MaxValue, 1, 10, 4, 0)]
    [InlineData(long.MaxValue / 3, 3, 10, 4, 0)]
    [InlineData(10, 1, long.MaxValue, int.MaxValue, int.MaxValue)]
    [InlineData(long.MaxValue / 5, 1, long.MaxValue / 5, 4, 0)]
    public void What_64_bits_cannot_hold_is_refused(long units, int supplies, long room, int weight, int fit)
    {
        var problem = new OptimumProblem(
            [.. Enumerable.Range(0, supplies).Select(s => new Supply($"s{s}", units, "any"))], [new("need", [new(room, weight)]), new("other", [new(room, weight)])],
            [new("any", 0, fit), new("any", 1, 0)], [], []);
        Assert.Throws<OptimumOverflowException>(() => OptimumSolver.Solve(problem));
    }

    [Fact]
    public void A_search_beyond_64_bits_is_refused_too()
    {
        var problem = new OptimumProblem([new("a", TenTrillion, "any", TenTrillion)], [new("need", [new(TenTrillion - 1, 2), new(TenTrillion, 1)]), new("other", [new(1, 2_000_000_000)])], [new("any", 0, 2_000_000), new("any", 1, 0)], [], []);
        Assert.Throws<OptimumOverflowException>(() => OptimumSolver.Solve(problem));
    }

    /// <param name="searched">1: nothing is searched, only mended; 12: small neighbourhoods are.</param>
    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void A_problem_too_large_to_search_tells_how_far_its_plan_may_be_from_the_optimum(int searched)
    {
        var (open, mended) = (0, 0);
        for (var seed = 2000; seed < 2060; seed++)
        {
            var problem = RandomProblem.Of(seed, hasSmallestParts: true);
            var plan = OptimumSolver.Solve(problem, new OptimumOptions { LargestSearch = searched });
            PlanRules.Hold(problem, plan);
            var best = Independent.Best(problem).Score;
            if (plan.Gap is not { } gap)
            {
                Assert.Equal(best, plan.Score);
                mended++;
                continue;
            }

            open++;
            Int128 missing = gap.Level switch { 1 => best.WeightedMet - plan.WeightedMet, 2 => best.FitScore - plan.FitScore, _ => plan.Moved - best.Moved };
            Assert.True(gap.AtMost > 0 && missing <= gap.AtMost, $"Seed {seed}: {missing} is missing, {gap} was told.");
        }

        Assert.True(open > 5 && mended > 5, $"{open} open, {mended} proven");
    }

    [Fact]
    public void Contradictions_are_named()
    {
        Demand need = new("need", [new(10, 1)]);
        Throws(new([new("a", -1, "x")], [need], [], [], []), "'a'");
        Throws(new([new("a", 1, "x"), new("a", 1, "x")], [need], [], [], []), "twice");
        Throws(new([], [new("need", [new(1, 1), new(1, 2)])], [], [], []), "weight");
        Throws(new([new("a", 1, "x")], [need], [new("x", 1, 0)], [], []), "Links");
        Throws(new([new("a", 1, "x")], [need], [], [new(0, 0, 2)], []), "more units than it has");
        Throws(new([new("a", 1, "x")], [need], [], [], [new("p", "q", 1), new("p", "q", 2)]), "Caps");
    }

    [Fact]
    public void Nothing_to_place_is_a_plan_without_parts()
    {
        Assert.Empty(OptimumSolver.Solve(new([], [], [], [], [])).Parts);
        Assert.Empty(OptimumSolver.Solve(new([new("a", 5, "x")], [new("full", [])], [new("x", 0, 1)], [], [])).Parts);
        Assert.Empty(OptimumSolver.Solve(new([new("a", 0, "x")], [new("need", [new(3, 1)])], [new("x", 0, 1)], [], [])).Parts);
    }

    private static void Throws(OptimumProblem problem, string naming) =>
        Assert.Contains(naming, Assert.Throws<ArgumentException>(() => OptimumSolver.Solve(problem)).Message, StringComparison.Ordinal);
}
