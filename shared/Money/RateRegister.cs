using FundingFlow.Ledger;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Money;

/// <summary>A rate as the API gives it: units of the currency per unit of the reporting currency.</summary>
public sealed record RateView(string Currency, string Rate, DateOnly Date, string Source);

public sealed record RatesView(string Reporting, IReadOnlyList<RateView> Rates);

/// <summary>GET and PUT of the rates.</summary>
public sealed class RateRegister(Rates rates, IQueues queues, ForumCalendar calendar)
{
    public async Task<RatesView> GetAsync(CancellationToken stop)
        => new(rates.Reporting, [.. (await rates.AllAsync(stop)).Select(rate =>
            new RateView(rate.Currency, rate.UnitsPerReporting.ToString(System.Globalization.CultureInfo.InvariantCulture), rate.Date, rate.Source))]);

    /// <summary>Lines that stand for want of a rate are tried again: once the rates are written, every area is told.</summary>
    public async Task<Outcome<RatesView>> PutAsync(RatesStatement statement, CancellationToken stop)
    {
        var put = statement.Against(rates.Reporting, calendar.Today);
        if (put.Refusal is { } no) return no;
        await rates.PutAsync(put.Value, stop);
        foreach (var area in Areas.All.Append(Areas.Any))
            await queues.SendAsync(QueueNames.LinesToReopen, Wire.Write(new ReopenLines(1, null, area)), stop);
        return await GetAsync(stop);
    }
}
