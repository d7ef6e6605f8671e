using FundingFlow.Matching;
using FundingFlow.Storage;

namespace FundingFlow.Ledger;

/// <summary>One try of a transaction: the area's positions as known, and the working set to fill.</summary>
internal sealed class Attempt(int number, AreaBook book, AreaWork work, AreaBooks books, CancellationToken stop)
{
    private NeedTable? withWork;

    public int Number { get; } = number;
    public AreaWork Work { get; } = work;
    public IEnumerable<Position> Positions => book.Needs;

    /// <summary>The positions were read in this very try.</summary>
    public bool IsFresh { get; set; }

    /// <summary>The store said that a row which was to be new is there: by another's hand, or by this transaction, whose answer was lost.</summary>
    public bool MayExist { get; init; }

    /// <summary>Reads the positions again: nothing is left standing on the word of a cache.</summary>
    public async Task RefreshAsync()
    {
        await books.ReloadAsync(book, stop);
        withWork = null;
        IsFresh = true;
    }

    /// <summary>The positions as the working set leaves them, until it is changed again.</summary>
    public NeedTable NeedsWithWork()
    {
        if (withWork is null && !Work.Positions.Any()) return book.Needs;
        withWork ??= book.Needs.Copy();
        foreach (var position in Work.Positions) withWork.Put(position);
        return withWork;
    }

    /// <summary>Takes the need into the working set, unless it is there already.</summary>
    public void UsePosition(PartRef need)
    {
        if (Work.Find(need) is not null) return;
        Work.Use(book.Find(need) ?? throw new StoreConflictException(ConflictKind.Missing, -1));
    }

    public Stored<Position>? FindPosition(PartRef need) => book.Find(need);

    /// <summary>All parts that lie at a need.</summary>
    public Task<IReadOnlyList<Allocation>> PartsAtAsync(PartRef need) => books.PartsAsync(Work.Area, need, stop);

    public async Task<Line?> UseLineAsync(string pledgeId)
    {
        if (Work.FindLine(pledgeId) is { } known) return known;
        var stored = await books.FindAsync<Line>(Work.Area, LedgerKeys.Line(pledgeId), stop);
        if (stored is not null) Work.Use(stored);
        return stored?.Value;
    }

    /// <summary>The part and its need's position; null when there is no such part.</summary>
    public async Task<Allocation?> UsePartAsync(string pledgeId, PartRef need)
    {
        if (Work.FindPart(pledgeId, need) is { } known) return known;
        var stored = await books.FindAsync<Allocation>(Work.Area, LedgerKeys.Allocation(need.ProjectId, need.NeedId, pledgeId), stop);
        if (stored is null) return null;
        Work.Use(stored);
        UsePosition(need);
        return stored.Value;
    }

    /// <summary>Takes the partner's guard into the working set, before what it guards is read; see <see cref="PartnerGuard"/>.</summary>
    public async Task UseGuardAsync(string partnerId)
        => Work.Use(await books.FindAsync<PartnerGuard>(Work.Area, LedgerKeys.Guard(partnerId), stop) ?? new Stored<PartnerGuard>(new PartnerGuard(1, partnerId, 0), null));

    /// <summary>Whether this command has already been journaled on the subject.</summary>
    public async Task<bool> IsDoneAsync(string subject) => await EntryAsync(subject) is not null;

    /// <summary>What this command journaled on the subject; null: nothing yet.</summary>
    public async Task<JournalEntry?> EntryAsync(string subject)
        => (await books.FindAsync<JournalEntry>(Work.Area, LedgerKeys.Journal(subject, Work.Command), stop))?.Value;
}
