namespace FundingFlow.Pledges.Commands;

/// <summary>What an amendment makes other, in smallest units; null stays as it is.</summary>
public sealed record PledgeChanges
{
    public long? Minor { get; init; }
    public IReadOnlyList<Instalment>? Schedule { get; init; }
    public DateOnly? ValidUntil { get; init; }

    /// <summary>From now on it is valid without an end.</summary>
    public bool EndsValidity { get; init; }
    public Visibility? Visibility { get; init; }
    public string? Reference { get; init; }
    public bool DropsReference { get; init; }

    /// <summary>The version that the caller had read; null: whichever it is.</summary>
    public int? Version { get; init; }

    public Pledge On(Pledge pledge) => pledge with
    {
        Resource = Minor is { } minor ? pledge.Resource with { Minor = minor } : pledge.Resource,
        Amended = Minor is { } amended ? pledge.Amended + amended - pledge.Resource.Minor : pledge.Amended,
        Schedule = Schedule ?? pledge.Schedule,
        ValidUntil = EndsValidity ? null : ValidUntil ?? pledge.ValidUntil,
        Visibility = Visibility ?? pledge.Visibility,
        Reference = DropsReference ? null : Reference ?? pledge.Reference,
    };
}
