using CsCheck;
using FundingFlow.Money;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Money;

using Unit = FundingFlow.Money.Unit;

public class AmountTests
{
    private static readonly Unit Euro = Unit.Of(Currency.Of("EUR"));
    private static readonly Unit Yen = Unit.Of(Currency.Of("JPY"));
    private static readonly Unit Dinar = Unit.Of(Currency.Of("KWD"));

    [Theory]
    [InlineData("0.01", 1)]
    [InlineData("1250", 125000)]
    [InlineData("1250.5", 125050)]
    [InlineData("1250.500", 125050)]
    [InlineData("10000000000000.00", Amount.Largest)]
    public void A_plain_decimal_is_read_exactly(string text, long minor)
    {
        Assert.Null(Amount.TryParse(text, Euro, out var amount));
        Assert.Equal(minor, amount.Minor);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("1,000.00")]
    [InlineData("１２")]
    [InlineData("10000000000000.01")]
    [InlineData("99999999999999999999")]
    [InlineData("1.001")]
    public void Anything_else_is_refused(string text) => Assert.NotNull(Amount.TryParse(text, Euro, out _));

    [Fact]
    public void Yen_have_no_decimals_and_dinars_three()
    {
        Assert.NotNull(Amount.TryParse("1.5", Yen, out _));
        Assert.Null(Amount.TryParse("1.005", Dinar, out var dinars));
        Assert.Equal(1005, dinars.Minor);
        Assert.Equal("1.005", dinars.ToString());
    }

    [Fact]
    public void Amounts_of_different_currencies_do_not_combine()
    {
        Assert.Throws<InvalidOperationException>(() => new Amount(1, Euro) + new Amount(1, Yen));
        Assert.Throws<InvalidOperationException>(() => new Amount(1, Euro) < new Amount(1, Yen));
    }

    [Fact]
    public void Overflow_throws() => Assert.Throws<OverflowException>(() => new Amount(long.MaxValue, Euro) + new Amount(1, Euro));

    [Fact]
    public void What_is_written_reads_back()
        => Gen.Select(Gen.Long[0, Amount.Largest], Generate.OneOf(Euro, Yen, Dinar)).Sample((minor, unit) =>
        {
            Assert.Null(Amount.TryParse(new Amount(minor, unit).ToString(), unit, out var back));
            Assert.Equal(minor, back.Minor);
        }, iter: 10_000);
}
