using System.Collections.Concurrent;
using FundingFlow.Money;

namespace FundingFlow.Tests.Simulation;

/// <summary>Rates by hand; the reporting currency's own is always there.</summary>
public sealed class TestRates(string reporting) : IRates
{
    private static readonly DateOnly Day = new(2026, 11, 24);
    private readonly ConcurrentDictionary<string, ExchangeRate> rates = new() { [reporting] = ExchangeRate.Same(reporting, Day) };

    public string Reporting => reporting;

    public void Quote(string currency, decimal units) => rates[currency] = new ExchangeRate(currency, reporting, units, Day, "staff");

    public Task<ExchangeRate?> FindAsync(string currency, CancellationToken stop) => Task.FromResult(rates.GetValueOrDefault(currency));
}
