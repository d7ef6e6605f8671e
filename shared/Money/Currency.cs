using System.Collections.Frozen;

namespace FundingFlow.Money;

/// <summary>An ISO 4217 currency and the decimals of its minor unit (JPY 0, EUR 2, KWD 3).</summary>
public sealed record Currency(string Code, int Exponent)
{
    private static readonly FrozenDictionary<string, Currency> Known = EmbeddedTable.Read("iso4217.csv")
        .Select(row => new Currency(row[0], EmbeddedTable.Integer(row[1])))
        .ToFrozenDictionary(currency => currency.Code, StringComparer.Ordinal);

    public static Currency? Find(string? code) => code is not null && Known.TryGetValue(code, out var found) ? found : null;

    /// <exception cref="ArgumentException">The code is none of ISO 4217's active currencies.</exception>
    public static Currency Of(string code)
        => Find(code) ?? throw new ArgumentException($"'{code}' is not an ISO 4217 currency code.", nameof(code));

    public override string ToString() => Code;
}
