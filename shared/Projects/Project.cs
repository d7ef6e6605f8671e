using FundingFlow.Money;

namespace FundingFlow.Projects;

/// <summary>One line of what a project asks for.</summary>
/// <param name="Required">Smallest units of <paramref name="Unit"/>; 0 for money whose requirement is not stated (only tight earmarks reach it).</param>
/// <param name="MinimumViable">Below this the need cannot start; at most <paramref name="Required"/>.</param>
/// <param name="Area">The project's, unless the need says otherwise.</param>
/// <param name="City">Id; the project's, unless the need says otherwise.</param>
public sealed record Need(string Id, Unit Unit, long Required, long? MinimumViable, string Area, string City);

/// <summary>Planned spending from <paramref name="From"/> (included) to <paramref name="To"/> (excluded), smallest units of the project's currency.</summary>
public sealed record BudgetPeriod(DateOnly From, DateOnly To, long Amount, long? Spent);

public enum ProjectStatus { Open, Closed }

/// <param name="City">Id.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Currency">ISO 4217; money needs and budget are in it.</param>
/// <param name="EndsOn">Last day, included.</param>
/// <param name="RequestedBy">Who in the city asked for it.</param>
public sealed record Project(
    string Id, string Title, string City, string Country, string Area, string Currency,
    DateOnly? StartsOn, DateOnly? EndsOn, string? RequestedBy, IReadOnlyList<string> Implementers,
    IReadOnlyList<Need> Needs, IReadOnlyList<BudgetPeriod> Budget)
{
    public int Version { get; init; } = 1;

    /// <summary>A closed project takes nothing more; what was committed to it stays visible.</summary>
    public ProjectStatus Status { get; init; } = ProjectStatus.Open;

    public bool IsClosed => Status == ProjectStatus.Closed;

    /// <summary>It is closed, or its last day has passed: there is nobody to be found for it any more.</summary>
    public bool TakesNothingOn(DateOnly today) => IsClosed || EndsOn < today;

    /// <summary>Areas in which it had needs once and has none now: what was placed there still stands in their books.</summary>
    public IReadOnlyList<string> FormerAreas { get; init; } = [];

    /// <summary>Partitions of the ledger in which its needs live, or lived.</summary>
    public IEnumerable<string> NeedAreas => Needs.Select(need => need.Area).Concat(FormerAreas).Distinct(StringComparer.Ordinal);
}

/// <summary>Looks projects up; answers may be a few seconds old.</summary>
public interface IProjects
{
    Task<Project?> FindAsync(string id, CancellationToken stop);
    IAsyncEnumerable<Project> AllAsync(CancellationToken stop);
}
