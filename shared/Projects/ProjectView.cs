using System.Text.Json.Serialization;
using FundingFlow.Ledger;
using FundingFlow.Money;

namespace FundingFlow.Projects;

/// <summary>A project as the API gives it; criteria and allocations only where one project is asked for.</summary>
public sealed record ProjectView(
    string Id, string Title, ProjectStatus Status, string City, string Country, string Area, string Currency,
    DateOnly? StartsOn, DateOnly? EndsOn, string? RequestedBy, IReadOnlyList<string> Implementers,
    IReadOnlyList<NeedView> Needs, IReadOnlyList<BudgetView> Budget, ProjectFundingView Funding,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateOnly? SecuredUntil,
    Criteria? Criteria, IReadOnlyList<AllocationView>? Allocations)
{
    /// <param name="positions">The project's, over all its areas.</param>
    /// <param name="namesAll">Also those who give unnamed.</param>
    public static ProjectView From(
        Project project, IReadOnlyList<Position> positions, DateOnly? securedUntil, Criteria? criteria = null, IReadOnlyList<Allocation>? allocations = null, bool namesAll = false)
    {
        var currency = Money.Currency.Of(project.Currency);
        return new ProjectView(project.Id, project.Title, project.Status, project.City, project.Country, project.Area, project.Currency,
            project.StartsOn, project.EndsOn, project.RequestedBy, project.Implementers,
            [.. project.Needs.Select(need => NeedView.From(need, positions.FirstOrDefault(position => position.NeedId == need.Id && position.Area == need.Area)))],
            [.. project.Budget.Select(period => BudgetView.Of(period, currency))],
            ProjectFundingView.From(project, positions), securedUntil, criteria,
            allocations is null ? null : [.. allocations.Select(allocation => AllocationView.From(allocation, namesAll || AllocationView.Visible(allocation)))]);
    }
}
