using System.Collections.Frozen;
using FundingFlow.Storage;
using Microsoft.Extensions.Options;

namespace FundingFlow.Money;

/// <summary>The ECB's rates, overridden by what staff put. Answers from memory, five seconds old at most; own changes count at once.</summary>
public sealed class Rates : IRates, IDisposable
{
    private const string Partition = "rates";
    private readonly ITables tables;
    private readonly FrozenDictionary<string, ExchangeRate> reference;
    private readonly RecentWhole<FrozenDictionary<string, ExchangeRate>> recent;

    public Rates(ITables tables, IOptions<FundingFlowOptions> options, TimeProvider clock)
    {
        this.tables = tables;
        Reporting = Currency.Of(options.Value.ReportingCurrency).Code;
        reference = ReferenceRates.Against(Reporting).Append(ExchangeRate.Same(Reporting, ReferenceRates.Date))
            .ToFrozenDictionary(rate => rate.Currency, StringComparer.Ordinal);
        recent = new(clock, TimeSpan.FromSeconds(5), LoadAsync);
    }

    public string Reporting { get; }

    /// <summary>The reporting currency's own rate never changes: nothing is read for it.</summary>
    public async Task<ExchangeRate?> FindAsync(string currency, CancellationToken stop)
        => currency == Reporting ? reference[currency] : (await recent.GetAsync(stop)).GetValueOrDefault(currency);

    /// <summary>By currency code.</summary>
    public async Task<IReadOnlyList<ExchangeRate>> AllAsync(CancellationToken stop)
        => [.. (await recent.GetAsync(stop)).Values.OrderBy(rate => rate.Currency, StringComparer.Ordinal)];

    /// <summary>Overrides the rates of these currencies; others stay as they are.</summary>
    internal async Task PutAsync(IReadOnlyList<ExchangeRate> rates, CancellationToken stop)
    {
        var rows = rates.Select(rate => RowChange.Upsert(new Row(Partition, rate.Currency, Wire.Write(rate))));
        foreach (var chunk in rows.Chunk(100)) await tables.CommitAsync(TableNames.Rates, chunk, stop);
        await recent.ChangeAsync(present => Over(present, rates), stop);
    }

    public void Dispose() => recent.Dispose();

    private async Task<FrozenDictionary<string, ExchangeRate>> LoadAsync(CancellationToken stop)
    {
        var put = await tables.PrefixAsync(TableNames.Rates, Partition, "", stop).Select(row => Wire.Read<ExchangeRate>(row)).ToListAsync(stop);
        // Rows against another reporting currency are from before the option was changed.
        return Over(reference, put.Where(rate => rate.Reporting == Reporting && rate.Currency != Reporting));
    }

    private static FrozenDictionary<string, ExchangeRate> Over(FrozenDictionary<string, ExchangeRate> present, IEnumerable<ExchangeRate> put)
    {
        var all = present.ToDictionary(StringComparer.Ordinal);
        foreach (var rate in put) all[rate.Currency] = rate;
        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
