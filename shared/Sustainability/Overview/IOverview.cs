namespace FundingFlow.Sustainability.Overview;

/// <summary>Everything that the staff page shows, read from the store at one moment.</summary>
public interface IOverview
{
    /// <param name="today">A day in the Forum's time zone.</param>
    Task<OverviewView> ReadAsync(DateOnly today, CancellationToken stop);
}
