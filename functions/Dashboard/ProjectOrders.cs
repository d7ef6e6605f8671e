using FundingFlow.Sustainability.Overview;

namespace FundingFlow.Functions.Dashboard;

/// <summary>The ways in which the projects can be listed, named in the page's <c>sort</c>.</summary>
public enum ProjectOrder { Gap, Coverage, Ends, Name }

public static class ProjectOrders
{
    /// <summary>Anything unknown means the largest gap first.</summary>
    public static ProjectOrder From(string? text)
        => Enum.GetValues<ProjectOrder>().FirstOrDefault(order => Slug(order) == text);

    public static string Slug(ProjectOrder order) => order.ToString().ToLowerInvariant();

    public static IEnumerable<GapOf> Sort(IReadOnlyList<GapOf> projects, ProjectOrder order) => order switch
    {
        ProjectOrder.Coverage => projects.OrderBy(project => project.Money?.Permille ?? int.MaxValue),
        ProjectOrder.Ends => projects.OrderBy(project => project.SecuredUntil ?? DateOnly.MaxValue),
        ProjectOrder.Name => projects.OrderBy(project => project.Name, StringComparer.InvariantCultureIgnoreCase),
        _ => projects,
    };
}
