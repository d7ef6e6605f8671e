using CsCheck;
using FundingFlow.Money;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Money;

public class ExchangeRateTests
{
    private static readonly DateOnly Day = new(2026, 11, 24);

    private static ExchangeRate Rate(string currency, decimal units) => new(currency, "EUR", units, Day, "staff");

    [Fact]
    public void Values_round_down()
    {
        Assert.Equal(91835, Rate("USD", 1.0889m).ToReporting(100_000));
        Assert.Equal(61, Rate("JPY", 161.88m).ToReporting(100));
        Assert.Equal(2_983_293, Rate("KWD", 0.3352m).ToReporting(10_000_000));
    }

    [Fact]
    public void A_currency_counts_one_for_one_against_itself_whatever_the_rates()
        => Assert.Equal(12345, Rate("USD", 1.1m).FromOther(12345, Rate("USD", 1.2m)));

    [Fact]
    public void There_and_back_never_gains()
        => Gen.Select(Gen.Long[0, Amount.Largest / 1000], Gen.Decimal[0.001m, 20_000m], Generate.OneOf("USD", "JPY", "KWD")).Sample((minor, units, currency) =>
        {
            var rate = Rate(currency, Math.Round(units, 6) + 0.000001m);
            var euro = ExchangeRate.Same("EUR", Day);
            Assert.True(rate.FromOther(euro.FromOther(minor, rate), euro) <= minor);
        }, iter: 10_000);

    [Fact]
    public void A_stated_value_implies_the_rate_that_gives_it_back_to_the_cent()
    {
        var implied = Rate("USD", 1.0889m).Implied("KWD", 100_000_000, 32_500_000)!;
        var usd = Rate("USD", 1.0889m);
        Assert.InRange(implied.ToReporting(100_000_000) - usd.ToReporting(32_500_000), -1, 1);
        Assert.Equal("import", implied.Source);
    }
}
