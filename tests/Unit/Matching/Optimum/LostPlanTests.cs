using FundingFlow.Matching.Optimum;

namespace FundingFlow.Tests.Unit.Matching.Optimum;

public class LostPlanTests
{
    /// <summary>Met by the simulation: with the plan of the first level in hand, OR-Tools 9.15 calls the second infeasible, unless it leaves out its presolve.</summary>
    [Fact]
    public void A_plan_that_the_solver_loses_is_found_again()
    {
        var plan = OptimumSolver.Solve(new OptimumProblem(
            [new Supply("s00", 237, "c00", 29, null), new Supply("s01", 237, "c01", 29, null), new Supply("s02", 4, "c02", 0, "acme"),
                new Supply("s03", 8, "c03", 0, "acme"), new Supply("s04", 9, "c04", 0, "acme"), new Supply("s05", 8, "c05", 0, "acme"),
                new Supply("s06", 70, "c06", 0, "acme"), new Supply("s07", 832, "c07", 0, "acme"), new Supply("s08", 617, "c08", 0, "bern"),
                new Supply("s09", 880, "c09", 92, "bern"), new Supply("s10", 880, "c10", 92, "bern"), new Supply("s11", 488, "c09", 0, "bern"),
                new Supply("s12", 487, "c10", 0, "bern"), new Supply("s13", 487, "c11", 0, "bern"), new Supply("s14", 98, "c12", 0, "bern"),
                new Supply("s15", 11, "c13", 0, "bern"), new Supply("s16", 95, "c14", 0, null), new Supply("s17", 182, "c15", 0, "bern"),
                new Supply("s18", 164, "c16", 37, "bern"), new Supply("s19", 282, "c17", 0, "bern"), new Supply("s20", 282, "c18", 0, "bern"),
                new Supply("s21", 282, "c19", 0, "bern"), new Supply("s22", 2479, "c20", 392, "rome"), new Supply("s23", 220, "c21", 0, null),
                new Supply("s24", 173, "c22", 5, "rome"), new Supply("s25", 106, "c23", 0, null), new Supply("s26", 106, "c24", 0, null),
                new Supply("s27", 8, "c25", 0, "rome")],
            [new Demand("youth|school|eur-0", [new DemandTranche(762,2), new DemandTranche(234,1)], "youth|school|EUR"),
                new Demand("culture|school|kwd-0", [new DemandTranche(374,2), new DemandTranche(136,1)], null),
                new Demand("youth|club|eur-0", [new DemandTranche(1,4), new DemandTranche(1284,2), new DemandTranche(322,1)], "youth|club|EUR"),
                new Demand("sport|club|rwf-1", [new DemandTranche(92,2), new DemandTranche(23,1)], null),
                new Demand("youth|club|usd-1", [new DemandTranche(1337,2), new DemandTranche(335,1)], "youth|club|USD"),
                new Demand("culture|film|kwd-0", [new DemandTranche(433,2), new DemandTranche(109,1)], null)],
            [new Link("c00", 1, 1), new Link("c02", 0, 1), new Link("c02", 1, 1), new Link("c02", 2, 1), new Link("c02", 3, 1), new Link("c02", 4, 1),
                new Link("c03", 1, 1), new Link("c05", 0, 1), new Link("c05", 2, 1), new Link("c05", 4, 1), new Link("c06", 0, 1),
                new Link("c06", 1, 1), new Link("c06", 2, 1), new Link("c06", 3, 1), new Link("c06", 4, 1), new Link("c07", 1, 1),
                new Link("c07", 2, 1), new Link("c08", 4, 1), new Link("c10", 3, 1), new Link("c11", 4, 1), new Link("c12", 3, 1),
                new Link("c12", 4, 1), new Link("c15", 3, 1), new Link("c16", 3, 1), new Link("c18", 3, 1), new Link("c19", 4, 1),
                new Link("c20", 0, 0), new Link("c20", 1, 0), new Link("c20", 2, 1), new Link("c20", 4, 1), new Link("c24", 0, 0),
                new Link("c25", 1, 0)],
            [new Current(0,1,237), new Current(2,0,4), new Current(3,1,8), new Current(5,0,8), new Current(6,0,70), new Current(7,1,190),
                new Current(7,2,642), new Current(8,4,617), new Current(12,3,117), new Current(14,4,7), new Current(22,2,642), new Current(22,4,670),
                new Current(26,0,106), new Current(27,1,8)],
            [new ShareCap("acme","youth|school|EUR",467), new ShareCap("bern","youth|school|EUR",467), new ShareCap("rome","youth|school|EUR",189),
                new ShareCap("acme","youth|club|EUR",642), new ShareCap("bern","youth|club|EUR",642), new ShareCap("rome","youth|club|EUR",642),
                new ShareCap("acme","youth|club|USD",668), new ShareCap("bern","youth|club|USD",668), new ShareCap("rome","youth|club|USD",670)]));
        Assert.Null(plan.Gap);
        Assert.Equal(6712, (long)plan.WeightedMet);
    }
}
