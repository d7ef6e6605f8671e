using FundingFlow.Functions.Dashboard;
using FundingFlow.Money;
using MoneyUnit = FundingFlow.Money.Unit;

namespace FundingFlow.Tests.Unit.Dashboard;

public class FiguresTests
{
    [Theory]
    [InlineData("EUR", 123_456_700, "EUR 1,234,567")]
    [InlineData("EUR", 123_456_750, "EUR 1,234,567.50")]
    [InlineData("JPY", 5_000_000, "JPY 5,000,000")]
    [InlineData("KWD", 1_500, "KWD 1.500")]
    [InlineData("EUR", -99_950, "EUR −999.50")]
    [InlineData("EUR", 0, "EUR 0")]
    public void Money_is_grouped_and_shows_decimals_only_where_there_are_some(string currency, long minor, string text)
        => Assert.Equal(text, Read(Figures.Text(minor, MoneyUnit.Of(Currency.Of(currency)))));

    [Fact]
    public void Goods_and_hours_carry_their_units()
    {
        Assert.Equal("1,200.5 h football coaching", Read(Figures.Text(120_050, MoneyUnit.Hours("football-coaching"))));
        Assert.Equal("40 × laptop", Read(Figures.Text(40, MoneyUnit.Goods("laptop", "piece", 0))));
        Assert.Equal("2,500 kg seeds", Read(Figures.Text(2_500_000, MoneyUnit.Goods("seeds", "kg", 3))));
    }

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0, "0 %")]
    [InlineData(4, "under 1 %")]
    [InlineData(999, "99 %")]
    [InlineData(1000, "100 %")]
    [InlineData(1315, "131 %")]
    public void Percent_is_rounded_down_so_that_full_means_full(int? permille, string text) => Assert.Equal(text, Read(Figures.Percent(permille)));

    private static string Read(string text) => text.Replace('\u00A0', ' ');
}
