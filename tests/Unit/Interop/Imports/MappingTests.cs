using System.Text;
using FundingFlow.Interop.Imports;
using FundingFlow.Interop.Imports.Mapping;

namespace FundingFlow.Tests.Unit.Interop.Imports;

public class MappingTests
{
    [Theory]
    [InlineData("{}", "/kind")]
    [InlineData("[]", "")]
    [InlineData("{\"kind\":\"wishes\",\"fields\":{}}", "/kind")]
    [InlineData("{\"kind\":\"pledges\",\"fields\":{}}", "/kind")]
    [InlineData("{\"kind\":\"projects\"}", "/fields")]
    [InlineData("{\"kind\":\"projects\",\"fields\":[]}", "/fields")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{},\"colour\":1}", "/colour")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"titel\":\"x\"}}", "/fields/titel")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"title\":7}}", "/fields/title")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"title\":\"{Name\"}}", "/fields/title")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"title\":\"Name}\"}}", "/fields/title")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"title\":[]}}", "/fields/title")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"title\":[\"{Name}\",3]}}", "/fields/title/1")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"title\":{\"table\":{}}}}", "/fields/title/value")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"title\":{\"value\":\"{Name}\",\"shout\":true}}}", "/fields/title/shout")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"area\":{\"value\":\"{Name}\",\"table\":{\"A\":\"x\",\" a\":\"y\"}}}}", "/fields/area/table/ a")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"area\":{\"value\":\"{Name}\",\"table\":{\"A\":{\"value\":1}}}}}", "/fields/area/table/A/value")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"area\":{\"value\":\"{Name}\",\"rules\":[{\"then\":\"x\"}]}}}", "/fields/area/rules/0/contains")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"area\":{\"value\":\"{Name}\",\"rules\":[{\"contains\":\"x\"}]}}}", "/fields/area/rules/0/then")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"area\":{\"value\":\"{Name}\",\"rules\":[{\"matches\":\"(\",\"then\":\"x\"}]}}}", "/fields/area/rules/0/matches")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"area\":{\"value\":\"{Name}\",\"rules\":[{\"matches\":\"(?=a)\",\"then\":\"x\"}]}}}", "/fields/area/rules/0/matches")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"area\":{\"value\":\"{Name}\",\"else\":\"x\"}}}", "/fields/area/else")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"area\":{\"value\":\"{Name}\",\"split\":\", \"}}}", "/fields/area/split")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{},\"delimiter\":\"x\"}", "/delimiter")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{},\"encoding\":\"koi8-r\"}", "/encoding")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{},\"numbers\":{\"decimal\":\",\",\"thousands\":\",\"}}", "/numbers/thousands")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{},\"dates\":[\"whenever\"]}", "/dates/0")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{},\"createPartners\":true}", "/createPartners")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{},\"version\":2}", "/version")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"title\":\"\\ud800\"}}", "/fields/title")]
    [InlineData("{\"kind\":\"projects\",\"fields\":{\"\\ud800\":\"x\"}}", "/fields")]
    public void A_wrong_mapping_is_refused_at_its_place(string json, string pointer)
    {
        var refusal = ImportMapping.Parse(Encoding.UTF8.GetBytes(json), ImportKind.Projects).Refusal;
        Assert.NotNull(refusal);
        Assert.Contains(pointer, refusal.Errors!.Keys);
    }

    [Fact]
    public void A_column_that_the_file_lacks_is_named_with_those_that_it_has()
    {
        var refusal = ImportPlan.Make(ImportKind.Projects, "Name,Cost\nA,1\n"u8.ToArray(), Json("""{"kind":"projects","fields":{"title":"{Title}"}}""")).Refusal!;
        Assert.Contains("Name, Cost", refusal.Errors!["/mapping/fields/title"][0], StringComparison.Ordinal);
    }

    [Fact]
    public void Nested_too_deeply_is_refused()
    {
        var json = "{\"kind\":\"projects\",\"fields\":{\"title\":" + new string('[', 5000) + new string(']', 5000) + "}}";
        Assert.NotNull(ImportMapping.Parse(Encoding.UTF8.GetBytes(json)).Refusal);
    }

    [Theory]
    [InlineData("\"{Name} of {City}\"", "Youth hub of Łódź")]
    [InlineData("\"{{{Name}}}\"", "{Youth hub}")]
    [InlineData("\"always\"", "always")]
    [InlineData("\"x{Empty}\"", "")]
    [InlineData("\"{Empty}-{City}\"", "-Łódź")]
    [InlineData("[\"{Empty}\", \"{No such column}\", \"{City}\", \"{Name}\"]", "Łódź")]
    [InlineData("{\"value\":\"{Kind}\",\"table\":{\"public body\":\"public\",\"*\":\"private\"}}", "public")]
    [InlineData("{\"value\":\"{City}\",\"table\":{\"public body\":\"public\",\"*\":\"private\"}}", "private")]
    [InlineData("{\"value\":\"{Empty}\",\"table\":{\"\":\"none\",\"*\":\"some\"}}", "none")]
    [InlineData("{\"value\":\"{Kind}\",\"table\":{\"public body\":{\"value\":\"{Name}\",\"rules\":[{\"contains\":\"HUB\",\"then\":\"{City}\"}],\"else\":\"x\"}}}", "Łódź")]
    [InlineData("{\"value\":\"{Name}\",\"rules\":[{\"contains\":[\"sport\",\"youth\"],\"then\":\"youth\"},{\"matches\":\"hub$\",\"then\":\"ict\"}]}", "youth")]
    [InlineData("{\"value\":\"{Name}\",\"rules\":[{\"matches\":\"HUB$\",\"then\":\"ict\"}]}", "ict")]
    [InlineData("{\"value\":\"{City}\",\"slug\":true}", "odz")]
    [InlineData("{\"value\":\"{Name}\",\"cut\":6}", "Youth…")]
    [InlineData("{\"value\":\"{Messy}\",\"clean\":true}", "two lines")]
    public void A_value_comes_to(string json, string expected)
        => Assert.Equal(expected, Row("title", json).Row?["title"] ?? "");

    [Fact]
    public void Several_areas_come_from_one_cell_without_repetition()
    {
        var row = Row("areas", """{"value":"{Topics}","split":",","table":{"art":"culture","music":"culture","sport":"sport","*":""}}""", "pledges").Row!;
        Assert.Equal(["culture", "sport"], row.List("areas"));
    }

    [Theory]
    [InlineData("title", "\"{Messy}\"", "control characters")]
    [InlineData("title", "\"{Nul}\"", "control characters")]
    [InlineData("amount", "\"{Name}\"", "is not a number written like 1.250,00")]
    [InlineData("startsOn", "\"{Name}\"", "is not a date written as dd.MM.yyyy")]
    [InlineData("area", "{\"value\":\"{Name}\",\"table\":{\"a\":\"b\"}}", "is not in the mapping's table")]
    [InlineData("area", "{\"value\":\"{Name}\",\"rules\":[{\"contains\":\"a\",\"then\":\"b\"}]}", "meets none of the mapping's rules")]
    [InlineData("id", "\"{Name}\"", "must be a slug")]
    public void What_a_cell_does_not_hold_is_an_error_of_its_field(string field, string json, string error)
    {
        var wrong = Assert.Single(Row(field, json).Errors);
        Assert.Equal(field, wrong.Field);
        Assert.Contains(error, wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".", null, "1250.5", "1250.5")]
    [InlineData(".", ",", "$1,250,000.00", "1250000.00")]
    [InlineData(".", ",", "1,25", null)]
    [InlineData(".", null, "1,250", null)]
    [InlineData(",", ".", "1.250,50 €", "1250.50")]
    [InlineData(",", " ", "1 250", "1250")]
    [InlineData(",", "\u00a0", "1\u00a0250,5", "1250.5")]
    [InlineData(".", null, "-5", "-5")]
    [InlineData(".", null, "1e5", null)]
    [InlineData(".", null, "NaN", null)]
    [InlineData(".", null, "5.", null)]
    public void Numbers_are_read_strictly(string point, string? thousands, string text, string? plain)
        => Assert.Equal(plain, new NumberFormat(point[0], thousands?[0]).ToPlain(text));

    [Theory]
    [InlineData("24.11.2026", "dd.MM.yyyy", "2026-11-24")]
    [InlineData("11/4/2026", "M/d/yyyy", "2026-11-04")]
    [InlineData("31.02.2026", "dd.MM.yyyy", null)]
    [InlineData("2026-11-24T22:30:00Z", null, "2026-11-24")]
    [InlineData("2026-11-24T22:30:00-08:00", null, "2026-11-24")]
    [InlineData("2026-11-24T00:30:00+09:00", null, "2026-11-24")]
    public void Dates_are_read_by_the_stated_formats(string text, string? format, string? day)
        => Assert.Equal(day, (format is null ? DateFormats.Iso : new DateFormats([format])).ToDay(text)?.ToString("yyyy-MM-dd", null));

    [Fact]
    public void A_skipped_row_is_named_with_its_reason()
    {
        var plan = ImportPlan.Make(ImportKind.Partners, "Name,Type\nA,x\nTotal,\n"u8.ToArray(),
            Json("""{"kind":"partners","skip":{"value":"{Name}","table":{"total":"is a sum","*":""}},"fields":{"name":"{Name}","sector":"public"}}""")).Value;
        Assert.Equal([null, "is a sum"], plan.Rows().Select(row => row.Skipped));
    }

    [Fact]
    public void Identical_rows_get_keys_of_their_own_that_a_second_reading_repeats()
    {
        var plan = ImportPlan.Make(ImportKind.Projects, "Year,Title\n2015,Bus clocks\n2015,Bus clocks\n2016,Bus clocks\n"u8.ToArray(),
            Json("""{"kind":"projects","label":"nyc-{Year}-{Title}","fields":{"title":"{Title}"}}""")).Value;
        var keys = plan.Rows().Select(row => row.Row!.Key).ToList();
        Assert.Equal(3, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches("^nyc-201[56]-bus-clocks-[0-9a-f]{16}$", key));
        Assert.Equal(keys, plan.Rows().Select(row => row.Row!.Key));
    }

    [Fact]
    public void An_id_that_comes_twice_is_refused_with_the_line_of_the_first()
    {
        var plan = ImportPlan.Make(ImportKind.Projects, "id,title\na,One\na,Two\n"u8.ToArray(), null).Value;
        var error = Assert.Single(plan.Rows().Last().Errors);
        Assert.Contains("stands in line 2 already", error.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_none_of_ours_needs_a_mapping()
        => Assert.Contains("'Titel'", ImportPlan.Make(ImportKind.Projects, "id,Titel\n"u8.ToArray(), null).Refusal!.Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData(ImportKind.Partners)]
    [InlineData(ImportKind.Projects)]
    [InlineData(ImportKind.Pledges)]
    public void The_template_imports_without_a_mapping(ImportKind kind)
    {
        var row = Assert.Single(ImportPlan.Make(kind, ImportTemplate.Of(kind), null).Value.Rows());
        Assert.Empty(row.Errors);
        Assert.StartsWith("example-", row.Row!.Key, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_longer_than_a_slug_or_without_latin_letters_stays_its_own_partner()
    {
        string[] names = [new string('a', 70) + "x", new string('a', 70) + "y", "東京", "大阪"];
        var ids = names.Select(PartnerId.From).ToList();
        Assert.Equal(4, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(Validation.Slug.IsValid(id), id));
        Assert.Equal("municipality-of-rome", PartnerId.From("Municipality of Rome"));
    }

    private static RowResult Row(string field, string value, string kind = "projects")
    {
        var file = "Name,City,Kind,Empty,Messy,Nul,Topics\nYouth hub,Łódź,Public  BODY,,\" two\n\u009dlines\",a\0b,\"art, music,sport,other\"\n";
        var mapping = $$$"""{"kind":"{{{kind}}}","numbers":{"decimal":",","thousands":"."},"dates":["dd.MM.yyyy"],"fields":{"{{{field}}}":{{{value}}}}}""";
        return ImportPlan.Make(Enum.Parse<ImportKind>(kind, true), Encoding.UTF8.GetBytes(file), Json(mapping)).Value.Rows().Single();
    }

    private static byte[] Json(string json) => Encoding.UTF8.GetBytes(json);
}
