namespace FundingFlow.Money;

/// <summary>The current rates: the ECB's as embedded, overridden by what staff put. Answers from memory.</summary>
public interface IRates
{
    string Reporting { get; }

    /// <summary>Null when nobody has quoted the currency: what is pledged in it stands, with the reason <c>no-rate</c>.</summary>
    Task<ExchangeRate?> FindAsync(string currency, CancellationToken stop);
}
