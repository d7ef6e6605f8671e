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

/// <summary>Books to tamper with, and what the auditor says of them.</summary>
internal sealed class AuditBench
{
    public AuditBench() => Forum.Catalogue.Cities["kigali"] = new City("kigali", "Kigali", [], "RW", null, null, null, [], Situation.Peace);

    public TestForum Forum { get; } = new();

    /// <summary>Many pledges in many states; the one answered has 1,000 received and 2,000 committed at farm/main in youth.</summary>
    public async Task<string> LiveAsync()
    {
        Forum.Partner("rome");
        Forum.Rates.Quote("USD", 1.0889m);
        await Forum.ProjectAsync("farm", TestForum.Money("main", 4_000));
        await Forum.ProjectAsync("ball", TestForum.Money("main", 5_000, Areas.Sport));
        var first = await Forum.PlaceAsync(TestForum.Pledge("rome", 3_000, "EUR", Areas.Youth), "first");
        await Forum.Commands.ConfirmAsync(first.Pledge.Id, null, "c", Caller.System, TestForum.Stop);
        await Forum.Commands.ReceiveAsync(first.Pledge.Id, new ReceiptRequest(null, "amount", "10", null), "r", Caller.System, TestForum.Stop);
        await Forum.PlaceAsync(TestForum.Pledge("rome", 9_001, "EUR", Areas.Youth, Areas.Sport), "two");
        var over = await Forum.PlaceAsync(TestForum.Pledge("rome", 333, "USD", Areas.Sport), "dollars");
        await Forum.Commands.ConfirmAsync(over.Pledge.Id, null, "c", Caller.System, TestForum.Stop);
        await Forum.Commands.ReceiveAsync(over.Pledge.Id, new ReceiptRequest(null, "amount", "1", null), "r", Caller.System, TestForum.Stop);
        await Forum.Commands.ReceiveAsync(over.Pledge.Id, new ReceiptRequest(null, "amount", "5", null), "r2", Caller.System, TestForum.Stop);
        await Forum.PlaceAsync(TestForum.Pledge("rome", 2_500) with { Earmark = new Earmark(["farm"], [], []) }, "tight");
        var gone = await Forum.PlaceAsync(TestForum.Pledge("rome", 700), "gone");
        await Forum.PlaceAsync(TestForum.Pledge("rome", 800), "moves");
        await Forum.Commands.WithdrawAsync(gone.Pledge.Id, "w", Caller.System, TestForum.Stop);
        await Forum.ProjectAsync("farm", TestForum.Money("main", 2_000));
        await Forum.ProjectAsync("film", TestForum.Money("main", 300, Areas.Culture));
        await Forum.SettleAsync();
        return first.Pledge.Id;
    }

    public Task<AuditReport> AuditAsync() => new Auditor(Forum.Tables, Forum.Clock).RunAsync(TestForum.Stop);

    public async Task AssertFoundAsync(string sentence)
    {
        var report = await AuditAsync();
        Assert.False(report.IsClean);
        Assert.Contains(report.Differences, difference => difference.StartsWith(sentence, StringComparison.Ordinal));
    }

    public Task<Row?> FindAsync(string key, string area = Areas.Youth) => Forum.Tables.FindAsync(TableNames.Ledger, area, key, TestForum.Stop);

    public Task WriteAsync(RowChange change) => Forum.Tables.CommitAsync(TableNames.Ledger, [change], TestForum.Stop);

    public async Task ChangeAsync<T>(string key, Func<T, T> change)
    {
        var row = (await FindAsync(key))!;
        await WriteAsync(RowChange.Replace(row with { Body = Wire.Write(change(Wire.Read<T>(row))) }));
    }

    public async Task<Row> EntryAsync(string pledgeId, int sequence)
    {
        await foreach (var row in Forum.Tables.PrefixAsync(TableNames.Ledger, Areas.Youth, $"journal|{pledgeId}|", TestForum.Stop))
            if (Wire.Read<JournalEntry>(row).Sequence == sequence) return row;
        throw new InvalidOperationException($"{pledgeId} has no entry {sequence}.");
    }
}
