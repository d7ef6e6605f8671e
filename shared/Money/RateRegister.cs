using FundingFlow.Validation;

namespace FundingFlow.Money;

/// <summary>A rate as the API gives it: units of the currency per unit of the reporting currency.</summary>
public sealed record RateView(string Currency, string Rate, DateOnly Date, string Source);

public sealed record RatesView(string ReportingCurrency, IReadOnlyList<RateView> Rates);

/// <summary>Is told once new rates are written, before the PUT is answered.</summary>
public interface IRatesListener
{
    Task RatesPutAsync(CancellationToken stop);
}

/// <summary>GET and PUT of the rates.</summary>
public sealed class RateRegister(Rates rates, IEnumerable<IRatesListener> listeners, ForumCalendar calendar)
{
    public async Task<RatesView> GetAsync(CancellationToken stop)
        => new(rates.Reporting, [.. (await rates.AllAsync(stop)).Select(rate =>
            new RateView(rate.Currency, rate.UnitsPerReporting.ToString(System.Globalization.CultureInfo.InvariantCulture), rate.Date, rate.Source))]);

    public async Task<Outcome<RatesView>> PutAsync(RatesStatement statement, CancellationToken stop)
    {
        var put = statement.Against(rates.Reporting, calendar.Today);
        if (put.Refusal is { } no) return no;
        await rates.PutAsync(put.Value, stop);
        foreach (var listener in listeners) await listener.RatesPutAsync(stop);
        return await GetAsync(stop);
    }
}
