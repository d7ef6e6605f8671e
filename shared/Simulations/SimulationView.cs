using System.Text.Json.Serialization;
using FundingFlow.Ledger;
using FundingFlow.Money;

namespace FundingFlow.Simulations;

/// <summary>What would happen. Nothing of it is stored; it holds for the books as they were at <paramref name="At"/>.</summary>
/// <param name="Allocations">Of the pledge; or, for a project, of pledges that stand now and would be placed on it.</param>
/// <param name="Standing">What of the pledge would stand, by area, and why; null for a project.</param>
/// <param name="Needs">Those that would be filled otherwise than now.</param>
/// <param name="Next">Where more of the pledge would go next, best first; null for a project.</param>
public sealed record SimulationView(
    DateTimeOffset At, string? ProjectId, IReadOnlyList<SimulatedPartView> Allocations, string? Unallocated, IReadOnlyList<SimulatedStandingView>? Standing,
    IReadOnlyList<NeedChangeView> Needs, IReadOnlyList<GapChangeView> Areas, IReadOnlyList<GapChangeView> Projects, IReadOnlyList<NextNeedView>? Next);

/// <param name="PledgeId">For a project: whose; null where the caller may not see it, or the partner is not to be named.</param>
/// <param name="Value">What it counts at the need, in the need's currency, where that is another one.</param>
public sealed record SimulatedPartView(
    string? PledgeId, string? PartnerId, string Area, string ProjectId, string NeedId, string? Amount, string? Currency, string? Quantity, string? Unit, string? Hours,
    string? Value, string? ValueCurrency, IReadOnlyList<Reason> Reasons);

/// <param name="Area">Slug, or <c>any</c>.</param>
public sealed record SimulatedStandingView(string Area, string Unallocated, string Code, string Text);

/// <summary>How far a need is filled (proposed, committed and received together), in its own unit.</summary>
/// <param name="Completes">It would be full, and is not now.</param>
/// <param name="ReachesMinimum">The work could start, and cannot now.</param>
public sealed record NeedChangeView(
    string Area, string ProjectId, string Title, string NeedId, ResourceKind Kind, string? Currency, string? Item, string? Skill, string? Unit,
    string Requirement, string? MinimumViable, string FilledBefore, string FilledAfter, bool Completes, bool ReachesMinimum);

/// <summary>One side of a change. <paramref name="Open"/> and <paramref name="Covered"/> count what is pledged too, gap and coverage only funding.</summary>
public sealed record GapSideView(
    string Requirement, string Pledged, string Committed, string Received, string Gap, string Open,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Coverage,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Covered);

/// <summary>An area or a project in one unit, now and then.</summary>
public sealed record GapChangeView(
    string Key, string Name, ResourceKind Kind, string? Currency, string? Item, string? Skill, string? Unit, GapSideView Before, GapSideView After);

/// <param name="Room">What it could still take, in its own unit.</param>
public sealed record NextNeedView(
    string Area, string ProjectId, string Title, string NeedId, string Room, string? Currency, string? Item, string? Skill, string? Unit, IReadOnlyList<Reason> Reasons);
