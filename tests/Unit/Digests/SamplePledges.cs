using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;

namespace FundingFlow.Tests.Unit.Digests;

using Unit = FundingFlow.Money.Unit;

/// <summary>The Municipality of Rome, its pledges and where they went; today is 2 December 2026, the digest that of November.</summary>
internal static class SamplePledges
{
    public static readonly DateTimeOffset Now = new(2026, 12, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Unit Euro = Unit.Of(Currency.Of("EUR"));
    private static readonly Unit Laptops = Unit.Goods("laptop", "piece", 0);
    private static readonly Unit Coaching = Unit.Hours("coaching");
    private static readonly DonorFacts Rome = new("rome", "Municipality of Rome", Sector.Public, "rome", "Rome", "IT", Situation.Peace, ["kigali"], []);

    public static Pledge Of(string id, long minor, Unit? unit = null, DateTimeOffset? at = null, string? reference = null)
        => new(
            id, "rome", "hash", new Resource(unit ?? Euro, minor), [new AreaShare(Areas.SocioEconomic)], Earmark.None, [], null, Visibility.Public,
            reference, at ?? new DateTimeOffset(2026, 11, 12, 10, 0, 0, TimeSpan.Zero), "key-1", null)
        { Split = [new LineSplit(Areas.SocioEconomic, minor)] };

    public static Contact Giulia(string language) => new("rome", "giulia", "Giulia Rossi", "giulia@rome.example", language, "Europe/Rome", DigestChoice.Default);

    public static FakeForum Forum(string language)
    {
        var forum = new FakeForum();
        forum.Partners["rome"] = new Partner("rome", "Municipality of Rome", Sector.Public, "rome", "IT", [Areas.SocioEconomic, Areas.Sport]);
        forum.Contacts.Add(Giulia(language));
        forum.Cities["kigali"] = new City("kigali", "Kigali", [], "RW", null, null, null, ["rome"], Situation.PostConflict);
        forum.Cities["nablus"] = new City("nablus", "Nablus", [], "PS", null, null, null, [], Situation.Conflict);
        AddProjects(forum);
        AddMoney(forum);
        AddGoods(forum);
        AddHours(forum);
        return forum;
    }

    private static void AddProjects(FakeForum forum)
    {
        forum.Projects["kigali-farms"] = Project("kigali-farms", "Peri-urban agriculture in Kigali", "kigali", Areas.SocioEconomic);
        forum.Projects["nablus-school"] = Project("nablus-school", "A sports school for girls & boys", "nablus", Areas.Sport);
        forum.Positions.Add(Position("kigali-farms", "seeds", Euro, 180_000_00, proposed: 12_500_00, committed: 40_000_00, received: 71_250_50));
        forum.Positions.Add(Position("kigali-farms", "laptops", Laptops, 60, received: 60));
        forum.Positions.Add(Position("nablus-school", "hall", Euro, 250_000_00, committed: 2_000_00, area: Areas.Sport));
        forum.Positions.Add(Position("nablus-school", "coaches", Coaching, 400_00, proposed: 40_00, committed: 100_00, area: Areas.Sport));
    }

    private static void AddMoney(FakeForum forum)
    {
        var pledge = Of("rome.7f3k", 60_000_00, reference: "DGC 112/2026");
        forum.Pledges.Add(pledge with
        {
            Schedule = [new Instalment(new(2026, 11, 15), 20_000_00), new Instalment(new(2026, 12, 20), 20_000_00), new Instalment(new(2027, 6, 30), 20_000_00)],
        });
        forum.Lines.Add(Line(pledge, Areas.SocioEconomic, unallocated: 7_500_00, new PartRef("kigali-farms", "seeds")));
        forum.Allocations.Add(Part(pledge, "kigali-farms", "seeds", proposed: 12_500_00, committed: 30_000_00, received: 10_000_00) with
        {
            Reasons =
            [
                Of(ReasonCode.Area, "It is a need in Socio-economic.", ("area", Areas.SocioEconomic)),
                Of(ReasonCode.TwinCity, "Rome and the city of this need are twin cities.", ("home", "Rome")),
                Of(ReasonCode.Completes, "It completes the need of 180000.00 EUR.", ("amount", "180000.00"), ("unit", "EUR")),
                Of(ReasonCode.Next, "Next in line was A sports school for girls & boys; what decided: you and this project have closer links.",
                    ("title", "A sports school for girls & boys"), ("decided", NextDecided.Fit)),
            ],
        });
    }

    private static void AddGoods(FakeForum forum)
    {
        var pledge = Of("rome.9laptops", 20, Laptops, new DateTimeOffset(2026, 10, 3, 8, 0, 0, TimeSpan.Zero));
        forum.Pledges.Add(pledge);
        forum.Lines.Add(Line(pledge, Areas.SocioEconomic, 0, new PartRef("kigali-farms", "laptops")));
        forum.Allocations.Add(Part(pledge, "kigali-farms", "laptops", received: 20) with
        {
            Reasons =
            [
                Of(ReasonCode.Adds, "It brings the need from 8 % to 41 % of 60 piece of laptop.",
                    ("amount", "60"), ("unit", "laptop"), ("measure", "piece"), ("fromPercent", "8"), ("toPercent", "41")),
                Of(ReasonCode.OnlyNeed, "No other open need asks for laptop here.", ("unit", "laptop"), ("measure", "piece")),
                Of(ReasonCode.Rebalanced, "Moved from A library to Peri-urban agriculture in Kigali on 2026-11-08 because the needs are met better so, all pledges taken together.",
                    ("from", "A library"), ("to", "Peri-urban agriculture in Kigali"), ("on", "2026-11-08"), ("decided", MoveDecided.Together)),
            ],
        });
    }

    private static void AddHours(FakeForum forum)
    {
        var pledge = Of("rome.hours", 40_50, Coaching) with { Split = [new LineSplit(Areas.Any, 40_50)] };
        forum.Pledges.Add(pledge);
        forum.Lines.Add(Line(pledge, Areas.Any, 0) with { MovedOut = 40_50, Sendings = [new Sending("s1", Areas.Sport, 40_50, true)] });
        forum.Lines.Add(Line(pledge, Areas.Sport, 50, new PartRef("nablus-school", "coaches")) with { Amount = 0, MovedIn = 40_50, Standing = Standing.Dates });
        forum.Allocations.Add(Part(pledge, "nablus-school", "coaches", area: Areas.Sport, proposed: 40_00) with
        {
            Reasons =
            [
                new Reason(ReasonCode.EarmarkCity, "It is in a city that you chose."),
                new Reason(ReasonCode.Urgent, "The project's money lasts less than 30 days."),
            ],
        });
    }

    private static Reason Of(string code, string text, params (string Name, string Value)[] data)
        => new(code, text) { Data = data.ToDictionary(entry => entry.Name, entry => entry.Value) };

    private static Project Project(string id, string title, string city, string area)
        => new(id, title, city, "XX", area, "EUR", null, null, null, [], [], []);

    private static Position Position(
        string project, string need, Unit unit, long required, long proposed = 0, long committed = 0, long received = 0, string area = Areas.SocioEconomic)
        => new(area, project, need, unit, required, null, proposed, committed, received, "kigali", "RW", Situation.Peace, null, null, 1, [],
            unit.IsMoney ? ExchangeRate.Same("EUR", new DateOnly(2026, 11, 1)) : null);

    private static Line Line(Pledge pledge, string area, long unallocated, params PartRef[] parts)
        => new(area, pledge.Id, pledge.Resource.Unit, pledge.Resource.Minor, unallocated, 0, 0, 0, parts, 1, 1, null, Rome, Earmark.None, null, null, pledge.SubmittedAt);

    private static Allocation Part(
        Pledge pledge, string project, string need, string area = Areas.SocioEconomic, long proposed = 0, long committed = 0, long received = 0)
        => new(area, pledge.Id, "rome", project, need, pledge.Resource.Unit, pledge.Resource.Unit,
            new Placed(proposed, proposed), new Placed(committed, committed), new Placed(received, received), [], pledge.SubmittedAt);
}
