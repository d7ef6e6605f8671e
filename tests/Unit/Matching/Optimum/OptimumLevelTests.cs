using FundingFlow.Matching.Optimum;

namespace FundingFlow.Tests.Unit.Matching.Optimum;

/// <summary>One answer per level, worked out by hand.</summary>
public class OptimumLevelTests
{
    private static readonly Demand Clinic = new("clinic", [new(30, 4), new(50, 2), new(20, 1)], "health");
    private static readonly Demand School = new("school", [new(30, 4), new(50, 2), new(20, 1)], "learning");

    [Fact]
    public void Level_1_fills_the_heaviest_tranches_of_all_needs_even_where_nothing_fits()
    {
        // 70 units: 30 × 4 at each need, then 10 × 2; all the fit is at the clinic.
        var plan = OptimumSolver.Solve(Problem([new("a", 70, "any")], [new("any", 0, 9), new("any", 1, 0)]));
        Assert.Equal([new Current(0, 0, 40), new Current(0, 1, 30)], plan.Parts);
        Assert.Equal(new Score(260, 360, 0), plan.Score);
    }

    [Fact]
    public void Level_1_lets_a_supply_step_aside_for_one_that_can_go_nowhere_else()
    {
        // Only the clinic takes b: a, which would fit better there, goes to the school.
        var plan = OptimumSolver.Solve(Problem([new("a", 100, "any"), new("b", 100, "clinic")], [new("any", 0, 9), new("any", 1, 0), new("clinic", 0, 0)]));
        Assert.Equal([new Current(0, 1, 100), new Current(1, 0, 100)], plan.Parts);
    }

    [Fact]
    public void Level_2_of_equally_heavy_plans_takes_the_one_that_fits_best()
    {
        var plan = OptimumSolver.Solve(Problem([new("a", 30, "x"), new("b", 30, "y")], [new("x", 0, 1), new("x", 1, 3), new("y", 0, 1), new("y", 1, 2)]));
        Assert.Equal([new Current(0, 1, 30), new Current(1, 0, 30)], plan.Parts);
        Assert.Equal((Int128)120, plan.FitScore);
    }

    [Fact]
    public void Level_3_of_equally_fitting_plans_moves_least()
    {
        // By rank alone a would go to the clinic; it lies at the school, as do ten of b too many.
        var problem = Problem([new("a", 25, "any"), new("b", 35, "any")], [new("any", 0, 1), new("any", 1, 1)]) with
        {
            Currents = [new(0, 1, 25), new(1, 1, 15)],
        };
        var plan = OptimumSolver.Solve(problem);
        Assert.Equal((Int128)10, plan.Moved);
        Assert.Equal(60, plan.Parts.Sum(part => part.Units));
        Assert.Equal((Int128)0, Objective.Of(problem, problem.Currents).Moved);
    }

    [Fact]
    public void Units_that_were_not_placed_have_not_moved_when_they_are()
    {
        var plan = OptimumSolver.Solve(Problem([new("a", 60, "any")], [new("any", 0, 0), new("any", 1, 0)]) with { Currents = [new(0, 1, 30)] });
        Assert.Equal([new Current(0, 0, 30), new Current(0, 1, 30)], plan.Parts);
        Assert.Equal((Int128)0, plan.Moved);
    }

    [Fact]
    public void Level_4_finishes_one_need_before_the_next_and_breaks_the_cycle_of_parts()
    {
        var supplies = Enumerable.Range(0, 4).Select(i => new Supply($"s{i}", 20, "any")).ToList();
        var plan = OptimumSolver.Solve(Problem(supplies, [new("any", 0, 1), new("any", 1, 1)]));
        // 30 and 30 of weight 4, then 20 more to the first: 50 and 30.
        Assert.Equal([new(0, 0, 20), new(1, 0, 20), new(2, 0, 10), new(2, 1, 10), new(3, 1, 20)], plan.Parts);
        Assert.True(PlanRules.IsForest(plan));
    }

    [Fact]
    public void A_cycle_through_units_that_lie_where_they_are_is_left_when_breaking_it_would_move_some()
    {
        Current[] lying = [new(0, 0, 15), new(0, 1, 15), new(1, 0, 15), new(1, 1, 15)];
        var problem = Problem([new("a", 30, "any"), new("b", 30, "any")], [new("any", 0, 1), new("any", 1, 1)]) with { Currents = lying };
        Assert.Equal(lying, OptimumSolver.Solve(problem).Parts);
        Assert.True(PlanRules.IsForest(OptimumSolver.Solve(problem with { Currents = [] })));
    }

    [Fact]
    public void A_cap_holds_over_all_of_a_partners_supplies_and_all_of_a_projects_needs()
    {
        var problem = Problem([new("a", 60, "any", 0, "city"), new("b", 60, "any", 0, "city")], [new("any", 0, 5), new("any", 1, 0)]) with { Caps = [new("city", "health", 25)] };
        var plan = OptimumSolver.Solve(problem);
        Assert.Equal(25, plan.Parts.Where(part => part.Demand == 0).Sum(part => part.Units));
        Assert.Equal(95, plan.Parts.Where(part => part.Demand == 1).Sum(part => part.Units));
        Assert.Null(plan.Gap);
    }

    [Fact]
    public void A_smallest_part_keeps_a_pledge_whole_where_splitting_it_would_do_more()
    {
        // Split 30/10 would meet 30 × 4 + 10 × 4; parts of 25 at least leave 40 at one need: 30 × 4 + 10 × 2.
        var plan = OptimumSolver.Solve(Problem([new("a", 40, "any", SmallestPart: 25)], [new("any", 0, 0), new("any", 1, 0)]));
        Assert.Equal([new Current(0, 0, 40)], plan.Parts);
        Assert.Equal((Int128)140, plan.WeightedMet);
        Assert.Null(plan.Gap);
    }

    private static OptimumProblem Problem(IReadOnlyList<Supply> supplies, IReadOnlyList<Link> links) => new(supplies, [Clinic, School], links, [], []);
}
