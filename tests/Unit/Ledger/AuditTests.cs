using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Audit;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Ledger;

public class AuditTests
{
    private readonly TestForum forum = new();

    public AuditTests() => forum.Catalogue.Cities["kigali"] = new City("kigali", "Kigali", [], "RW", null, null, null, [], Situation.Peace);

    [Fact]
    public async Task The_books_of_a_mixed_life_are_proved()
    {
        await LiveAsync();
        var report = await AuditAsync();
        Assert.Empty(report.Differences);
        Assert.True(report.IsClean);
        Assert.Contains("farm/main in youth holds", Assert.Single(report.Overfills), StringComparison.Ordinal);
        Assert.Equal((8, 0), (report.Counts.Areas, report.Counts.Waiting));
        Assert.True(report.Counts.Entries > report.Counts.Lines && report.Counts.Parts > 0);
    }

    [Fact]
    public async Task Books_in_which_nothing_happened_yet_are_proved() => Assert.True((await AuditAsync()).IsClean);

    [Fact]
    public async Task A_unit_added_to_a_line_is_found()
    {
        var id = await LiveAsync();
        await ChangeAsync<Line>($"line|{id}", line => line with { Unallocated = line.Unallocated + 1 });
        await AssertFoundAsync($"line of {id} in youth: unallocated is 1, expected 0.");
        await AssertFoundAsync($"pledge {id}: all that its rows hold together is 3001, expected 3000.");
    }

    [Fact]
    public async Task What_a_part_counts_is_compared_to_the_unit()
    {
        var id = await LiveAsync();
        await ChangeAsync<Allocation>($"part|farm|main|{id}", part => part with { Received = part.Received with { Value = 999 } });
        await AssertFoundAsync($"part of {id} at farm/main in youth: received is 1000 (counting 999), expected 1000 (counting 1000).");
    }

    [Theory]
    [InlineData("GBP", "EUR")]
    [InlineData("EUR", "GBP")]
    public async Task What_lay_at_a_need_while_it_had_another_currency_is_judged_by_that_one(string before, string after)
    {
        forum.Rates.Quote("GBP", 0.8414m);
        forum.Partner("rome");
        await forum.ProjectAsync("farm", TestForum.Money("main", 5000, currency: before));
        var placed = await forum.PlaceAsync(TestForum.Pledge("rome", 1000, "EUR", Areas.Youth), "k");
        Assert.Equal(before == "EUR" ? 1000 : 841, Assert.Single(placed.Allocations).Total.Value);
        await forum.Commands.WithdrawAsync(placed.Pledge.Id, "w", Caller.System, TestForum.Stop);
        await forum.ProjectAsync("farm", TestForum.Money("main", 5000, currency: after));
        Assert.Empty((await AuditAsync()).Differences);
    }

    [Fact]
    public async Task A_changed_position_is_found()
    {
        await LiveAsync();
        await ChangeAsync<Position>("need|farm|main", need => need with { Committed = need.Committed + 1 });
        await AssertFoundAsync("need farm/main in youth: committed is");
    }

    [Fact]
    public async Task A_requirement_that_nobody_stated_is_found()
    {
        await LiveAsync();
        await ChangeAsync<Position>("need|farm|main", need => need with { Required = 1_000_000 });
        await AssertFoundAsync("need farm/main in youth: requirement is 1000000, expected");
    }

    [Fact]
    public async Task Room_that_is_kept_and_not_there_is_found()
    {
        await LiveAsync();
        await ChangeAsync<Position>("need|farm|main", need => need with { Reservations = [new Reservation("k3v7qxwz2m4ha5bt", need.Required, TestForum.Start)] });
        await AssertFoundAsync("need farm/main in youth: it requires");
    }

    [Fact]
    public async Task A_part_that_nobody_was_told_of_is_found()
    {
        var id = await LiveAsync();
        await ChangeAsync<Allocation>($"part|farm|main|{id}", part => part with { ToldAt = TestForum.Start });
        await AssertFoundAsync($"part of {id} at farm/main in youth: time of telling is");
    }

    [Fact]
    public async Task A_rebalance_that_takes_what_was_received_is_found()
    {
        var id = await LiveAsync();
        var entries = await forum.Reader.HistoryAsync(Areas.Youth, id, TestForum.Stop);
        var entry = await EntryAsync(id, entries.Single(entry => entry.Kind == "confirmed").Sequence);
        await WriteAsync(RowChange.Replace(entry with
        {
            Body = Wire.Write(Wire.Read<JournalEntry>(entry) with
            {
                Kind = "rebalanced",
                Postings = [new Posting(Account.Committed, -5, "farm", "main", -5), new Posting(Account.Unallocated, 5)],
            }),
        }));
        await AssertFoundAsync($"journal of {id} in youth: 'confirm.");
    }

    [Fact]
    public async Task A_journal_row_that_was_deleted_is_missed()
    {
        var id = await LiveAsync();
        var entry = await EntryAsync(id, 2);
        await WriteAsync(RowChange.Delete(entry));
        await AssertFoundAsync($"journal of {id} in youth: entry 2 is missing; the next is 3");
    }

    [Fact]
    public async Task The_last_journal_row_is_missed_too()
    {
        var id = await LiveAsync();
        var last = await EntryAsync(id, (await forum.Reader.LineAsync(Areas.Youth, id, TestForum.Stop))!.Sequence);
        await WriteAsync(RowChange.Delete(last));
        await AssertFoundAsync($"line of {id} in youth: sequence is");
    }

    [Fact]
    public async Task A_journal_row_under_a_second_key_is_found()
    {
        var id = await LiveAsync();
        var entry = await EntryAsync(id, 2);
        await WriteAsync(RowChange.Add(entry with { Key = entry.Key + ".again", ETag = null }));
        await AssertFoundAsync($"row {entry.Key}.again in youth: it holds the entry");
        await AssertFoundAsync($"journal of {id} in youth: entry 2 is there twice");
    }

    [Fact]
    public async Task A_statement_of_a_need_that_was_deleted_is_missed()
    {
        await LiveAsync();
        await WriteAsync(RowChange.Delete((await FindAsync("journal|farm~main|stated.farm.1"))!));
        await AssertFoundAsync("need farm/main in youth: statement 2 says that 4000 was required before, the one before it says nothing");
    }

    [Fact]
    public async Task A_standing_line_without_its_index_row_is_found()
    {
        await LiveAsync();
        await foreach (var row in forum.Tables.PrefixAsync(TableNames.Ledger, Areas.Youth, "standing|", TestForum.Stop))
        {
            await WriteAsync(RowChange.Delete(row));
            await AssertFoundAsync($"standing row of {row.Key["standing|".Length..]} in youth: it is missing");
            return;
        }

        Assert.Fail("Nothing stands.");
    }

    [Fact]
    public async Task An_index_row_of_a_line_that_does_not_stand_is_found()
    {
        var id = await LiveAsync();
        await WriteAsync(RowChange.Add(new Row(Areas.Youth, $"standing|{id}", "{}")));
        await AssertFoundAsync($"standing row of {id} in youth: the line does not stand.");
    }

    [Fact]
    public async Task A_part_row_that_was_deleted_is_missed()
    {
        var id = await LiveAsync();
        await WriteAsync(RowChange.Delete((await FindAsync($"part|farm|main|{id}"))!));
        await AssertFoundAsync($"part of {id} at farm/main in youth: there is no such row");
    }

    [Fact]
    public async Task A_hole_in_a_sequence_is_found()
    {
        var id = await LiveAsync();
        var entry = await EntryAsync(id, 2);
        await WriteAsync(RowChange.Replace(entry with { Body = Wire.Write(Wire.Read<JournalEntry>(entry) with { Sequence = 9 }) }));
        await AssertFoundAsync($"journal of {id} in youth: entry 2 is missing; the next is 3");
    }

    [Fact]
    public async Task A_need_outside_the_city_that_a_pledge_is_earmarked_to_is_found()
    {
        forum.Partner("rome");
        await forum.ProjectAsync("ball", TestForum.Money("main", 500, Areas.Sport));
        var soft = await forum.PlaceAsync(TestForum.Pledge("rome", 100, "EUR", Areas.Sport) with { Earmark = new Earmark([], ["kigali"], []) }, "soft");
        Assert.Equal(100, soft.Proposed);
        var need = (await FindAsync("need|ball|main", Areas.Sport))!;
        await WriteAsync(RowChange.Replace(need with { Body = Wire.Write(Wire.Read<Position>(need) with { City = "lima" }) }));
        var statement = (await FindAsync("journal|ball~main|stated.ball.1", Areas.Sport))!;
        await WriteAsync(RowChange.Replace(statement with { Body = Wire.Write(Wire.Read<JournalEntry>(statement) with { Terms = new NeedTerms("lima", "RW", null) }) }));
        await AssertFoundAsync($"part of {soft.Pledge.Id} at ball/main in sport: the pledge is earmarked to the city kigali; the need is in lima.");
    }

    [Fact]
    public async Task A_need_that_moves_after_it_was_chosen_breaks_no_earmark()
    {
        forum.Partner("rome");
        await forum.ProjectAsync("ball", TestForum.Money("main", 500, Areas.Sport));
        await forum.PlaceAsync(TestForum.Pledge("rome", 100, "EUR", Areas.Sport) with { Earmark = new Earmark([], ["kigali"], []) }, "soft");
        await forum.ProjectAsync("ball", TestForum.Money("main", 500, Areas.Sport) with { City = "lima" });
        Assert.Empty((await AuditAsync()).Differences);
    }

    [Fact]
    public async Task A_need_that_keeps_proposals_above_a_lowered_requirement_is_found()
    {
        forum.Partner("rome");
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        await forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth), "k");
        await ChangeAsync<Position>("need|farm|main", need => need with { Required = 400, Statement = 2 });
        var statement = (await FindAsync("journal|farm~main|stated.farm.1"))!;
        var lowered = Wire.Read<JournalEntry>(statement) with { Command = "stated.farm.2", Sequence = 2, RequiredBefore = 1_000, RequiredAfter = 400 };
        await WriteAsync(RowChange.Add(new Row(Areas.Youth, "journal|farm~main|stated.farm.2", Wire.Write(lowered))));
        forum.Clock.Advance(TimeSpan.FromMinutes(3));
        await AssertFoundAsync("need farm/main in youth: it requires 400 and holds 1000; 1000 of that is only proposed, chose no project, and should have been released.");
    }

    [Fact]
    public async Task A_line_of_no_pledge_is_found()
    {
        var id = await LiveAsync();
        await forum.Tables.CommitAsync(TableNames.Pledges, [RowChange.Delete(new Row("rome", id, ""))], TestForum.Stop);
        await AssertFoundAsync($"line of {id} in youth: there is no such pledge.");
    }

    [Fact]
    public async Task A_command_that_nothing_will_finish_is_found()
    {
        await LiveAsync();
        var command = (await forum.Tables.PageAsync(TableNames.Commands, null, 1, null, TestForum.Stop)).Rows[0];
        var value = Wire.Read<PledgeCommand>(command);
        await forum.Get<SubmittedLog>().FlushAsync(TestForum.Stop);
        await forum.Tables.CommitAsync(TableNames.Commands, [RowChange.Replace(command with { Body = Wire.Write(value with { Done = false }) })], TestForum.Stop);
        await AssertFoundAsync($"command {value.Id} on {value.PledgeId}: it is not done");
    }

    [Fact]
    public async Task A_receipt_that_was_begun_before_a_withdrawal_and_booked_after_it_stands_and_is_right()
    {
        forum.Partner("rome");
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth), "k");
        await forum.Commands.ConfirmAsync(pledge.Pledge.Id, null, "c", Caller.System, TestForum.Stop);
        forum.Tables.BeforeCommit = (table, _) => table == TableNames.Ledger ? throw new TimeoutException("lost") : Task.CompletedTask;
        var receipt = new ReceiptRequest(null, "amount", "4", null);
        await Assert.ThrowsAsync<TimeoutException>(() => forum.Commands.ReceiveAsync(pledge.Pledge.Id, receipt, "r", Caller.System, TestForum.Stop));
        forum.Tables.BeforeCommit = null;
        await forum.Commands.WithdrawAsync(pledge.Pledge.Id, "w", Caller.System, TestForum.Stop);
        var received = await forum.Commands.ReceiveAsync(pledge.Pledge.Id, receipt, "r", Caller.System, TestForum.Stop);
        Assert.Equal((1_400, 1_000, 400, 0), (received.Value.Pledged, received.Value.Withdrawn, received.Value.Received, received.Value.Unallocated));
        Assert.Empty((await AuditAsync()).Differences);

        await ChangeAsync<Line>($"line|{pledge.Pledge.Id}", line => line with { Version = 1 });
        await AssertFoundAsync($"line of {pledge.Pledge.Id} in youth: its version is 1, though the pledge was withdrawn in version 2.");
    }

    [Fact]
    public async Task Books_that_never_rest_are_said_to_be_busy()
    {
        var id = await LiveAsync();
        var busy = new NeverAtRest(forum.Tables, async number =>
        {
            var entry = new JournalEntry("noise", $"noise.{number}", TestForum.Start, "test", id, 1000 + number, []);
            await WriteAsync(RowChange.Add(new Row(Areas.Youth, $"journal|{id}|noise.{number}", Wire.Write(entry))));
        });
        var report = await new Auditor(busy, forum.Clock).RunAsync(TestForum.Stop);
        Assert.False(report.IsSettled || report.IsClean);
    }

    /// <summary>Many pledges in many states; the one answered has 1,000 received and 2,000 committed at farm/main in youth.</summary>
    private async Task<string> LiveAsync()
    {
        forum.Partner("rome");
        forum.Rates.Quote("USD", 1.0889m);
        await forum.ProjectAsync("farm", TestForum.Money("main", 4_000));
        await forum.ProjectAsync("ball", TestForum.Money("main", 5_000, Areas.Sport));
        var first = await forum.PlaceAsync(TestForum.Pledge("rome", 3_000, "EUR", Areas.Youth), "first");
        await forum.Commands.ConfirmAsync(first.Pledge.Id, null, "c", Caller.System, TestForum.Stop);
        await forum.Commands.ReceiveAsync(first.Pledge.Id, new ReceiptRequest(null, "amount", "10", null), "r", Caller.System, TestForum.Stop);
        await forum.PlaceAsync(TestForum.Pledge("rome", 9_001, "EUR", Areas.Youth, Areas.Sport), "two");
        var over = await forum.PlaceAsync(TestForum.Pledge("rome", 333, "USD", Areas.Sport), "dollars");
        await forum.Commands.ConfirmAsync(over.Pledge.Id, null, "c", Caller.System, TestForum.Stop);
        await forum.Commands.ReceiveAsync(over.Pledge.Id, new ReceiptRequest(null, "amount", "1", null), "r", Caller.System, TestForum.Stop);
        await forum.Commands.ReceiveAsync(over.Pledge.Id, new ReceiptRequest(null, "amount", "5", null), "r2", Caller.System, TestForum.Stop);
        await forum.PlaceAsync(TestForum.Pledge("rome", 2_500) with { Earmark = new Earmark(["farm"], [], []) }, "tight");
        var gone = await forum.PlaceAsync(TestForum.Pledge("rome", 700), "gone");
        await forum.PlaceAsync(TestForum.Pledge("rome", 800), "moves");
        await forum.Commands.WithdrawAsync(gone.Pledge.Id, "w", Caller.System, TestForum.Stop);
        await forum.ProjectAsync("farm", TestForum.Money("main", 2_000));
        await forum.ProjectAsync("film", TestForum.Money("main", 300, Areas.Culture));
        await forum.SettleAsync();
        return first.Pledge.Id;
    }

    private Task<AuditReport> AuditAsync() => new Auditor(forum.Tables, forum.Clock).RunAsync(TestForum.Stop);

    private async Task AssertFoundAsync(string sentence)
    {
        var report = await AuditAsync();
        Assert.False(report.IsClean);
        Assert.Contains(report.Differences, difference => difference.StartsWith(sentence, StringComparison.Ordinal));
    }

    private Task<Row?> FindAsync(string key, string area = Areas.Youth) => forum.Tables.FindAsync(TableNames.Ledger, area, key, TestForum.Stop);

    private Task WriteAsync(RowChange change) => forum.Tables.CommitAsync(TableNames.Ledger, [change], TestForum.Stop);

    private async Task ChangeAsync<T>(string key, Func<T, T> change)
    {
        var row = (await FindAsync(key))!;
        await WriteAsync(RowChange.Replace(row with { Body = Wire.Write(change(Wire.Read<T>(row))) }));
    }

    private async Task<Row> EntryAsync(string pledgeId, int sequence)
    {
        await foreach (var row in forum.Tables.PrefixAsync(TableNames.Ledger, Areas.Youth, $"journal|{pledgeId}|", TestForum.Stop))
            if (Wire.Read<JournalEntry>(row).Sequence == sequence) return row;
        throw new InvalidOperationException($"{pledgeId} has no entry {sequence}.");
    }

    /// <summary>Something is journaled before each look at the journal of an area.</summary>
    private sealed class NeverAtRest(ITables inner, Func<int, Task> before) : ITables
    {
        private int looks;

        public Task<Row?> FindAsync(string table, string partition, string key, CancellationToken stop) => inner.FindAsync(table, partition, key, stop);

        public async IAsyncEnumerable<Row> RangeAsync(
            string table, string partition, string from, string to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
        {
            if (from == "journal|" && partition == Areas.Youth) await before(++looks);
            await foreach (var row in inner.RangeAsync(table, partition, from, to, stop)) yield return row;
        }

        public Task<RowsWritten> WrittenAsync(string table, string partition, string from, string to, string? since, CancellationToken stop)
            => inner.WrittenAsync(table, partition, from, to, since, stop);

        public Task<RowPage> PageAsync(string table, string? partition, int size, string? continuation, CancellationToken stop)
            => inner.PageAsync(table, partition, size, continuation, stop);

        public Task<IReadOnlyList<string?>> CommitAsync(string table, IReadOnlyList<RowChange> changes, CancellationToken stop) => inner.CommitAsync(table, changes, stop);
    }
}
