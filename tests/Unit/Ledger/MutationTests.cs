using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Audit;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Ledger;

/// <summary>Five mistakes that a ledger can make, made on purpose: each writes rows that look sound by themselves, and the auditor finds each.</summary>
public class MutationTests
{
    private readonly TestForum forum;
    private MutatedTables tables = null!;

    public MutationTests()
    {
        forum = new TestForum(between: inner => tables = new MutatedTables(inner));
        forum.Partner("rome");
        forum.Partner("bern");
    }

    private static CancellationToken Stop => TestForum.Stop;

    [Fact]
    public async Task A_release_that_is_skipped()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        await forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth), "k");
        await AssertSoundAsync();
        // The need is lowered, and what is proposed to it stays.
        tables.Written = changes => changes.Any(change => Holds<JournalEntry>(change, "journal|", entry => entry.Kind is "need-stated"))
            ? [.. changes.Where(change => !IsLineOrPart(change.Row.Key)).Select(change => Edit<Position>(change, "need|", need => need with { Proposed = 1_000 }))]
            : changes;
        await forum.ProjectAsync("farm", TestForum.Money("main", 400));
        forum.Clock.Advance(TimeSpan.FromMinutes(3));
        await AssertFoundAsync("need farm/main in youth: it requires 400 and holds 1000");
    }

    [Fact]
    public async Task An_ETag_that_is_dropped()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        await forum.PlaceAsync(TestForum.Pledge("rome", 100, "EUR", Areas.Youth), "first");
        forum.Switch();
        await forum.PlaceAsync(TestForum.Pledge("bern", 100, "EUR", Areas.Youth), "other worker's");
        await AssertSoundAsync();
        tables.Written = changes => [.. changes.Select(change => change.Row.Key.StartsWith("need|", StringComparison.Ordinal) ? change with { Row = change.Row with { ETag = null } } : change)];
        // This worker still remembers the need as it was before the other one placed.
        forum.Switch();
        await forum.PlaceAsync(TestForum.Pledge("rome", 100, "EUR", Areas.Youth), "second");
        await AssertFoundAsync("need farm/main in youth: proposed is 200, expected 300.");
    }

    [Fact]
    public async Task A_value_that_is_rounded_up()
    {
        forum.Rates.Quote("USD", 1.0889m);
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        tables.Written = changes => [.. changes
            .Select(change => Edit<Allocation>(change, "part|", part => part with { Proposed = part.Proposed with { Value = part.Proposed.Value + 1 } }))
            .Select(change => Edit<Position>(change, "need|", need => need with { Proposed = need.Proposed + 1 }))
            .Select(change => Edit<JournalEntry>(change, "journal|", entry => entry with
            {
                Postings = [.. entry.Postings.Select(posting => posting.Account == Account.Proposed ? posting with { Value = posting.Value + 1 } : posting)],
            }))];
        tables.Written = OnlyOpening(tables.Written);
        var pledge = await forum.PlaceAsync(TestForum.Pledge("rome", 333, "USD", Areas.Youth), "k");
        await AssertFoundAsync($"journal of {pledge.Pledge.Id} in youth: 'open.{pledge.Pledge.Id}' proposes 333 USD to need farm/main in youth, counting 306 EUR; the rates give at most 305.");
    }

    [Fact]
    public async Task A_late_version_that_is_applied()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var id = await forum.SubmitAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth), "k");
        var opened = await forum.Get<PledgeLines>().OpenAsync((await forum.Get<PledgeStore>().FindAsync(id, Stop))!.Value, new LineSplit(Areas.Youth, 1_000), forum.Clock.GetUtcNow(), Stop);
        await forum.Commands.WithdrawAsync(id, "w", Caller.System, Stop);
        await forum.SettleAsync();
        await AssertSoundAsync();
        // The first version comes late, and the withdrawn line is not looked at.
        tables.IsOverlooked = key => key == $"line|{id}";
        tables.Written = changes => [.. changes.Select(change => change.Row.Key == $"line|{id}" ? RowChange.Upsert(change.Row) : change)];
        await forum.Get<Books>().OpenAsync(opened, withdrawn: false, "test", Stop);
        await AssertFoundAsync($"journal of {id} in youth: entry 1 is there twice");
        await AssertFoundAsync($"line of {id} in youth: its version is 1, though the pledge was withdrawn in version 2.");
    }

    [Fact]
    public async Task A_receipt_that_is_doubled()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var id = (await forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth), "k")).Pledge.Id;
        await forum.Commands.ConfirmAsync(id, null, "c", Caller.System, Stop);
        await forum.Commands.ReceiveAsync(id, new ReceiptRequest(null, "amount", "4", null), "r", Caller.System, Stop);
        await AssertSoundAsync();
        var command = (await forum.Tables.PageAsync(TableNames.Commands, null, 10, null, Stop)).Rows.Select(Wire.Read<PledgeCommand>).Single(command => command.Kind == "receipt");
        await forum.Get<Books>().ReceiveAsync(Areas.Youth, id, new Dictionary<PartRef, long> { [new PartRef("farm", "main")] = 400 }, 0,
            new DateOnly(2026, 11, 24), command.Id + ".again", "test", Stop);
        await AssertFoundAsync($"command {command.Id} on {id}: the journal books 800 under it, expected 400.");
    }

    private static Func<IReadOnlyList<RowChange>, IReadOnlyList<RowChange>> OnlyOpening(Func<IReadOnlyList<RowChange>, IReadOnlyList<RowChange>> mutation)
        => changes => changes.Any(change => Holds<JournalEntry>(change, "journal|", entry => entry.Kind == "opened")) ? mutation(changes) : changes;

    private static bool IsLineOrPart(string key)
        => key.StartsWith("line|", StringComparison.Ordinal) || key.StartsWith("part|", StringComparison.Ordinal) || key.StartsWith("standing|", StringComparison.Ordinal)
            || key.StartsWith("journal|rome.", StringComparison.Ordinal);

    private static bool Holds<T>(RowChange change, string prefix, Func<T, bool> what)
        => change.Row.Key.StartsWith(prefix, StringComparison.Ordinal) && change.Kind != ChangeKind.Delete && what(Wire.Read<T>(change.Row));

    private static RowChange Edit<T>(RowChange change, string prefix, Func<T, T> edit)
        => Holds<T>(change, prefix, _ => true) ? change with { Row = change.Row with { Body = Wire.Write(edit(Wire.Read<T>(change.Row))) } } : change;

    private async Task AssertSoundAsync() => Assert.Empty((await new Auditor(forum.Tables, forum.Clock).RunAsync(Stop)).Differences);

    private async Task AssertFoundAsync(string sentence)
        => Assert.Contains((await new Auditor(forum.Tables, forum.Clock).RunAsync(Stop)).Differences, difference => difference.StartsWith(sentence, StringComparison.Ordinal));
}
