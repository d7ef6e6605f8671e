using System.Numerics;
using CsCheck;
using FundingFlow.Cities;
using FundingFlow.Functions.Projects;
using FundingFlow.Functions.Sustainability;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Projects;
using FundingFlow.Sustainability.Gaps;
using FundingFlow.Tests.Unit.Http;

namespace FundingFlow.Tests.Unit.Sustainability;

using Unit = FundingFlow.Money.Unit;

public sealed class GapsTests : IDisposable
{
    private static readonly Unit[] Units =
        [Unit.Of(Currency.Of("EUR")), Unit.Of(Currency.Of("USD")), Unit.Of(Currency.Of("JPY")), Unit.Of(Currency.Of("RWF")), Unit.Goods("laptop", "piece", 0), Unit.Hours("teaching")];

    private static readonly Gen<Position> Positions =
        from unit in Gen.Int[0, Units.Length - 1]
        from area in Gen.Int[0, 6]
        from place in Gen.Int[0, 3]
        from project in Gen.Int[0, 5]
        from figures in Gen.Select(Gen.Long[0, Amount.Largest], Gen.Long[0, Amount.Largest], Gen.Long[0, Amount.Largest], Gen.Long[0, Amount.Largest])
        from least in Gen.Long[0, Amount.Largest]
        select new Position(Areas.All[area], $"project-{project}", "need", Units[unit], figures.Item1, least, figures.Item2, figures.Item3, figures.Item4,
            $"city-{place}", place < 2 ? "IT" : "RW", Situation.Peace, null, null, 1, [], null);

    private readonly TestApi api = new();

    public void Dispose() => api.Dispose();

    [Fact]
    public void Rows_sum_to_the_positions_and_totals_by_key_to_the_totals_whatever_they_are_added_up_by()
        => Gen.Select(Positions.List[0, 40], Gen.Enum<GapKey>()).Sample((positions, by) =>
        {
            var report = GapReport.Of(positions, by, Rate);
            foreach (var unit in Units)
            {
                var rows = Figures.Sum(report.Rows.Where(row => row.Unit == unit).Select(row => row.Figures.Figures));
                Assert.Equal(Figures.Sum(positions.Where(position => position.Unit == unit).Select(Figures.Of)), rows);
            }

            Assert.Equal(report.Rows.Count, report.Rows.Select(row => (row.Key, row.Unit)).Distinct().Count());
            Assert.Equal(report.Totals, GapFigures.Sum(report.TotalsByKey.Select(total => total.Figures)));
            Assert.Equal(report.Totals.Figures.Gap, report.TotalsByKey.Aggregate(BigInteger.Zero, (sum, total) => sum + total.Figures.Figures.Gap));
            Assert.Equal(positions.Any(position => position.Unit.Code == "RWF") ? ["RWF"] : [], report.WithoutRate);
        }, iter: 10_000);

    [Fact]
    public void Totals_do_not_depend_on_what_they_are_added_up_by()
        => Positions.List[0, 40].Sample(positions =>
            Assert.Single(Enum.GetValues<GapKey>().Select(by => GapReport.Of(positions, by, Rate).Totals).Distinct()), iter: 2_000);

    [Theory]
    [InlineData(1, 3, "0.3333")]
    [InlineData(99_999, 100_000, "0.9999")]
    [InlineData(3, 2, "1.5000")]
    [InlineData(0, 5, "0.0000")]
    [InlineData(5, 0, null)]
    public void Coverage_is_rounded_down_so_that_one_means_all(long funding, long requirement, string? coverage)
        => Assert.Equal(coverage, new Figures(requirement, 0, funding, 0).Coverage);

    [Theory]
    [InlineData(-5, 2, "-0.05")]
    [InlineData(123456, 2, "1234.56")]
    [InlineData(-7, 0, "-7")]
    [InlineData(0, 3, "0.000")]
    public void Sums_are_written_exactly(long minor, int exponent, string text) => Assert.Equal(text, Figures.Text(minor, exponent));

    [Fact]
    public void What_lies_in_a_need_below_its_minimum_is_told_and_overfunding_is_a_negative_gap()
    {
        var need = new Position("youth", "p", "n", Units[0], 1000, 500, 100, 300, 199, "rome", "IT", Situation.Peace, null, null, 1, [], null);
        Assert.Equal(499, GapFigures.Of(need).BelowMinimum);
        Assert.Equal(0, GapFigures.Of(need with { Received = 200 }).BelowMinimum);
        Assert.Equal(-500, GapFigures.Of(need with { Received = 1200 }).Figures.Gap);
    }

    [Fact]
    public async Task The_call_answers_rows_by_key_with_names_and_totals_in_the_reporting_currency()
    {
        await PutAsync("farm", "Kigali", "RW", "socio-economic", "EUR", "1000.00");
        await PutAsync("school", "Nablus", "PS", "sport", "USD", "10889.00");
        await PutAsync("club", "Kigali", "RW", "sport", "RWF", "5000");
        var answer = await api.GetAsync<GetGaps>(query: "?by=country&asOf=2026-11-24");
        Assert.Equal(200, answer.Status);
        var rows = answer.Body.GetProperty("rows").EnumerateArray()
            .Select(row => (row.GetProperty("key").GetString(), row.GetProperty("name").GetString(), row.GetProperty("currency").GetString(), row.GetProperty("gap").GetString()));
        Assert.Equal([("PS", "Palestine (State of)", "USD", "10889.00"), ("RW", "Rwanda", "EUR", "1000.00"), ("RW", "Rwanda", "RWF", "5000")], rows);
        Assert.Equal("11000.00", answer.Body.GetProperty("totals").GetProperty("gap").GetString());
        Assert.Equal("EUR", answer.Body.GetProperty("totals").GetProperty("currency").GetString());
        Assert.Equal("RWF", answer.Body.GetProperty("withoutRate")[0].GetString());
        Assert.Equal("country", answer.Text("by"));
        Assert.Equal("area", (await api.GetAsync<GetGaps>()).Text("by"));
    }

    [Theory]
    [InlineData("?by=continent", "/by")]
    [InlineData("?by=0", "/by")]
    [InlineData("?asOf=yesterday", "/asOf")]
    [InlineData("?asOf=2026-02-30", "/asOf")]
    [InlineData("?asOf=2026-11-25", "/asOf")]
    [InlineData("?asOf=2026-11-23", "/asOf")]
    public async Task Bad_input_is_refused_at_the_member(string query, string pointer)
    {
        var answer = await api.GetAsync<GetGaps>(query: query);
        Assert.Equal((400, pointer), (answer.Status, answer.Pointers.Single()));
    }

    private static ExchangeRate? Rate(Position position) => position.Unit.Code switch
    {
        "EUR" => ExchangeRate.Same("EUR", DateOnly.MinValue),
        "USD" => new ExchangeRate("USD", "EUR", 1.0889m, DateOnly.MinValue, "ECB"),
        "JPY" => new ExchangeRate("JPY", "EUR", 161.88m, DateOnly.MinValue, "ECB"),
        _ => null,
    };

    private async Task PutAsync(string id, string city, string country, string area, string currency, string amount)
        => Assert.Equal(201, (await api.PutAsync<PutProject>(id,
            $$"""{"title":"T","city":"{{city}}","country":"{{country}}","area":"{{area}}","currency":"{{currency}}","needs":[{"kind":"money","amount":"{{amount}}"}]}""")).Status);
}
