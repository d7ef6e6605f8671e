using System.Text.Json.Nodes;
using FundingFlow.Local.Samples;
using FundingFlow.Money;
using FundingFlow.Projects;
using FundingFlow.Validation;
using MoneyUnit = FundingFlow.Money.Unit;

namespace FundingFlow.Tests.Unit.Samples;

public class SampleCatalogueTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly IReadOnlyList<JsonObject> Cities = Read("cities.json");
    private static readonly IReadOnlyList<JsonObject> Partners = Read("partners.json");
    private static readonly IReadOnlyList<JsonObject> Projects = Read("projects.json");
    private static readonly IReadOnlyList<JsonObject> Pledges = Read("pledges.json");

    private static IEnumerable<JsonObject> Needs => Projects.SelectMany(project => Objects(project["needs"]));

    [Fact]
    public void Ids_are_slugs_and_appear_once()
    {
        foreach (var collection in new[] { Cities, Partners, Projects })
        {
            Assert.All(Texts(collection, "id"), id => Assert.True(Slug.IsValid(id), id));
            Assert.Distinct(Texts(collection, "id"));
        }

        Assert.Distinct(Texts(Pledges, "idempotencyKey"));
        Assert.All(Projects, project => Assert.Distinct(Texts(Objects(project["needs"]), "id")));
    }

    [Fact]
    public void Every_city_that_is_named_is_in_the_catalogue()
    {
        var known = Texts(Cities, "id").ToHashSet();
        Assert.Subset(known, Texts(Partners, "city").Concat(Texts(Projects, "city")).Concat(Texts(Needs, "city")).ToHashSet());
        Assert.Subset(known, Pledges.SelectMany(pledge => Strings(pledge["earmark"]?["cities"])).ToHashSet());
    }

    [Fact]
    public void A_twin_is_named_after_it_was_introduced_so_that_one_pass_suffices()
    {
        var introduced = new HashSet<string>();
        foreach (var city in Cities)
        {
            Assert.Subset(introduced, Strings(city["twins"]).ToHashSet());
            introduced.Add(Text(city, "id")!);
        }

        Assert.NotEmpty(Cities.SelectMany(city => Strings(city["twins"])));
    }

    [Fact]
    public void Countries_agree_with_the_cities()
    {
        var countryOf = Cities.ToDictionary(city => Text(city, "id")!, city => Text(city, "country"));
        Assert.All(Partners.Concat(Projects), item => Assert.Equal(countryOf[Text(item, "city")!], Text(item, "country")));
    }

    [Fact]
    public void Every_pledge_names_a_partner_and_projects_of_the_catalogue()
    {
        Assert.Subset(Texts(Partners, "id").ToHashSet(), Texts(Pledges, "partnerId").ToHashSet());
        Assert.Subset(Texts(Projects, "id").ToHashSet(), Pledges.SelectMany(pledge => Strings(pledge["earmark"]?["projects"])).ToHashSet());
    }

    [Fact]
    public void Every_partner_has_pledged()
        => Assert.Equal(Texts(Partners, "id").Order(), Texts(Pledges, "partnerId").Distinct().Order());

    [Fact]
    public void All_areas_sectors_kinds_and_situations_appear()
    {
        Assert.Equal(Areas.All.Order(), Projects.Select(project => Text(project, "area")).Distinct().Order());
        Assert.Equal(["nonprofit", "private", "public"], Texts(Partners, "sector").Distinct().Order());
        Assert.Equal(["inKind", "money", "time"], Texts(Needs, "kind").Distinct().Order());
        Assert.Equal(["inKind", "money", "time"], Pledges.Select(pledge => Text(pledge["resource"], "kind")!).Distinct().Order());
        Assert.Equal(["conflict", "peace", "postConflict"], Texts(Cities, "situation").Distinct().Order());
        Assert.Equal(["en", "fr", "it"], Contacts().Select(contact => Text(contact, "language")!).Distinct().Order());
    }

    [Fact]
    public void Earmarks_of_every_kind_appear_and_currencies_of_different_exponents()
    {
        Assert.Contains(Pledges, pledge => pledge["areas"] is null && pledge["earmark"] is null);
        Assert.Contains(Pledges, pledge => pledge["earmark"]?["cities"] is not null);
        Assert.Contains(Pledges, pledge => pledge["earmark"]?["countries"] is not null);
        Assert.Contains(Pledges, pledge => pledge["earmark"]?["projects"] is not null);
        Assert.Contains(Pledges, pledge => Text(pledge, "visibility") == "anonymous");
        var exponents = Pledges.Select(pledge => Text(pledge["resource"], "currency")).OfType<string>().Select(code => Currency.Of(code).Exponent);
        Assert.Equal([0, 2], exponents.Distinct().Order());
    }

    [Fact]
    public void Some_projects_span_several_areas_and_several_cities()
    {
        Assert.Contains(Projects, project => Objects(project["needs"]).Any(need => need["area"] is not null && need["city"] is not null));
        Assert.Contains(Projects, project => Objects(project["needs"]).Select(need => Text(need, "city") ?? Text(project, "city")).Distinct().Count() >= 3);
    }

    [Fact]
    public void Addresses_lie_under_names_reserved_for_examples()
        => Assert.All(Contacts(), contact => Assert.Matches(@"@([a-z-]+\.)?example\.(org|com|net)$", Text(contact, "email")));

    [Fact]
    public void Amounts_fit_their_units_and_instalments_sum_to_the_pledge()
    {
        foreach (var pledge in Pledges)
        {
            var whole = Minor(pledge["resource"]!, null);
            if (pledge["schedule"] is { } schedule)
                Assert.Equal(whole, Objects(schedule).Sum(part => Minor(pledge["resource"]!, part)));
            foreach (var receipt in Objects(pledge["then"]).Select(step => step["receipt"]).OfType<JsonObject>())
                Assert.InRange(Minor(pledge["resource"]!, receipt), 1, whole);
        }
    }

    [Fact]
    public void Shares_of_a_pledge_sum_to_one_over_known_areas()
    {
        foreach (var areas in Pledges.Select(pledge => pledge["areas"]).OfType<JsonArray>())
        {
            Assert.All(areas, area => Assert.Contains(area is JsonObject ? Text(area, "area")! : area!.GetValue<string>(), Areas.All));
            if (areas[0] is JsonObject)
                Assert.Equal(1m, Objects(areas).Sum(area => decimal.Parse(Text(area, "share")!, System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void A_projects_budget_is_what_it_asks_for_in_money_and_has_no_holes()
    {
        foreach (var project in Projects)
        {
            var unit = MoneyUnit.Of(Currency.Of(Text(project, "currency")!));
            var asked = Objects(project["needs"]).Where(need => Text(need, "kind") == "money").Sum(need => Parse(Text(need, "amount")!, unit));
            var periods = Objects(project["budget"]).ToList();
            Assert.Equal(asked, periods.Sum(period => Parse(Text(period, "amount")!, unit)));
            Assert.All(periods.Zip(periods.Skip(1)), pair => Assert.Equal(Text(pair.First, "to"), Text(pair.Second, "from")));
        }
    }

    [Fact]
    public void Days_are_counted_from_the_day_of_loading()
    {
        Assert.Equal(0, SampleFiles.DaysFromToday("today"));
        Assert.Equal(30, SampleFiles.DaysFromToday("today+30"));
        Assert.Equal(-60, SampleFiles.DaysFromToday("today-60"));
        Assert.Null(SampleFiles.DaysFromToday("todayish"));
        Assert.Equal("2026-09-25", Text(Projects[0]["budget"]![0], "from"));
    }

    private static IReadOnlyList<JsonObject> Read(string name) => SampleFiles.Read(SampleFiles.DefaultFolder, name, Today);

    private static IEnumerable<JsonNode> Contacts()
        => Partners.SelectMany(partner => partner["contacts"] is JsonArray contacts ? contacts.OfType<JsonNode>() : [partner]);

    private static long Minor(JsonNode resource, JsonNode? part)
    {
        var (unit, member) = Text(resource, "kind") switch
        {
            "money" => (MoneyUnit.Of(Currency.Of(Text(resource, "currency")!)), "amount"),
            "time" => (MoneyUnit.Hours(Text(resource, "skill")!), "hours"),
            _ => (MoneyUnit.Goods(Text(resource, "item")!, Text(resource, "unit")!, 0), "quantity"),
        };
        return Parse(Text(part ?? resource, member)!, unit);
    }

    private static long Parse(string text, MoneyUnit unit)
    {
        Assert.Null(Amount.TryParse(text, unit, out var amount));
        return amount.Minor;
    }

    private static string? Text(JsonNode? node, string member) => node?[member]?.GetValue<string>();

    private static IEnumerable<string> Texts(IEnumerable<JsonNode> nodes, string member) => nodes.Select(node => Text(node, member)).OfType<string>();

    private static IEnumerable<string> Strings(JsonNode? list) => list is JsonArray items ? items.Select(item => item!.GetValue<string>()) : [];

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => list is JsonArray items ? items.OfType<JsonObject>() : [];
}
