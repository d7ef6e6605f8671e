using FundingFlow.Money;

namespace FundingFlow.Pledges;

/// <summary>What is pledged. <paramref name="Minor"/> counts smallest units of <paramref name="Unit"/>.</summary>
/// <param name="People">Time only: how many people give the hours.</param>
/// <param name="EstimatedValue">Goods only: smallest units of <paramref name="EstimatedCurrency"/>.</param>
public sealed record Resource(
    Unit Unit, long Minor, int? People = null, DateOnly? From = null, DateOnly? To = null,
    long? EstimatedValue = null, string? EstimatedCurrency = null);

/// <summary>A share of the pledge for one area. The shares of a pledge sum to 1; without any they are equal.</summary>
public sealed record AreaShare(string Area, decimal? Share = null);

/// <summary>Tight when it names projects, soft when it names cities (ids) or countries (ISO alpha-2), else none.</summary>
public sealed record Earmark(IReadOnlyList<string> Projects, IReadOnlyList<string> Cities, IReadOnlyList<string> Countries)
{
    public static readonly Earmark None = new([], [], []);
    public bool IsTight => Projects.Count > 0;
}

/// <summary>One scheduled part; the instalments of a pledge sum to it exactly.</summary>
public sealed record Instalment(DateOnly DueOn, long Minor);

public enum Visibility { Public, Anonymous }

/// <summary>How far along an imported pledge already is.</summary>
public enum StatedStatus { Pledge, Commitment, Receipt }

/// <summary>A value that came with the pledge; it is kept, not recomputed.</summary>
public sealed record StatedValue(long Minor, string Currency);

/// <summary>The part of a pledge that was decided to go to one area (or to <c>any</c>).</summary>
public sealed record LineSplit(string Area, long Minor);

/// <summary>
/// A partner's announced, not yet binding promise, as it was accepted: the row in Pledges and the message in the queue
/// are this same document. What becomes of it is told by its lines in the ledger.
/// </summary>
/// <param name="Id">partner.hash-of-the-idempotency-key</param>
/// <param name="ContentHash">Of the request's parsed content, to tell a repetition from a conflict.</param>
/// <param name="By">Opaque id of the key that submitted it; never a person.</param>
/// <param name="Rate">Fixed when the pledge was accepted; null: no rate was known, the pledge stands.</param>
public sealed record Pledge(
    string Id, string PartnerId, string ContentHash, Resource Resource, IReadOnlyList<AreaShare> Areas, Earmark Earmark,
    IReadOnlyList<Instalment> Schedule, DateOnly? ValidUntil, Visibility Visibility, string? Reference,
    DateTimeOffset SubmittedAt, string By, ExchangeRate? Rate)
{
    /// <summary>The shape of this document.</summary>
    public int V { get; init; } = 1;

    /// <summary>Raised by amend and withdraw; a lower version that arrives late changes nothing.</summary>
    public int Version { get; init; } = 1;

    /// <summary>All of them must hold before what is confirmed becomes binding; money only.</summary>
    public IReadOnlyList<MatchCondition> Conditions { get; init; } = [];

    public StatedValue? Stated { get; init; }
    public StatedStatus Status { get; init; } = StatedStatus.Pledge;

    /// <summary>No part of it is smaller than this, in smallest units of the resource's unit; null: parts of any size.</summary>
    public long? SmallestPart { get; init; }

    /// <summary>Decided once, before anything is placed; null until then for unearmarked pledges.</summary>
    public IReadOnlyList<LineSplit>? Split { get; init; }

    public bool Withdrawn { get; init; }

    /// <summary>The version in which it expired: what was neither confirmed nor received was taken back. Null: it has not.</summary>
    public int? ExpiredVersion { get; init; }

    public bool Expired => ExpiredVersion is not null;

    /// <summary>What amendments added to what was submitted; below 0 what they took.</summary>
    public long Amended { get; init; }

    /// <summary>As it was submitted, in smallest units: what its lines are opened with.</summary>
    public long Original => Resource.Minor - Amended;

    /// <summary>Every amendment, oldest first, with how far it has come into the books.</summary>
    public IReadOnlyList<Amendment> Amendments { get; init; } = [];

    /// <summary>Taken in but not placed until staff release it.</summary>
    public bool Hold { get; init; }

    /// <summary>The day the pledge was made, where that is not the day it was submitted.</summary>
    public DateOnly? PledgedOn { get; init; }

    public bool IsAnonymous => Visibility == Visibility.Anonymous;

    /// <summary>What went wrong on its way into the books; staff see it.</summary>
    public string? Failure { get; init; }
}
