using System.Text;
using System.Text.Json.Nodes;
using FundingFlow.Cities;
using FundingFlow.Local.Samples;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Unit.Samples;

/// <summary>Every sample is what the HTTP calls themselves would read, to the last member.</summary>
public class SampleContractTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Fact]
    public void Cities_are_read_without_an_error() => AssertRead("cities.json", CityStatement.Read);

    [Fact]
    public void Partners_are_read_without_an_error() => AssertRead("partners.json", PartnerStatement.Read);

    [Fact]
    public void Projects_are_read_without_an_error() => AssertRead("projects.json", ProjectStatement.Read);

    [Fact]
    public void Pledges_are_read_without_an_error() => AssertRead("pledges.json", PledgeReader.Read);

    [Fact]
    public void Receipts_are_read_without_an_error()
    {
        var receipts = Items("pledges.json").SelectMany(pledge => pledge["then"] as JsonArray ?? []).Select(step => step!["receipt"]).OfType<JsonObject>().ToList();
        Assert.NotEmpty(receipts);
        Assert.All(receipts, receipt => Read(receipt, ReceiptReader.Read));
    }

    [Fact]
    public void A_notebook_meets_a_need_for_laptops_and_referees_meet_none()
    {
        Assert.Equal(Catalogue.Item("laptop", "piece"), Catalogue.Item("notebook", "piece"));
        Assert.False(Catalogue.Skill("refereeing").Known);
    }

    private static void AssertRead<T>(string file, Func<JsonInput, T?> read)
    {
        foreach (var item in Items(file))
        {
            item.Remove("idempotencyKey");
            item.Remove("then");
            Read(item, read);
        }
    }

    private static void Read<T>(JsonObject item, Func<JsonInput, T?> read)
    {
        var outcome = JsonInput.Parse(Encoding.UTF8.GetBytes(item.ToJsonString()), read);
        Assert.True(outcome.Refusal is null, $"{outcome.Refusal?.Detail}\n{item}");
    }

    private static IReadOnlyList<JsonObject> Items(string file) => SampleFiles.Read(SampleFiles.DefaultFolder, file, Today);
}
