using FundingFlow.Functions.Money;
using FundingFlow.Money;
using FundingFlow.Storage;
using FundingFlow.Tests.Unit.Http;

namespace FundingFlow.Tests.Unit.Money;

public sealed class RatesTests : IDisposable
{
    private readonly TestApi api = new();
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => api.Dispose();

    [Fact]
    public async Task The_embedded_table_quotes_the_ecbs_own_figures_per_euro()
    {
        var rate = await api.Service<IRates>().FindAsync("USD", Stop);
        Assert.Equal(new ExchangeRate("USD", "EUR", 1.0889m, new DateOnly(2025, 3, 14), "ECB"), rate);
        Assert.Equal(1m, (await api.Service<IRates>().FindAsync("EUR", Stop))!.UnitsPerReporting);
        Assert.Null(await api.Service<IRates>().FindAsync("RWF", Stop));
    }

    [Theory]
    [InlineData("USD", "EUR", "0.918357975939")]
    [InlineData("USD", "JPY", "148.663789145")]
    [InlineData("USD", "USD", "1")]
    [InlineData("JPY", "EUR", "0.00617741536941")]
    public async Task Against_another_reporting_currency_rates_are_divided_to_twelve_significant_digits(string reporting, string currency, string rate)
    {
        using var other = new TestApi(reporting);
        Assert.Equal(rate, (await other.Service<IRates>().FindAsync(currency, Stop))!.UnitsPerReporting.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_rate_that_staff_put_counts_at_once_and_every_area_is_told()
    {
        var put = await api.PutAsync<PutRates>(null, """{"rates":[{"currency":"RWF","rate":"1550.50","source":"BNR","date":"2026-11-20"},{"currency":"USD","rate":1.1}]}""");
        Assert.Equal(200, put.Status);
        Assert.Equal(new ExchangeRate("RWF", "EUR", 1550.5m, new DateOnly(2026, 11, 20), "BNR"), await api.Service<IRates>().FindAsync("RWF", Stop));
        Assert.Equal(new ExchangeRate("USD", "EUR", 1.1m, new DateOnly(2026, 11, 24), "staff"), await api.Service<IRates>().FindAsync("USD", Stop));
        Assert.Equal(8, api.Queues.List(QueueNames.LinesToReopen).Count);
        var got = await api.GetAsync<GetRates>();
        Assert.Contains(got.Body.GetProperty("rates").EnumerateArray(), rate => rate.GetProperty("currency").GetString() == "RWF" && rate.GetProperty("rate").GetString() == "1550.5");
    }

    [Fact]
    public async Task Another_instance_knows_a_new_rate_within_five_seconds()
    {
        using var other = new Rates(api.Tables, Microsoft.Extensions.Options.Options.Create(new FundingFlowOptions()), api.Clock);
        Assert.Null(await other.FindAsync("AED", Stop));
        await api.PutAsync<PutRates>(null, """{"rates":[{"currency":"AED","rate":"4.0"}]}""");
        Assert.Null(await other.FindAsync("AED", Stop));
        api.Clock.Pass(TimeSpan.FromSeconds(5));
        Assert.NotNull(await other.FindAsync("AED", Stop));
    }

    [Theory]
    [InlineData("""{}""", "/rates")]
    [InlineData("""{"rates":{}}""", "/rates")]
    [InlineData("""{"rates":[{"currency":"XXY","rate":"1"}]}""", "/rates/0/currency")]
    [InlineData("""{"rates":[{"currency":"EUR","rate":"2"}]}""", "/rates/0/currency")]
    [InlineData("""{"rates":[{"currency":"RWF"}]}""", "/rates/0/rate")]
    [InlineData("""{"rates":[{"currency":"RWF","rate":"0"}]}""", "/rates/0/rate")]
    [InlineData("""{"rates":[{"currency":"RWF","rate":"-1"}]}""", "/rates/0/rate")]
    [InlineData("""{"rates":[{"currency":"RWF","rate":"NaN"}]}""", "/rates/0/rate")]
    [InlineData("""{"rates":[{"currency":"RWF","rate":1e3}]}""", "/rates/0/rate")]
    [InlineData("""{"rates":[{"currency":"RWF","rate":"1.0000000000001"}]}""", "/rates/0/rate")]
    [InlineData("""{"rates":[{"currency":"RWF","rate":"1234567890123"}]}""", "/rates/0/rate")]
    [InlineData("""{"rates":[{"currency":"RWF","rate":"0.000000000001"}]}""", "/rates/0/rate")]
    [InlineData("""{"rates":[{"currency":"RWF","rate":true}]}""", "/rates/0/rate")]
    [InlineData("""{"rates":[{"currency":"RWF","rate":"1","date":"2026-11-25"}]}""", "/rates/0/date")]
    [InlineData("""{"rates":[{"currency":"RWF","rate":"1","date":"2026-02-30"}]}""", "/rates/0/date")]
    [InlineData("""{"rates":[{"currency":"RWF","rate":"1"},{"currency":"RWF","rate":"2"}]}""", "/rates/1/currency")]
    [InlineData("""{"rates":[{"currency":"RWF","rate":"1","bank":"x"}]}""", "/rates/0/bank")]
    public async Task Bad_input_is_refused_at_the_member(string body, string pointer)
    {
        var answer = await api.PutAsync<PutRates>(null, body);
        Assert.Equal(400, answer.Status);
        Assert.Contains(pointer, answer.Pointers);
        Assert.Empty(api.Queues.List(QueueNames.LinesToReopen));
    }

    [Fact]
    public async Task Rates_are_the_staffs()
    {
        var reader = await api.KeyAsync("reader");
        Assert.Equal(403, (await api.GetAsync<GetRates>(key: reader)).Status);
        Assert.Equal(403, (await api.PutAsync<PutRates>(null, "{}", reader)).Status);
    }
}
