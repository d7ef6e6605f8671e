using FundingFlow.Ledger;
using FundingFlow.Money;

namespace FundingFlow.Projects;

/// <summary>The rate by which a need's money is counted in the reporting currency.</summary>
public static class PositionRates
{
    /// <summary>That of the need's last change; today's where none was known then. Null: no money, or no rate.</summary>
    public static async ValueTask<ExchangeRate?> OfAsync(this IRates rates, Position position, CancellationToken stop)
    {
        if (!position.Unit.IsMoney) return null;
        return position.Rate is { } kept && kept.Reporting == rates.Reporting ? kept : await rates.FindAsync(position.Unit.Code, stop);
    }
}
