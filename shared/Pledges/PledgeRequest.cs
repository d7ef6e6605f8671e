using FundingFlow.Access;
using FundingFlow.Money;
using FundingFlow.Validation;

namespace FundingFlow.Pledges;

/// <summary>What a request (HTTP or an import's row) asks for, parsed and well formed, not yet checked against partners and projects.</summary>
public sealed record PledgeRequest(
    string PartnerId, Resource Resource, IReadOnlyList<AreaShare> Areas, Earmark Earmark, IReadOnlyList<Instalment> Schedule,
    DateOnly? ValidUntil, Visibility Visibility, string? Reference)
{
    /// <summary>See <see cref="Pledge.SmallestPart"/>; at most what each of its areas gets.</summary>
    public long? SmallestPart { get; init; }
    /// <summary>All of them must hold; null: none (so that a request without any has the content that it always had).</summary>
    public IReadOnlyList<MatchCondition>? Conditions { get; init; }

    /// <summary>Imports by staff only: a value kept as stated.</summary>
    public StatedValue? Stated { get; init; }

    /// <summary>Imports by staff only: commitments and receipts are confirmed, and received, as soon as they are placed.</summary>
    public StatedStatus Status { get; init; } = StatedStatus.Pledge;

    /// <summary>Imports by staff only: the row's own rate, which wins over ours.</summary>
    public ExchangeRate? Rate { get; init; }

    /// <summary>Imports by staff only: dates may lie in the past.</summary>
    public bool PastDatesAllowed { get; init; }

    /// <summary>Imports by staff only: taken in but not placed until staff release it.</summary>
    public bool Hold { get; init; }

    /// <summary>Imports by staff only: the day the pledge was made, where that is not the day it is submitted.</summary>
    public DateOnly? PledgedOn { get; init; }
}

/// <param name="IsNew">False when the same key and content had been accepted before.</param>
public sealed record Submission(string Id, bool IsNew);

public interface IPledgeIntake
{
    /// <summary>
    /// Checks the request against partners, projects and today; makes it durable (queue, then row); answers its id.
    /// The same key and content again: the same id. Other content: a conflict, nothing changed.
    /// </summary>
    /// <param name="idempotencyKey">Scope: the partner. 1 to 200 characters.</param>
    Task<Outcome<Submission>> SubmitAsync(PledgeRequest request, string idempotencyKey, Caller caller, CancellationToken stop);
}
