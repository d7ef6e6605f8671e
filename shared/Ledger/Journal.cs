namespace FundingFlow.Ledger;

/// <summary>
/// Accounts that units of a line move between. Conditional: confirmed by the partner, and not binding until what its condition asks
/// for is there; it holds its room at the need and is no funding.
/// </summary>
public enum Account { Pledged, Unallocated, Proposed, Committed, Received, MovedOut, MovedIn, Withdrawn, WrittenOff, Conditional }

public static class Accounts
{
    /// <summary>What lies at a need and has not arrived, in the order in which it is the less binding.</summary>
    public static readonly IReadOnlyList<Account> NotReceived = [Account.Proposed, Account.Conditional, Account.Committed];

    extension(Account account)
    {
        /// <summary>Whether it is kept per part and need; the others are kept per line.</summary>
        public bool IsOfPart => account is Account.Proposed or Account.Conditional or Account.Committed or Account.Received;
    }
}

/// <summary>One leg of a journal entry; <paramref name="Minor"/> in the pledge's unit, <paramref name="Value"/> in the need's.</summary>
public sealed record Posting(Account Account, long Minor, string? ProjectId = null, string? NeedId = null, long Value = 0);

/// <summary>
/// One change, appended in the same transaction as the rows it changed. The postings of an entry on a line sum to zero
/// (what is pledged or moved in is counted negative: it is where the units come from); replaying all entries gives every balance.
/// </summary>
/// <param name="Kind">opened, placed, confirmed, received, withdrawn, expired, amended, declined, moved, written-off, released, moved-in, moved-out, need-stated, …</param>
/// <param name="Command">What caused it; with the line it makes the row key, so a repeated command writes nothing twice.</param>
/// <param name="By">Opaque id of a key or of the system; never a person.</param>
public sealed record JournalEntry(
    string Kind, string Command, DateTimeOffset At, string By, string? PledgeId, int Sequence, IReadOnlyList<Posting> Postings,
    string? Note = null)
{
    public int V { get; init; } = 1;

    /// <summary>For need-stated: the requirement before and after, in the need's unit.</summary>
    public long? RequiredBefore { get; init; }
    public long? RequiredAfter { get; init; }

    /// <summary>The share cap under which this placed something, in percent; null: none was set, or the earmark is tight.</summary>
    public int? SharePercent { get; init; }

    /// <summary>For need-stated: what earmarks and values are proved against, before and after.</summary>
    public NeedTerms? TermsBefore { get; init; }
    public NeedTerms? Terms { get; init; }
}

/// <summary>Where a need is, what it is counted in, the rate of its currency, and when its project runs.</summary>
public sealed record NeedTerms(string City, string Country, Money.ExchangeRate? Rate)
{
    /// <summary>Null: that of the need's row, in entries from before it was kept.</summary>
    public Money.Unit? Unit { get; init; }

    public DateOnly? StartsOn { get; init; }
    public DateOnly? EndsOn { get; init; }

    /// <summary>Its project was closed: nothing is to be proposed to it.</summary>
    public bool Closed { get; init; }

    public static NeedTerms Of(Position need) => new(need.City, need.Country, need.Rate) { Unit = need.Unit, StartsOn = need.StartsOn, EndsOn = need.EndsOn, Closed = need.Closed };
}
