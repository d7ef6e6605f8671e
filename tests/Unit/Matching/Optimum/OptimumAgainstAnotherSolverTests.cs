using FundingFlow.Matching.Optimum;

namespace FundingFlow.Tests.Unit.Matching.Optimum;

public class OptimumAgainstAnotherSolverTests
{
    private static readonly OptimumOptions WithHubs = new() { HubsAbove = 0 };

    [Fact]
    public void Two_hundred_problems_reach_exactly_what_an_independent_formulation_reaches_level_by_level()
    {
        for (var seed = 0; seed < 200; seed++) Same(seed, RandomProblem.Of(seed));
    }

    [Fact]
    public void So_do_sixty_with_smallest_parts()
    {
        for (var seed = 1000; seed < 1060; seed++) Same(seed, RandomProblem.Of(seed, hasSmallestParts: true));
    }

    [Fact]
    public void So_do_two_hundred_in_which_some_must_be_placed_and_for_some_of_them_it_decides()
    {
        var decided = 0;
        for (var seed = 2000; seed < 2200; seed++)
        {
            var problem = RandomProblem.WithPlaced(RandomProblem.Of(seed), seed);
            Same(seed, problem);
            var free = problem with { Supplies = [.. problem.Supplies.Select(supply => supply with { MustPlace = 0 })] };
            if (OptimumSolver.Solve(free).Score != OptimumSolver.Solve(problem).Score) decided++;
        }

        Assert.InRange(decided, 10, 200);
    }

    [Fact]
    public void The_order_of_supplies_links_currents_and_caps_changes_nothing()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var problem = RandomProblem.Of(seed, hasSmallestParts: seed % 5 == 0);
            var shuffled = RandomProblem.Shuffled(problem, seed);
            Assert.Equal(Named(problem, OptimumSolver.Solve(problem)), Named(shuffled, OptimumSolver.Solve(shuffled)));
        }
    }

    private static void Same(int seed, OptimumProblem problem)
    {
        var best = Independent.Best(problem);
        foreach (var options in (OptimumOptions[])[new OptimumOptions(), WithHubs])
        {
            var plan = OptimumSolver.Solve(problem, options);
            PlanRules.Hold(problem, plan);
            Assert.True(best.Score == plan.Score, $"Seed {seed}: {plan.Score}, but {best.Score} is possible.");
            Assert.True(plan.Gap is null, $"Seed {seed}: not proven.");
            Assert.Equal(plan.Score, Objective.Of(problem, plan.Parts));
            Assert.True(best.Ranks == plan.Parts.Sum(part => part.Demand * part.Units), $"Seed {seed}: needs are not finished in order.");
            if (problem.Currents.Count == 0 && problem.Caps.Count == 0 && problem.Supplies.All(supply => supply.SmallestPart == 0))
                Assert.True(PlanRules.IsForest(plan), $"Seed {seed}: a cycle of parts.");
        }
    }

    private static IEnumerable<string> Named(OptimumProblem problem, OptimumPlan plan) =>
        plan.Parts.Select(part => $"{problem.Supplies[part.Supply].Id} {problem.Demands[part.Demand].Id} {part.Units}");
}
