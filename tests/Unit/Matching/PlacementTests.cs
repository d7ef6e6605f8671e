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

public class PlacementTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly PlacingPolicy Policy = new();
    private static readonly Unit Euro = Unit.Of(Currency.Of("EUR"));

    [Fact]
    public void The_next_unit_goes_below_a_minimum_before_anything_else()
    {
        var plan = Place(1000, [Need("a", 10_000), Need("b", 700, minimum: 600)]);
        Assert.Equal([("b", 600), ("a", 400)], Parts(plan));
    }

    [Fact]
    public void A_project_that_stops_soon_comes_first()
        => Assert.Equal([("b", 1000)], Parts(Place(1000, [Need("a", 10_000), Need("b", 10_000, urgency: 4)])));

    [Fact]
    public void Of_equal_weights_the_twin_city_comes_first()
    {
        var donor = Donor() with { City = "rome", CityName = "Rome", Twins = ["nablus"], Situation = Situation.Peace };
        var plan = Place(1000, [Need("a", 10_000), Need("b", 10_000) with { City = "nablus" }], donor: donor);
        Assert.Equal([("b", 1000)], Parts(plan));
        Assert.Contains(plan.Parts[0].Reasons, reason => reason.Code == "twin-city");
        Assert.Contains(plan.Parts[0].Reasons, reason => reason is { Code: "next", Text: "Next in line was a; what decided: you and this project have closer links." });
    }

    [Fact]
    public void The_next_in_line_is_not_named_by_the_project_that_the_part_went_to()
    {
        var plan = Place(500, [Need("a", 10_000) with { NeedId = "roof", MinimumViable = 600 }, Need("a", 10_000) with { NeedId = "walls" }]);
        Assert.Equal("Next in line was another need of this project; what decided: the need here was more pressing.", plan.Parts[0].Reasons.Single(reason => reason.Code == "next").Text);
    }

    [Fact]
    public void Of_equal_needs_the_one_begun_is_finished_first()
        => Assert.Equal([("b", 500)], Parts(Place(500, [Need("a", 10_000) with { Sectors = [Sector.Public] }, Need("b", 10_000) with { Committed = 100, Sectors = [Sector.Public] }])));

    [Fact]
    public void Next_in_line_is_who_would_get_the_next_unit()
    {
        var plan = Place(500, [Need("a", 10_000) with { Sectors = [Sector.Public] }, .. new[] { "b", "c" }.Select(id => Need(id, 10_000) with { Committed = 100, Sectors = [Sector.Public] })]);
        var next = plan.Parts[0].Reasons.Single(reason => reason.Code == "next");
        Assert.Equal(("c", "order"), (next.Data!["project"], next.Data["decided"]));
    }

    [Fact]
    public void A_tight_earmark_overfills_only_its_project_and_says_so()
    {
        var plan = Place(1500, [Need("a", 1000), Need("b", 1000)], earmark: new Earmark(["a"], [], []), overfill: true);
        Assert.Equal([("a", 1500)], Parts(plan));
        Assert.True(plan.Parts[0].Overfills);
        Assert.Equal(0, plan.Left);
    }

    [Fact]
    public void A_need_without_a_stated_requirement_is_reached_by_tight_earmarks_alone()
    {
        Assert.Equal(1000, Place(1000, [Need("a", 0)]).Left);
        Assert.Equal([("a", 1000)], Parts(Place(1000, [Need("a", 0)], earmark: new Earmark(["a"], [], []), overfill: true)));
    }

    [Fact]
    public void Without_a_rate_money_stands_with_that_reason()
    {
        var plan = Placement.Of(Line(1000, Unit.Of(Currency.Of("RWF")), rate: null), [Need("a", 1000)], Policy, Today, overfill: true);
        Assert.Equal((1000, "no-rate"), (plan.Left, plan.Standing));
    }

    [Fact]
    public void A_stated_value_counts_as_stated_at_a_need_in_its_currency()
    {
        var dollars = Unit.Of(Currency.Of("USD"));
        var need = Need("plan", 1_131_050_820_00) with { Unit = dollars, Rate = new ExchangeRate("USD", "EUR", 1.0889m, Today, "ECB") };
        var line = Line(500_000_00, Euro) with { Stated = new StatedValue(606_796_00, "USD") };
        var part = Assert.Single(Placement.Of(line, [need], Policy, Today, overfill: false).Parts);
        Assert.Equal(new Placed(500_000_00, 606_796_00), part.Amount);
    }

    [Fact]
    public void Laptops_never_meet_money_and_skills_never_meet_other_skills()
    {
        var laptops = Line(10, Unit.Goods("laptop", "piece", 0), rate: null);
        Assert.Equal(10, Placement.Of(laptops, [Need("a", 1000), Need("b", 1000) with { Unit = Unit.Hours("laptop"), Rate = null }], Policy, Today, true).Left);
    }

    [Fact]
    public void Nothing_is_created_lost_or_overfilled_and_the_same_needs_give_the_same_plan()
        => Gen.Select(Gen.Long[1, 5_000_000], GenNeed.Array[0, 12], Generate.OneOf("EUR", "USD", "JPY")).Sample((minor, needs, currency) =>
        {
            var line = Line(minor, Unit.Of(Currency.Of(currency)), RateOf(currency));
            var positions = needs.Select((need, i) => need with { ProjectId = $"p{i}" }).ToList();
            var plan = Placement.Of(line, positions, Policy, Today, overfill: false);
            Assert.Equal(minor, plan.Left + plan.Parts.Sum(part => part.Amount.Minor));
            Assert.Equal(plan.Parts.Count, plan.Parts.Select(part => part.Need.Ref).Distinct().Count());
            foreach (var part in plan.Parts)
            {
                Assert.True(part.Amount is { Minor: > 0, Value: > 0 });
                Assert.True(part.Need.Filled + part.Amount.Value <= part.Need.Required);
                if (part.Need.Unit.Code == currency) Assert.Equal(part.Amount.Minor, part.Amount.Value);
            }

            if (plan.Left > 0 && currency != "JPY")
                Assert.All(positions, need => Assert.True(Room(plan, need) <= 1 || RateOf(currency).UnitsPerReporting > 1, "room was left while units stand"));
            var again = Placement.Of(line, positions.AsEnumerable().Reverse(), Policy, Today, overfill: false);
            Assert.Equal(Parts(plan), Parts(again));
        }, iter: 10_000);

    [Fact]
    public void No_unit_could_have_weighed_more_elsewhere()
        => Gen.Select(Gen.Long[1, 100_000], GenNeed.Array[1, 8]).Sample((minor, needs) =>
        {
            var positions = needs.Select((need, i) => need with { ProjectId = $"p{i}", Unit = Euro, Rate = RateOf("EUR") }).ToList();
            var plan = Placement.Of(Line(minor, Euro), positions, Policy, Today, overfill: false);
            foreach (var part in plan.Parts)
            {
                var last = Policy.TranchesOf(part.Need).Last(tranche => tranche.From < part.Need.Filled + part.Amount.Value).Weight;
                foreach (var other in positions.Where(other => other.Ref != part.Need.Ref))
                {
                    var filled = other.Filled + (plan.Parts.FirstOrDefault(p => p.Need.Ref == other.Ref)?.Amount.Value ?? 0);
                    Assert.True((Policy.Next(other, filled)?.Weight ?? 0) <= last);
                }
            }
        }, iter: 10_000);

    private static readonly Gen<Position> GenNeed =
        Gen.Select(Gen.Long[0, 1_000_000], Gen.Long[0, 100], Gen.Long[0, 120], Generate.OneOf(1, 2, 4), Generate.OneOf("EUR", "USD", "JPY"))
            .Select((required, minimum, filled, urgency, currency) => Need("x", required, required * minimum / 100, urgency) with
            {
                Committed = required * filled / 100,
                Unit = Unit.Of(Currency.Of(currency)),
                Rate = RateOf(currency),
            });

    private static ExchangeRate RateOf(string currency) => new(currency, "EUR", currency switch { "EUR" => 1m, "USD" => 1.0889m, _ => 161.88m }, Today, "ECB");

    private static long Room(PlacementPlan plan, Position need)
        => need.Room - (plan.Parts.FirstOrDefault(part => part.Need.Ref == need.Ref)?.Amount.Value ?? 0);

    private static List<(string, long)> Parts(PlacementPlan plan) => [.. plan.Parts.Select(part => (part.Need.ProjectId, part.Amount.Minor))];

    private static PlacementPlan Place(long minor, Position[] needs, DonorFacts? donor = null, Earmark? earmark = null, bool overfill = false)
        => Placement.Of(Line(minor, Euro) with { Donor = donor ?? Donor(), Earmark = earmark ?? Earmark.None }, needs, Policy, Today, overfill);

    private static DonorFacts Donor() => new("rome", "Rome", Sector.Public, null, null, null, null, [], []);

    private static Line Line(long minor, Unit unit) => Line(minor, unit, RateOf("EUR"));

    private static Line Line(long minor, Unit unit, ExchangeRate? rate) => new(Areas.Youth, "rome.aaaaaaaaaaaaaaaa", unit, minor, minor, 0, 0, 0, [], 1, 0, null,
        Donor(), Earmark.None, null, rate, default);

    private static Position Need(string project, long required, long? minimum = null, int urgency = 1)
        => new(Areas.Youth, project, "main", Euro, required, minimum, 0, 0, 0, "kigali", "RW", Situation.Peace, null, null, urgency, [], RateOf("EUR"));
}
