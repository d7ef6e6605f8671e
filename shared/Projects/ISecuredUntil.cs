namespace FundingFlow.Projects;

/// <summary>The first day on which a project's planned spending outruns its expected inflow; the Sustainability room knows.</summary>
public interface ISecuredUntil
{
    /// <summary>Null when it is not known, or no such day comes.</summary>
    Task<DateOnly?> OfAsync(Project project, CancellationToken stop);
}

/// <summary>Knows it of no project: for a host without the Sustainability room.</summary>
public sealed class NoSecuredUntil : ISecuredUntil
{
    public Task<DateOnly?> OfAsync(Project project, CancellationToken stop) => Task.FromResult<DateOnly?>(null);
}
