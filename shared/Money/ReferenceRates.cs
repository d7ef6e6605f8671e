using System.Globalization;

namespace FundingFlow.Money;

/// <summary>The ECB's reference rates as embedded, turned from units per euro into units per reporting currency.</summary>
public static class ReferenceRates
{
    public const string Source = "ECB";

    /// <summary>A rate that is not the ECB's own figure is kept with so many significant digits.</summary>
    public const int SignificantDigits = 12;

    private static readonly IReadOnlyList<(DateOnly Date, string Currency, decimal PerEuro)> Table = [.. EmbeddedTable.Read("ecb.csv").Select(row =>
        (DateOnly.ParseExact(row[0], "yyyy-MM-dd", CultureInfo.InvariantCulture), row[1], decimal.Parse(row[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)))];

    /// <summary>The day of the newest rate in the table.</summary>
    public static DateOnly Date { get; } = Table.Max(row => row.Date);

    /// <summary>Empty where the ECB does not quote the reporting currency itself.</summary>
    public static IReadOnlyList<ExchangeRate> Against(string reporting)
    {
        if (reporting == "EUR") return [.. Table.Select(row => new ExchangeRate(row.Currency, reporting, row.PerEuro, row.Date, Source))];
        var (date, _, reportingPerEuro) = Table.FirstOrDefault(row => row.Currency == reporting);
        if (reportingPerEuro == 0m) return [];
        return [
            .. Table.Where(row => row.Currency != reporting).Select(row => (row.Currency, row.PerEuro)).Prepend(("EUR", 1m))
                .Select(pair => new ExchangeRate(pair.Item1, reporting, Significant(pair.Item2 / reportingPerEuro), date, Source)),
        ];
    }

    /// <summary>Rounded half to even to <see cref="SignificantDigits"/>, without zeros at the end.</summary>
    internal static decimal Significant(decimal value)
    {
        var decimals = SignificantDigits;
        for (var size = value; size >= 1m && decimals > 0; size /= 10m) decimals--;
        for (var size = value; size < 0.1m && decimals < 28; size *= 10m) decimals++;
        return Trimmed(decimal.Round(value, decimals));
    }

    internal static decimal Trimmed(decimal value) => value / 1.0000000000000000000000000000m;
}
