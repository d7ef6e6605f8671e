using System.Globalization;
using System.Numerics;
using FundingFlow.Validation;

namespace FundingFlow.Money;

/// <summary>One rate that staff put; <paramref name="Rate"/> in units of the currency per unit of the reporting currency.</summary>
public sealed record RateStatement(Currency Currency, decimal Rate, DateOnly? Date, string? Source)
{
    private const int Decimals = 12;
    private const int LongestWhole = 12;

    public static RateStatement? Read(JsonInput input)
    {
        var currency = input.Currency("currency", required: true);
        var rate = ReadRate(input);
        var date = input.Date("date");
        var source = input.Text("source", 100);
        return currency is null || rate is null ? null : new RateStatement(currency, rate.Value, date, source);
    }

    private static decimal? ReadRate(JsonInput input)
    {
        var text = input.Element("rate") is { } element && element.ValueKind == System.Text.Json.JsonValueKind.Number ? element.GetRawText() : input.Text("rate", 64, required: true);
        if (text is null) return null;
        var (whole, fraction) = text.Split('.') is [var before, var after] ? (before, after) : (text, "0");
        var plain = whole.Length > 0 && fraction.Length > 0 && whole.All(char.IsAsciiDigit) && fraction.All(char.IsAsciiDigit);
        if (plain && fraction.TrimEnd('0').Length <= Decimals && whole.TrimStart('0').Length <= LongestWhole
            && decimal.Parse(whole + "." + fraction.TrimEnd('0').PadRight(1, '0'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) is > 0 and var value)
            return ReferenceRates.Trimmed(value);
        input.Error("rate", $"must be a positive plain decimal with at most {LongestWhole} digits before and {Decimals} after the point, such as \"1.0889\"");
        return null;
    }
}

/// <summary>Body of PUT /rates; what GET /rates answers may be sent back as it is.</summary>
/// <param name="ReportingCurrency">When sent, it must be the deployment's.</param>
public sealed record RatesStatement(Currency? ReportingCurrency, IReadOnlyList<RateStatement> Rates)
{
    public static RatesStatement? Read(JsonInput input)
    {
        var reporting = input.Currency("reportingCurrency");
        if (!input.Has("rates")) input.Error("rates", "is required");
        var rates = input.Objects("rates", RateStatement.Read, 200);
        return new RatesStatement(reporting, rates);
    }

    /// <summary>What this puts against <paramref name="reporting"/>, or what is wrong with it.</summary>
    public Outcome<List<ExchangeRate>> Against(string reporting, DateOnly today)
    {
        var errors = new InputErrors();
        var rates = new List<ExchangeRate>();
        if (ReportingCurrency is { } meant && meant.Code != reporting) errors.Add("/reportingCurrency", $"must be {reporting}, or left out");
        foreach (var (stated, i) in Rates.Select((stated, i) => (stated, i)))
        {
            if (stated.Currency.Code == reporting && stated.Rate == 1m) continue;
            if (stated.Currency.Code == reporting) errors.Add($"/rates/{i}/currency", "is the reporting currency: its rate is always 1");
            else if (rates.Any(rate => rate.Currency == stated.Currency.Code)) errors.Add($"/rates/{i}/currency", "is given twice");
            else if (stated.Date > today) errors.Add($"/rates/{i}/date", "must not be in the future");
            else if (!Fits(stated, Currency.Of(reporting))) errors.Add($"/rates/{i}/rate", "is too small: the largest amount in this currency could not be counted in the reporting currency");
            else rates.Add(new ExchangeRate(stated.Currency.Code, reporting, stated.Rate, stated.Date ?? today, stated.Source ?? "staff"));
        }

        return errors.Any ? errors.ToRefusal() : rates;
    }

    /// <summary>Whether the largest amount that is taken in fits a long in the reporting currency.</summary>
    private static bool Fits(RateStatement stated, Currency reporting)
    {
        var scale = BigInteger.Pow(10, 12);
        var rate = new BigInteger(stated.Rate * 1_000_000_000_000m);
        var value = Amount.Largest * scale * BigInteger.Pow(10, reporting.Exponent) / (rate * BigInteger.Pow(10, stated.Currency.Exponent));
        return value <= long.MaxValue;
    }
}
