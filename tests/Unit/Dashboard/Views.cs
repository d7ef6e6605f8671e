using FundingFlow.Money;
using FundingFlow.Projects;
using FundingFlow.Sustainability.Overview;
using MoneyUnit = FundingFlow.Money.Unit;

namespace FundingFlow.Tests.Unit.Dashboard;

/// <summary>A day in the life of a Forum, for tests that look at the staff page.</summary>
internal static class Views
{
    public static readonly DateOnly Today = new(2026, 11, 24);
    public static readonly MoneyUnit Euro = MoneyUnit.Of(Currency.Of("EUR"));
    private static readonly MoneyUnit Dollar = MoneyUnit.Of(Currency.Of("USD"));
    private static readonly MoneyUnit Yen = MoneyUnit.Of(Currency.Of("JPY"));
    private static readonly MoneyUnit Laptops = MoneyUnit.Goods("laptop", "piece", 0);
    private static readonly MoneyUnit Seeds = MoneyUnit.Goods("seeds", "kg", 3);
    private static readonly MoneyUnit Coaching = MoneyUnit.Hours("football-coaching");

    public static readonly OverviewView Empty = new(
        Today, new Funding(Euro, 0, 0, 0, 0), [], [], [], [.. Areas.All.Select(area => new GapOf(area, Areas.NameOf(area), "", null, []))], [], [], 0);

    public static readonly OverviewView Busy = new(
        Today,
        new Funding(Euro, 1_084_210_00, 141_905_50, 214_300_00, 262_480_00) { Conditional = 57_500_00 },
        ["RWF"],
        [
            Ending("sarajevo-open-library", "An open digital library for Sarajevo", "Sarajevo, BA", 10),
            Ending("freetown-market-sheds", "Market sheds and cold rooms for Freetown's fish traders", "Freetown, SL", 14),
            Ending("nablus-soap-workshops", "The soap makers of Nablus: workshops in the old city", "Nablus, PS", 22),
            Ending("world-youth-parliament", "World youth parliament of cities", "Rome, IT", 49),
            Ending("kigali-peri-urban-farms", "Peri-urban farms around Kigali", "Kigali, RW", 176),
        ],
        [
            new OpenAlert(AlertWeight.Critical, "short runway", "An open digital library for Sarajevo", false,
                [new("secured until", "2026-12-04"), new("days left", "10"), new("missing", "EUR 28500.00")],
                "Ask the partners to confirm what is proposed, or slow the spending down, before 4 December.", Today),
            new OpenAlert(AlertWeight.Critical, "funding gap", "The soap makers of Nablus: workshops in the old city", false,
                [new("coverage percent", "30"), new("requirement", "EUR 70000.00"), new("funding", "EUR 21,000"), new("gap", "EUR 49,000")],
                "Look for partners interested in Culture: EUR 49000.00 is open and nothing is proposed for it.", Today.AddDays(-3)),
            new OpenAlert(AlertWeight.Warning, "funding gap", "A shaded sports ground for Jericho's schools", true,
                [new("coverage", "0 %"), new("gap", "EUR 110,000")],
                "Ask the partners to confirm the EUR 18,000 proposed for it; another EUR 92,000 has still to be found.", Today.AddDays(-12)),
            new OpenAlert(AlertWeight.Watch, "funding gap", "Glocal travel: guests of the city, not only of the hotel", false,
                [new("coverage", "32 %"), new("gap", "EUR 52,000")], "Look for partners interested in Tourism.", Today.AddDays(-1)),
        ],
        [
            Area(Areas.SocioEconomic, new Funding(Euro, 361_000_00, 22_000_00, 65_000_00, 71_900_00) { Conditional = 57_500_00 }, [new(Euro, 225_000_00, 0, 85_000_00, 60_000_00), new(Dollar, 159_000_00, 0, 0, 18_410_00), new(Seeds, 2_500_000, 0, 900_000, 600_000)]),
            Area(Areas.Sport, new Funding(Euro, 186_000_00, 29_000_00, 20_700_00, 10_400_00), [new(Euro, 145_000_00, 0, 0, 0), new(Dollar, 48_000_00, 0, 24_000_00, 12_000_00), new(Coaching, 275_000, 0, 114_000, 26_000)]),
            Area(Areas.Culture, new Funding(Euro, 204_000_00, 41_000_00, 36_000_00, 43_000_00), [new(Euro, 204_000_00, 41_000_00, 36_000_00, 43_000_00)]),
            Area(Areas.Youth, new Funding(Euro, 168_210_00, 22_000_00, 44_500_00, 44_500_00), [new(Euro, 159_000_00, 0, 30_000_00, 30_000_00), new(Yen, 8_400_000, 0, 2_500_000, 2_500_000)]),
            Area(Areas.CityDiplomacy, new Funding(Euro, 119_000_00, 9_000_00, 10_000_00, 45_000_00), [new(Euro, 98_000_00, 0, 10_000_00, 45_000_00)]),
            Area(Areas.Ict, new Funding(Euro, 100_000_00, 5_000_00, 17_000_00, 40_000_00), [new(Dollar, 60_000_00, 0, 20_000_00, 25_000_00), new(Laptops, 100, 18, 22, 20)]),
            Area(Areas.Tourism, new Funding(Euro, 24_000_00, 0, 12_000_00, 14_500_00), [new(Euro, 24_000_00, 0, 12_000_00, 14_500_00)]),
        ],
        [
            Project("jericho-sports-ground", "A shaded sports ground for Jericho's schools", "Jericho, PS", new Funding(Euro, 110_000_00, 18_000_00, 0, 0), [new(Coaching, 25_000, 0, 0, 0)], 45),
            Project("kigali-peri-urban-farms", "Peri-urban farms around Kigali", "Kigali, RW", new Funding(Euro, 225_000_00, 10_000_00, 85_000_00, 60_000_00) { Conditional = 57_500_00 }, [new(Laptops, 40, 0, 10, 20)], 176),
            Project("nablus-soap-workshops", "The soap makers of Nablus: workshops in the old city", "Nablus, PS", new Funding(Euro, 70_000_00, 0, 0, 21_000_00), [], 22),
            Project("city-gateways-database", "City gateways: one database of who in a city answers for what", "Toronto, CA", new Funding(Euro, 51_000_00, 0, 17_000_00, 21_600_00), [new(Dollar, 60_000_00, 0, 20_000_00, 25_000_00)], null),
            Project("exchange", "Twin towns' exchange of gardeners", "Pisa, IT", null, [new(MoneyUnit.Hours("agronomy"), 12_050, 0, 0, 0)], null),
            Project("glocal", "Glocal travel <script>alert('x')</script>", "Kigali, RW", new Funding(Euro, 24_000_00, 0, 12_000_00, 14_500_00), [], 120),
        ],
        [
            new WaitingLine("kivu-coffee-traders.7f3k2mq", "Kivu Coffee Traders", Areas.SocioEconomic, new Amount(6_500_000, MoneyUnit.Of(Currency.Of("RWF"))), Today.AddDays(-34), "no-rate"),
            new WaitingLine("municipality-of-pisa.0c9d", "Municipality of Pisa", Areas.Sport, new Amount(8_000, MoneyUnit.Hours("refereeing")), Today.AddDays(-1), "no-need"),
            new WaitingLine("kivu-coffee-traders.55aa", "Kivu Coffee Traders", null, new Amount(12, MoneyUnit.Goods("sewing-machine", "piece", 0)), Today, "no-need"),
        ],
        2);

    /// <summary>Names as somebody may write them, of one long word each.</summary>
    public static readonly OverviewView LongNames = Empty with
    {
        Ending = [Ending("long", Long(200), "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch, GB", 10)],
        Alerts = [.. Enumerable.Repeat(new OpenAlert(AlertWeight.Watch, "funding gap", Long(200), false, [new("gap", "EUR 1.00")], Long(300), Today), 1234)],
        Areas = [Area(Areas.Ict, new Funding(Euro, 100_00, 0, 0, 0), [new(MoneyUnit.Goods(Long(64), Long(20), 0), 5, 0, 0, 0)])],
        Projects = [Project("long", Long(200), "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch, GB", new Funding(Euro, 100_00, 0, 0, 0), [new(MoneyUnit.Hours(Long(64)), 5_00, 0, 0, 0)], 10)],
        Waiting = [new WaitingLine($"{Long(64)}.55aa", Long(200), null, new Amount(12, MoneyUnit.Goods(Long(64), Long(20), 0)), Today, "no-need")],
    };

    private static string Long(int letters) => new('w', letters);

    private static EndingProject Ending(string id, string title, string place, int days) => new(id, title, place, Today.AddDays(days));

    private static GapOf Area(string area, Funding? money, IReadOnlyList<Funding> units) => new(area, Areas.NameOf(area), "", money, units);

    private static GapOf Project(string id, string title, string place, Funding? money, IReadOnlyList<Funding> units, int? days)
        => new(id, title, place, money, units, days is { } some ? Today.AddDays(some) : null);
}
