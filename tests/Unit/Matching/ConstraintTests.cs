using CsCheck;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Matching;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Matching;

using Unit = FundingFlow.Money.Unit;

/// <summary>What is never bent, whatever the gain: exclusions, dates, the smallest part and the share cap.</summary>
public class ConstraintTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly Unit Euro = Unit.Of(Currency.Of("EUR"));

    public static TheoryData<Exclusions> Exclusions =>
    [
        new Exclusions([Areas.Youth], [], [], []), new Exclusions([], ["a"], [], []),
        new Exclusions([], [], ["kigali"], []), new Exclusions([], [], [], ["RW"]),
    ];

    [Theory]
    [MemberData(nameof(Exclusions))]
    public void A_partner_never_gives_where_it_does_not_want_to(Exclusions exclusions)
    {
        var elsewhere = Need("b", 400) with { Area = Areas.Sport, City = "lima", Country = "PE" };
        var plan = Place(Line(1000) with { Donor = Donor() with { Exclusions = exclusions } }, [Need("a", 1000, urgency: 4), elsewhere]);
        Assert.Equal([("b", 400)], Parts(plan));
        Assert.Equal((600, "excluded"), (plan.Left, plan.Standing));
        Assert.Contains(plan.Parts[0].Reasons, reason => reason is { Code: "next", Text: "Next in line was a; what decided: you do not give there." }
            && reason.Data!["decided"] == "excluded" && reason.Data["project"] == "a");
    }

    [Fact]
    public void Not_even_a_tight_earmark_overfills_an_excluded_place()
        => Assert.Equal(1000, Place(Line(1000) with { Earmark = new Earmark(["a"], [], []), Donor = Donor() with { Exclusions = new Exclusions([], [], ["kigali"], []) } },
            [Need("a", 100)], overfill: true).Left);

    [Fact]
    public void A_new_part_has_its_smallest_size_or_is_not_made()
    {
        var plan = Place(Line(1000) with { SmallestPart = 400 }, [Need("a", 399, minimum: 399), Need("b", 5_000)]);
        Assert.Equal([("b", 1000)], Parts(plan));
        Assert.Contains(plan.Parts[0].Reasons, reason => reason.Code == "next" && reason.Data!["decided"] == "smallest-part" && reason.Data["project"] == "a");
    }

    [Fact]
    public void What_is_too_little_for_a_new_part_stands_with_that_reason()
    {
        var plan = Place(Line(1000) with { SmallestPart = 400 }, [Need("a", 700), Need("b", 399)]);
        Assert.Equal([("a", 700)], Parts(plan));
        Assert.Equal((300, "smallest-part"), (plan.Left, plan.Standing));
    }

    [Fact]
    public void A_part_lends_the_rest_to_another_that_would_be_too_small_where_that_weighs_more()
    {
        var flat = new PlacingPolicy { EssentialPercent = 100 };
        Assert.Equal([("b", 60), ("a", 90)], Parts(Place(Line(150) with { SmallestPart = 60 }, [Need("a", 100), Need("b", 100)], flat)));
        Assert.Equal([("a", 100)], Parts(Place(Line(150) with { SmallestPart = 60 }, [Need("a", 100, minimum: 100, urgency: 4), Need("b", 100)])));
    }

    [Fact]
    public void A_part_that_is_there_grows_by_any_amount()
    {
        var line = Line(10) with { SmallestPart = 400, Parts = [new PartRef("a", "main")] };
        Assert.Equal([("a", 10)], Parts(Place(line, [Need("a", 1000) with { Proposed = 400 }])));
    }

    [Fact]
    public void A_tight_earmark_overfills_with_at_least_its_smallest_part()
    {
        var tight = Line(500) with { SmallestPart = 400, Earmark = new Earmark(["a"], [], []) };
        var plan = Place(tight, [Need("a", 450), Need("a", 100) with { NeedId = "other" }], overfill: true);
        Assert.Equal(500, Assert.Single(plan.Parts).Amount.Minor);
    }

    [Fact]
    public void What_is_left_and_counts_nothing_at_a_need_in_another_currency_opens_no_part_there()
    {
        var yen = Need("a", 2) with { NeedId = "other", Unit = Unit.Of(Currency.Of("JPY")), Rate = new ExchangeRate("JPY", "EUR", 161.88m, Today, "ECB"), Committed = 2 };
        var euro = Need("a", 1) with { Committed = 1 };
        var line = Line(1) with { Unit = yen.Unit, Rate = yen.Rate, SmallestPart = 9, Earmark = new Earmark(["a"], [], []), Parts = [yen.Ref] };
        Assert.Equal("smallest-part", Place(line with { Parts = [] }, [euro with { Required = 500 }]).Standing);
        Assert.Equal(yen.Ref, Assert.Single(Place(line, [yen, euro with { Required = 500, Committed = 500 }], overfill: true).Parts).Need.Ref);
    }

    [Fact]
    public void Parts_of_any_pledge_have_its_smallest_size_and_no_unit_is_lost()
        => Gen.Select(Gen.Long[1, 3_000], Gen.Long[1, 600], Gen.Select(Gen.Long[0, 900], Gen.Long[0, 100], Generate.OneOf(1, 2, 4), Gen.Bool).Array[0, 10]).Sample((minor, smallest, needs) =>
        {
            var positions = needs.Select((need, i) => Need($"p{i}", need.Item1, need.Item1 * need.Item2 / 100, need.Item3) with
            {
                Unit = Unit.Of(Currency.Of(need.Item4 ? "EUR" : "JPY")),
                Rate = new ExchangeRate(need.Item4 ? "EUR" : "JPY", "EUR", need.Item4 ? 1m : 161.88m, Today, "ECB"),
            }).ToList();
            var plan = Place(Line(minor) with { SmallestPart = smallest }, positions);
            Assert.Equal(minor, plan.Left + plan.Parts.Sum(part => part.Amount.Minor));
            Assert.All(plan.Parts, part => Assert.True(part.Amount.Minor >= smallest && part.Need.Filled + part.Amount.Value <= part.Need.Required));
            if (plan.Left >= smallest)
                Assert.All(positions.Where(need => need.Unit == Euro), need => Assert.True(plan.Parts.Any(part => part.Need.Ref == need.Ref) ? Filled(plan, need) == need.Required : need.Required < smallest));
            Assert.Equal(Parts(plan), Parts(Place(Line(minor) with { SmallestPart = smallest }, positions.AsEnumerable().Reverse())));
        }, iter: 5_000);

    [Fact]
    public void One_partner_fills_no_more_of_a_project_than_its_share()
    {
        var policy = new PlacingPolicy { SharePercent = 33 };
        var plan = Place(Line(1000), [Need("a", 700), Need("a", 201) with { NeedId = "other" }, Need("b", 100)], policy);
        // 33 % of 901 is 297.33, of 100 it is 33.
        Assert.Equal([("a", 297), ("b", 33)], Parts(plan));
        Assert.Equal((670, "share-cap"), (plan.Left, plan.Standing));
        Assert.Contains(plan.Parts[0].Reasons, reason => reason.Code == "share-cap" && reason.Data!["percent"] == "33");
    }

    [Fact]
    public void What_the_partner_fills_already_counts_and_other_units_and_areas_do_not()
    {
        var policy = new PlacingPolicy { SharePercent = 50 };
        var held = new Holdings();
        held.Add(Areas.Youth, "a", [Part("a", 300, Euro), Part("a", 5, Unit.Hours("coaching"))]);
        Assert.Equal([("a", 200)], Parts(Place(Line(1000), [Need("a", 1000) with { Committed = 300 }], policy, held: held)));
        Assert.Equal([("a", 500)], Parts(Place(Line(1000), [Need("a", 1000) with { Area = Areas.Sport }], policy, held: held)));
    }

    [Fact]
    public void A_tight_earmark_overrides_the_cap()
        => Assert.Equal([("a", 1000)], Parts(Place(Line(1000) with { Earmark = new Earmark(["a"], [], []) }, [Need("a", 1000)], new PlacingPolicy { SharePercent = 10 })));

    [Fact]
    public void The_cap_holds_for_any_needs()
        => Gen.Select(Gen.Long[1, 3_000], Gen.Int[1, 100], Gen.Select(Gen.Long[0, 900], Gen.Int[0, 3], Gen.Long[0, 300]).Array[1, 10], Gen.Long[0, 300]).Sample((minor, percent, needs, smallest) =>
        {
            var positions = needs.Select((need, i) => Need($"p{need.Item2}", need.Item1) with { NeedId = $"n{i}" }).ToList();
            var held = new Holdings();
            held.Add(Areas.Youth, "p0", [Part("p0", needs[0].Item3, Euro)]);
            var plan = Place(Line(minor) with { SmallestPart = smallest == 0 ? null : smallest }, positions, new PlacingPolicy { SharePercent = percent }, held: held);
            foreach (var project in plan.Parts.GroupBy(part => part.Need.ProjectId))
                Assert.True(project.Sum(part => part.Amount.Value) + held.Of(Areas.Youth, project.Key, Euro)
                    <= positions.Where(need => need.ProjectId == project.Key).Sum(need => need.Required) * percent / 100);
            Assert.All(plan.Parts, part => Assert.True(part.Amount.Minor >= smallest));
        }, iter: 5_000);

    [Fact]
    public void A_project_takes_something_new_until_its_last_day()
    {
        Assert.Equal([("a", 100)], Parts(Place(Line(100), [Need("a", 1000) with { EndsOn = Today }])));
        Assert.Equal("dates", Place(Line(100), [Need("a", 1000) with { EndsOn = Today.AddDays(-1) }]).Standing);
        Assert.Equal([("a", 100)], Parts(Place(Line(100), [Need("a", 1000) with { StartsOn = Today.AddDays(90) }])));
    }

    [Fact]
    public void A_project_that_has_ended_takes_by_a_tight_earmark_only_what_was_given_before()
    {
        var ended = Need("a", 1000) with { EndsOn = Today.AddDays(-1) };
        var tight = Line(100) with { Earmark = new Earmark(["a"], [], []) };
        Assert.Equal("dates", Place(tight, [ended], overfill: true).Standing);
        Assert.Equal([("a", 100)], Parts(Place(tight with { PledgedOn = Today.AddDays(-1) }, [ended])));
        Assert.Equal([("a", 100)], Parts(Place(tight with { Status = StatedStatus.Commitment }, [ended])));
        Assert.Equal("dates", Place(Line(100) with { Status = StatedStatus.Receipt }, [ended]).Standing);
    }

    [Theory]
    [InlineData(10, 20, 5, 9, false)]
    [InlineData(10, 20, 5, 10, true)]
    [InlineData(10, 20, 20, 40, true)]
    [InlineData(10, 20, 21, 40, false)]
    [InlineData(-20, 5, -10, 30, true)]
    [InlineData(-20, 5, 6, 30, false)]
    public void Time_is_given_to_projects_that_run_meanwhile(int starts, int ends, int from, int to, bool fits)
    {
        var hours = Unit.Hours("coaching");
        var line = Line(100) with { Unit = hours, Rate = null, TimeFrom = Today.AddDays(from), TimeTo = Today.AddDays(to) };
        var need = Need("a", 1000) with { Unit = hours, Rate = null, StartsOn = Today.AddDays(starts), EndsOn = Today.AddDays(ends) };
        Assert.Equal(fits ? 0 : 100, Place(line, [need]).Left);
        Assert.Equal(0, Place(line, [need with { StartsOn = null, EndsOn = null }]).Left);
        Assert.Equal(0, Place(line with { TimeFrom = null, TimeTo = null }, [need]).Left);
    }

    [Fact]
    public void Time_whose_days_are_all_past_goes_nowhere_unless_it_was_given()
    {
        var hours = Unit.Hours("coaching");
        var line = Line(100) with { Unit = hours, Rate = null, TimeFrom = Today.AddDays(-9), TimeTo = Today.AddDays(-1) };
        var need = Need("a", 1000) with { Unit = hours, Rate = null };
        Assert.Equal("dates", Place(line, [need]).Standing);
        Assert.Equal(0, Place(line with { Status = StatedStatus.Receipt }, [need]).Left);
    }

    [Fact]
    public void A_pledge_is_placed_until_the_last_day_on_which_it_is_valid()
    {
        Assert.Equal([("a", 100)], Parts(Place(Line(100) with { ValidUntil = Today }, [Need("a", 1000)])));
        Assert.Equal((100, "expired"), (Place(Line(100) with { ValidUntil = Today.AddDays(-1) }, [Need("a", 1000)]) is var plan ? (plan.Left, plan.Standing) : default));
        Assert.Equal([("a", 100)], Parts(Place(Line(100) with { ValidUntil = Today.AddDays(-1), Status = StatedStatus.Receipt }, [Need("a", 1000)])));
    }

    [Fact]
    public void The_sector_that_counts_as_lacking_is_the_projects_over_all_its_needs()
    {
        var plan = Place(Line(100), [Need("a", 1000), Need("a", 1000) with { NeedId = "other", Sectors = [Sector.Public] }, Need("b", 1000)]);
        Assert.Equal([("b", 100)], Parts(plan));
        Assert.Contains(plan.Parts[0].Reasons, reason => reason is { Code: "lacking-sector", Text: "The project had no support yet in Youth from the public sector." });
    }

    [Fact]
    public void An_area_may_have_weights_of_its_own()
    {
        var policy = new PlacingPolicy();
        policy.Override(Areas.Sport, new PlacingTerms { WeightBelowMinimum = 100, WeightEssential = 10 });
        Assert.Equal([("b", 100)], Parts(Place(Line(100), [Need("a", 1000), Need("b", 1000) with { Area = Areas.Sport }], policy)));
    }

    private static long Filled(PlacementPlan plan, Position need) => need.Filled + plan.Parts.Where(part => part.Need.Ref == need.Ref).Sum(part => part.Amount.Value);

    private static List<(string, long)> Parts(PlacementPlan plan) => [.. plan.Parts.Select(part => (part.Need.ProjectId, part.Amount.Minor))];

    private static PlacementPlan Place(Line line, IEnumerable<Position> needs, PlacingPolicy? policy = null, bool overfill = false, Holdings? held = null)
        => Placement.Of(line, needs, policy ?? new PlacingPolicy(), Today, overfill, held);

    private static Allocation Part(string project, long minor, Unit unit)
        => new(Areas.Youth, "rome.bbbbbbbbbbbbbbbb", "rome", project, "main", unit, unit, new Placed(minor, minor), default, default, [], default);

    private static DonorFacts Donor() => new("rome", "Rome", Sector.Public, null, null, null, null, [], []);

    private static Line Line(long minor) => new(Areas.Youth, "rome.aaaaaaaaaaaaaaaa", Euro, minor, minor, 0, 0, 0, [], 1, 0, null,
        Donor(), Earmark.None, null, new ExchangeRate("EUR", "EUR", 1m, Today, "same"), default);

    private static Position Need(string project, long required, long? minimum = null, int urgency = 1)
        => new(Areas.Youth, project, "main", Euro, required, minimum, 0, 0, 0, "kigali", "RW", Situation.Peace, null, null, urgency, [], new ExchangeRate("EUR", "EUR", 1m, Today, "same"));
}
