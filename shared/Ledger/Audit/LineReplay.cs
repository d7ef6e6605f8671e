using System.Numerics;

namespace FundingFlow.Ledger.Audit;

/// <summary>An amount in the pledge's unit, and what it counts in the need's.</summary>
internal readonly record struct Held(long Minor, long Value)
{
    public override string ToString() => $"{Minor} (counting {Value})";
}

/// <summary>Units that an entry proposed to a need, as posted.</summary>
internal sealed record Proposal(PartRef Need, long Minor, long Value, string Command)
{
    public required JournalEntry Entry { get; init; }

    /// <summary>Something of it is a promise: what was committed before it was moved here is not.</summary>
    public required bool IsPromise { get; init; }
}

/// <summary>What an entry that moves units of a line at a need left of its part there.</summary>
/// <param name="Added">It proposed something.</param>
internal sealed record PartChange(PartRef Need, string Command, bool Added, long Proposed, long Total);

/// <summary>A line's balances as its journal alone tells them, entry by entry in the order of their sequence.</summary>
internal sealed class LineReplay
{
    private static readonly Account[] PartAccounts = [Account.Proposed, Account.Conditional, Account.Committed, Account.Received];

    /// <summary>The accounts that a change of this kind may touch. Kinds that also place what they free may touch more, and are not here.</summary>
    private static readonly Dictionary<string, Account[]> Touched = new(StringComparer.Ordinal)
    {
        ["acknowledged"] = [],
        ["told"] = [Account.Proposed],
        ["freed"] = [],
        ["written-off"] = [Account.Committed, Account.WrittenOff, Account.Proposed, Account.Unallocated],
        ["expired"] = [Account.Pledged, Account.Unallocated, Account.Proposed, Account.Withdrawn],
        ["withdrawn"] = [Account.Pledged, Account.Unallocated, Account.Proposed, Account.Conditional, Account.Committed, Account.Withdrawn],
        ["moved"] = [Account.Unallocated, Account.Proposed, Account.Committed],
        ["moved-out"] = [Account.Unallocated, Account.Proposed, Account.Committed, Account.MovedOut],
    };

    private readonly Dictionary<Account, long> balances = [];
    private readonly Dictionary<(PartRef Need, Account Account), Held> parts = [];
    private readonly Dictionary<PartRef, DateTimeOffset> told = [];
    private readonly string row;
    private readonly Findings findings;

    private LineReplay(string area, string pledgeId, IReadOnlyList<JournalEntry> entries, Findings findings)
    {
        (Area, PledgeId, this.findings) = (area, pledgeId, findings);
        row = $"journal of {pledgeId} in {area}";
        Entries = [.. entries.OrderBy(entry => entry.Sequence)];
        CheckSequence();
        foreach (var entry in Entries) Apply(entry);
    }

    public string Area { get; }
    public string PledgeId { get; }
    public IReadOnlyList<JournalEntry> Entries { get; }
    public List<Proposal> Proposals { get; } = [];
    public List<PartChange> PartChanges { get; } = [];

    /// <summary>What the line was opened with; null: it was opened by what arrived from another area, or not at all.</summary>
    public long? Opened { get; private set; }

    /// <summary>What it grew by since.</summary>
    public long Increased { get; private set; }

    /// <summary>What stands in it since it was last withdrawn: of receipts that were begun before the withdrawal and booked after it, for needs without room.</summary>
    public long StandsSinceWithdrawal { get; private set; }

    /// <summary>What amendments added to it; below 0 what they took.</summary>
    public long Amended { get; private set; }

    public IEnumerable<PartRef> Needs => parts.Where(part => part.Value.Minor != 0).Select(part => part.Key.Need).Distinct();

    public static LineReplay Of(string area, string pledgeId, IReadOnlyList<JournalEntry> entries, Findings findings)
        => new(area, pledgeId, entries, findings);

    public long this[Account account] => balances.GetValueOrDefault(account);

    /// <summary>All that lies at a need, whatever became of it.</summary>
    public Held At(PartRef need)
    {
        var held = PartAccounts.Select(account => Part(need, account)).ToList();
        return new Held(held.Sum(part => part.Minor), held.Sum(part => part.Value));
    }

    /// <summary>When its partner was first told of what lies at a need, if it still lies there.</summary>
    public DateTimeOffset? ToldAt(PartRef need) => told.TryGetValue(need, out var at) ? at : null;

    public Held Part(PartRef need, Account account) => parts.GetValueOrDefault((need, account));

    private void CheckSequence()
    {
        for (var i = 0; i < Entries.Count; i++)
        {
            if (Entries[i].Sequence == i + 1) continue;
            var what = i > 0 && Entries[i].Sequence == Entries[i - 1].Sequence
                ? $"entry {Entries[i].Sequence} is there twice, as '{Entries[i - 1].Command}' and as '{Entries[i].Command}'."
                : $"entry {i + 1} is missing; the next is {Entries[i].Sequence}, '{Entries[i].Command}'.";
            findings.Add(row, what);
            return;
        }
    }

    private void Apply(JournalEntry entry)
    {
        if (Touched.GetValueOrDefault(entry.Kind) is { } touched && entry.Postings.FirstOrDefault(posting => !touched.Contains(posting.Account)) is { } stray)
            findings.Add(row, $"'{entry.Command}' is {entry.Kind} and touches {stray.Account}, expected none but {string.Join(", ", touched)}.");
        if (entry.Postings.Sum(posting => posting.Minor) is var sum and not 0)
            findings.Add(row, $"the postings of '{entry.Command}' sum to {sum}, expected 0.");
        foreach (var need in entry.Postings.Where(p => p.NeedId is not null).GroupBy(p => (p.ProjectId, p.NeedId)))
            if (need.Sum(posting => posting.Minor) == 0 && need.Sum(posting => posting.Value) is var value and not 0)
                findings.Add(row, $"'{entry.Command}' moves no units at {need.Key.ProjectId}/{need.Key.NeedId} and yet changes what they count by {value}.");
        if (entry.Kind is "withdrawn" or "expired") StandsSinceWithdrawal = 0;
        if (entry.Kind is "received" or "reversed") StandsSinceWithdrawal += entry.Postings.Where(posting => posting.Account == Account.Unallocated).Sum(posting => posting.Minor);
        foreach (var posting in entry.Postings) Apply(entry, posting);
        NotePartChanges(entry);
        foreach (var posting in entry.Postings.Where(posting => posting.NeedId is not null)) ApplyTold(entry, new PartRef(posting.ProjectId!, posting.NeedId!));
        if (entry.Kind == "rebalanced") CheckRebalanced(entry);
        // What is pledged in one area may fall below 0 by what has come from another and was then amended away.
        foreach (var (account, minor) in balances.Where(balance => balance.Value < (balance.Key == Account.Pledged ? -this[Account.MovedIn] : 0)))
            findings.Add(row, $"after '{entry.Command}' {account} is {minor}, expected none below 0.");
    }

    private void NotePartChanges(JournalEntry entry)
    {
        foreach (var need in entry.Postings.Where(p => p is { ProjectId: not null, NeedId: not null } && PartAccounts.Contains(p.Account)).GroupBy(p => new PartRef(p.ProjectId!, p.NeedId!)))
            PartChanges.Add(new PartChange(need.Key, entry.Command, need.Any(p => p is { Account: Account.Proposed, Minor: > 0 }),
                Part(need.Key, Account.Proposed).Minor, PartAccounts.Sum(account => Part(need.Key, account).Minor)));
    }

    private void ApplyTold(JournalEntry entry, PartRef need)
    {
        if (At(need).Minor == 0) told.Remove(need);
        else if (entry.Kind == "told") told.TryAdd(need, entry.At);
    }

    /// <summary>A rebalance moves what is proposed, unallocated or on its way between areas; nothing else becomes less by it, and nothing is pledged or taken back.</summary>
    private void CheckRebalanced(JournalEntry entry)
    {
        foreach (var account in entry.Postings.GroupBy(posting => (posting.Account, posting.ProjectId, posting.NeedId)))
        {
            var minor = account.Sum(posting => posting.Minor);
            var mayChange = account.Key.Account switch
            {
                Account.Proposed or Account.Unallocated => true,
                Account.MovedOut or Account.Committed or Account.Conditional or Account.Received => minor >= 0,
                _ => minor == 0,
            };
            if (!mayChange) findings.Add(row, $"'{entry.Command}' is a rebalance and changes {account.Key.Account} by {minor}.");
        }
    }

    private void Apply(JournalEntry entry, Posting posting)
    {
        if (PartAccounts.Contains(posting.Account))
        {
            ApplyToPart(entry, posting);
            return;
        }

        // Pledged and moved in are where units come from: posted negative, kept positive.
        var isSource = posting.Account is Account.Pledged or Account.MovedIn;
        balances[posting.Account] = this[posting.Account] + (isSource ? -posting.Minor : posting.Minor);
        if (posting.Account != Account.Pledged) return;
        if (entry.Kind == "amended") Amended -= posting.Minor;
        else if (entry.Kind is "opened" or "withdrawn" or "expired") Opened = (Opened ?? 0) - posting.Minor;
        else Increased -= posting.Minor;
    }

    private void ApplyToPart(JournalEntry entry, Posting posting)
    {
        if (posting.ProjectId is null || posting.NeedId is null)
        {
            findings.Add(row, $"'{entry.Command}' posts {posting.Minor} to {posting.Account} and names no need.");
            return;
        }

        var need = new PartRef(posting.ProjectId, posting.NeedId);
        var held = Part(need, posting.Account);
        if (posting.Minor < 0 && held.Minor > 0 && posting.Value != -Share(held, -posting.Minor))
            findings.Add(row, $"'{entry.Command}' takes {-posting.Minor} of {held} from {posting.Account} at {need.ProjectId}/{need.NeedId}, "
                + $"counting {-posting.Value}; rounded down that is {Share(held, -posting.Minor)}.");
        // What is received out of nothing at its need came after a withdrawal: it is placed anew, and counts by the same rule.
        var isPlacedAnew = posting is { Account: Account.Received, Minor: > 0 } && !entry.Postings.Any(other => other.Minor < 0 && other.ProjectId == need.ProjectId && other.NeedId == need.NeedId);
        var isPut = posting.Account == Account.Proposed || (posting.Account == Account.Committed && entry.Kind is "moved" or "moved-in");
        if ((isPut && posting.Minor > 0) || isPlacedAnew) Proposals.Add(new Proposal(need, posting.Minor, posting.Value, entry.Command) { Entry = entry, IsPromise = posting.Account == Account.Proposed });
        var now = new Held(held.Minor + posting.Minor, held.Value + posting.Value);
        parts[(need, posting.Account)] = now;
        if (now.Minor < 0 || now.Value < 0)
            findings.Add(row, $"after '{entry.Command}' {posting.Account} at {need.ProjectId}/{need.NeedId} is {now}, expected none below 0.");
    }

    private static long Share(Held held, long minor)
        => minor == held.Minor ? held.Value : (long)BigInteger.Divide(new BigInteger(held.Value) * minor, held.Minor);
}
