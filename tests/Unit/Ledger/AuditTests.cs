using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Audit;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Ledger;

/// <summary>What the auditor finds in lines, parts, the journal and commands.</summary>
public class AuditTests
{
    private readonly AuditBench bench = new();

    private TestForum Forum => bench.Forum;

    [Fact]
    public async Task The_books_of_a_mixed_life_are_proved()
    {
        await bench.LiveAsync();
        var report = await bench.AuditAsync();
        Assert.Empty(report.Differences);
        Assert.True(report.IsClean);
        Assert.Contains("farm/main in youth holds", Assert.Single(report.Overfills), StringComparison.Ordinal);
        Assert.Equal((8, 0), (report.Counts.Areas, report.Counts.Waiting));
        Assert.True(report.Counts.Entries > report.Counts.Lines && report.Counts.Parts > 0);
    }

    [Fact]
    public async Task Books_in_which_nothing_happened_yet_are_proved() => Assert.True((await bench.AuditAsync()).IsClean);

    [Fact]
    public async Task A_unit_added_to_a_line_is_found()
    {
        var id = await bench.LiveAsync();
        await bench.ChangeAsync<Line>($"line|{id}", line => line with { Unallocated = line.Unallocated + 1 });
        await bench.AssertFoundAsync($"line of {id} in youth: unallocated is 1, expected 0.");
        await bench.AssertFoundAsync($"pledge {id}: all that its rows hold together is 3001, expected 3000.");
    }

    [Fact]
    public async Task What_a_part_counts_is_compared_to_the_unit()
    {
        var id = await bench.LiveAsync();
        await bench.ChangeAsync<Allocation>($"part|farm|main|{id}", part => part with { Received = part.Received with { Value = 999 } });
        await bench.AssertFoundAsync($"part of {id} at farm/main in youth: received is 1000 (counting 999), expected 1000 (counting 1000).");
    }

    [Fact]
    public async Task A_part_that_nobody_was_told_of_is_found()
    {
        var id = await bench.LiveAsync();
        await bench.ChangeAsync<Allocation>($"part|farm|main|{id}", part => part with { ToldAt = TestForum.Start });
        await bench.AssertFoundAsync($"part of {id} at farm/main in youth: time of telling is");
    }

    [Fact]
    public async Task A_rebalance_that_takes_what_was_received_is_found()
    {
        var id = await bench.LiveAsync();
        var entries = await Forum.Reader.HistoryAsync(Areas.Youth, id, TestForum.Stop);
        var entry = await bench.EntryAsync(id, entries.Single(entry => entry.Kind == "confirmed").Sequence);
        await bench.WriteAsync(RowChange.Replace(entry with
        {
            Body = Wire.Write(Wire.Read<JournalEntry>(entry) with
            {
                Kind = "rebalanced",
                Postings = [new Posting(Account.Committed, -5, "farm", "main", -5), new Posting(Account.Unallocated, 5)],
            }),
        }));
        await bench.AssertFoundAsync($"journal of {id} in youth: 'confirm.");
    }

    [Fact]
    public async Task A_journal_row_that_was_deleted_is_missed()
    {
        var id = await bench.LiveAsync();
        var entry = await bench.EntryAsync(id, 2);
        await bench.WriteAsync(RowChange.Delete(entry));
        await bench.AssertFoundAsync($"journal of {id} in youth: entry 2 is missing; the next is 3");
    }

    [Fact]
    public async Task The_last_journal_row_is_missed_too()
    {
        var id = await bench.LiveAsync();
        var last = await bench.EntryAsync(id, (await Forum.Reader.LineAsync(Areas.Youth, id, TestForum.Stop))!.Sequence);
        await bench.WriteAsync(RowChange.Delete(last));
        await bench.AssertFoundAsync($"line of {id} in youth: sequence is");
    }

    [Fact]
    public async Task A_journal_row_under_a_second_key_is_found()
    {
        var id = await bench.LiveAsync();
        var entry = await bench.EntryAsync(id, 2);
        await bench.WriteAsync(RowChange.Add(entry with { Key = entry.Key + ".again", ETag = null }));
        await bench.AssertFoundAsync($"row {entry.Key}.again in youth: it holds the entry");
        await bench.AssertFoundAsync($"journal of {id} in youth: entry 2 is there twice");
    }

    [Fact]
    public async Task A_standing_line_without_its_index_row_is_found()
    {
        await bench.LiveAsync();
        await foreach (var row in Forum.Tables.PrefixAsync(TableNames.Ledger, Areas.Youth, "standing|", TestForum.Stop))
        {
            await bench.WriteAsync(RowChange.Delete(row));
            await bench.AssertFoundAsync($"standing row of {row.Key["standing|".Length..]} in youth: it is missing");
            return;
        }

        Assert.Fail("Nothing stands.");
    }

    [Fact]
    public async Task An_index_row_of_a_line_that_does_not_stand_is_found()
    {
        var id = await bench.LiveAsync();
        await bench.WriteAsync(RowChange.Add(new Row(Areas.Youth, $"standing|{id}", "{}")));
        await bench.AssertFoundAsync($"standing row of {id} in youth: the line does not stand.");
    }

    [Fact]
    public async Task A_part_row_that_was_deleted_is_missed()
    {
        var id = await bench.LiveAsync();
        await bench.WriteAsync(RowChange.Delete((await bench.FindAsync($"part|farm|main|{id}"))!));
        await bench.AssertFoundAsync($"part of {id} at farm/main in youth: there is no such row");
    }

    [Fact]
    public async Task A_hole_in_a_sequence_is_found()
    {
        var id = await bench.LiveAsync();
        var entry = await bench.EntryAsync(id, 2);
        await bench.WriteAsync(RowChange.Replace(entry with { Body = Wire.Write(Wire.Read<JournalEntry>(entry) with { Sequence = 9 }) }));
        await bench.AssertFoundAsync($"journal of {id} in youth: entry 2 is missing; the next is 3");
    }

    [Fact]
    public async Task A_line_of_no_pledge_is_found()
    {
        var id = await bench.LiveAsync();
        await Forum.Tables.CommitAsync(TableNames.Pledges, [RowChange.Delete(new Row("rome", id, ""))], TestForum.Stop);
        await bench.AssertFoundAsync($"line of {id} in youth: there is no such pledge.");
    }

    [Fact]
    public async Task A_command_that_nothing_will_finish_is_found()
    {
        await bench.LiveAsync();
        var command = (await Forum.Tables.PageAsync(TableNames.Commands, null, 1, null, TestForum.Stop)).Rows[0];
        var value = Wire.Read<PledgeCommand>(command);
        await Forum.Get<SubmittedLog>().FlushAsync(TestForum.Stop);
        await Forum.Tables.CommitAsync(TableNames.Commands, [RowChange.Replace(command with { Body = Wire.Write(value with { Done = false }) })], TestForum.Stop);
        await bench.AssertFoundAsync($"command {value.Id} on {value.PledgeId}: it is not done");
    }

    [Fact]
    public async Task A_receipt_that_was_begun_before_a_withdrawal_and_booked_after_it_stands_and_is_right()
    {
        Forum.Partner("rome");
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await Forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth), "k");
        await Forum.Commands.ConfirmAsync(pledge.Pledge.Id, null, "c", Caller.System, TestForum.Stop);
        Forum.Tables.BeforeCommit = (table, _) => table == TableNames.Ledger ? throw new TimeoutException("lost") : Task.CompletedTask;
        var receipt = new ReceiptRequest(null, "amount", "4", null);
        await Assert.ThrowsAsync<TimeoutException>(() => Forum.Commands.ReceiveAsync(pledge.Pledge.Id, receipt, "r", Caller.System, TestForum.Stop));
        Forum.Tables.BeforeCommit = null;
        await Forum.Commands.WithdrawAsync(pledge.Pledge.Id, "w", Caller.System, TestForum.Stop);
        var received = await Forum.Commands.ReceiveAsync(pledge.Pledge.Id, receipt, "r", Caller.System, TestForum.Stop);
        Assert.Equal((1_400, 1_000, 400, 0), (received.Value.Pledged, received.Value.Withdrawn, received.Value.Received, received.Value.Unallocated));
        Assert.Empty((await bench.AuditAsync()).Differences);

        await bench.ChangeAsync<Line>($"line|{pledge.Pledge.Id}", line => line with { Version = 1 });
        await bench.AssertFoundAsync($"line of {pledge.Pledge.Id} in youth: its version is 1, though the pledge was withdrawn in version 2.");
    }

    [Fact]
    public async Task Books_that_never_rest_are_said_to_be_busy()
    {
        var id = await bench.LiveAsync();
        var busy = new NeverAtRest(Forum.Tables, async number =>
        {
            var entry = new JournalEntry("noise", $"noise.{number}", TestForum.Start, "test", id, 1000 + number, []);
            await bench.WriteAsync(RowChange.Add(new Row(Areas.Youth, $"journal|{id}|noise.{number}", Wire.Write(entry))));
        });
        var report = await new Auditor(busy, Forum.Clock).RunAsync(TestForum.Stop);
        Assert.False(report.IsSettled || report.IsClean);
    }
}
