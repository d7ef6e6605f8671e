using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Audit;
using FundingFlow.Money;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Unit.Pledges;

/// <summary>One partner's confirmed pledge on needs that it fills exactly, and what is asked of it.</summary>
internal sealed class PaidForum
{
    public static readonly DateOnly January = new(2027, 1, 15);

    private int keys;

    public TestForum Forum { get; } = new();

    public string Id { get; private set; } = "";

    public PaidForum()
    {
        Forum.Partner("rome");
        Forum.Catalogue.Cities["kigali"] = new City("kigali", "Kigali", [], "RW", null, null, null, [], Situation.Peace);
    }

    /// <summary>Needs of these sizes, and a pledge of their sum that is confirmed; its instalments fall due on the 15th, from January on.</summary>
    public async Task<PledgeBalance> CommitAsync(string currency, long[] needs, params long[] instalments)
    {
        Forum.Rates.Quote("JPY", 160m);
        Forum.Rates.Quote("KWD", 0.3347m);
        for (var i = 0; i < needs.Length; i++) await Forum.ProjectAsync($"p{i}", TestForum.Money("main", needs[i], currency: currency));
        var request = TestForum.Pledge("rome", needs.Sum(), currency, Areas.Youth) with
        {
            Schedule = [.. instalments.Select((minor, i) => new Instalment(January.AddMonths(i), minor))],
        };
        Id = (await Forum.PlaceAsync(request, "pledge")).Pledge.Id;
        return (await Forum.Commands.ConfirmAsync(Id, null, "confirm", Caller.System, TestForum.Stop)).Value;
    }

    public async Task<PledgeBalance> ReceiveAsync(string amount, string? allocationId = null, string? key = null)
    {
        Forum.Clock.Advance(TimeSpan.FromSeconds(1));
        var outcome = await TryReceiveAsync(amount, allocationId, key);
        Assert.True(outcome.Refusal is null, outcome.Refusal?.Detail);
        return outcome.Value;
    }

    public Task<Outcome<PledgeBalance>> TryReceiveAsync(string amount, string? allocationId = null, string? key = null)
        => Forum.Commands.ReceiveAsync(Id, new ReceiptRequest(allocationId, "amount", amount, null), key ?? $"r{++keys}", Caller.System, TestForum.Stop);

    /// <summary>Reverses the receipt of that number, from 0.</summary>
    public async Task<Outcome<PledgeBalance>> ReverseAsync(int number, string? key = null, string reason = "The cheque bounced.")
        => await Forum.Commands.ReverseReceiptAsync(Id, (await ViewAsync()).Receipts![number].Id, reason, key ?? $"v{++keys}", Caller.System, TestForum.Stop);

    public async Task<PledgeView> ViewAsync() => (await Forum.Get<PledgeQueries>().GetAsync(Id, Caller.System, TestForum.Stop)).Value;

    /// <summary>Received at each need, in the order of the projects.</summary>
    public static IEnumerable<long> Received(PledgeBalance balance) => balance.Allocations.OrderBy(part => part.ProjectId).Select(part => part.Received.Minor);

    /// <summary>Committed, received and status of each instalment.</summary>
    public async Task<string[]> InstalmentsAsync()
        => [.. (await ViewAsync()).Instalments.Select(due => $"{due.Committed} {due.Received} {due.Outstanding} {due.Status}")];

    public async Task<IReadOnlyList<string>> DifferencesAsync() => (await new Auditor(Forum.Tables, Forum.Clock).RunAsync(TestForum.Stop)).Differences;

    public async Task ChangeCommandAsync(string kind, Func<PledgeCommand, PledgeCommand?> change)
    {
        foreach (var row in (await Forum.Tables.PageAsync(TableNames.Commands, null, 100, null, TestForum.Stop)).Rows)
            if (Wire.Read<PledgeCommand>(row) is var command && command.Kind == kind)
                await Forum.Tables.CommitAsync(
                    TableNames.Commands, [change(command) is { } changed ? RowChange.Replace(row with { Body = Wire.Write(changed) }) : RowChange.Delete(row)], TestForum.Stop);
    }

    /// <summary>As a condition that is not met any more does it: what is committed at one need is committed under a condition.</summary>
    public async Task MakeConditionalAsync(string project)
    {
        var need = new PartRef(project, "main");
        var part = await RowAsync<Allocation>($"part|{project}|main|{Id}");
        var line = await RowAsync<Line>($"line|{Id}");
        var position = await RowAsync<Position>($"need|{project}|main");
        var moved = part.Value.Committed;
        var entry = new JournalEntry("conditioned", "conditioned.0", Forum.Clock.GetUtcNow(), "test", Id, line.Value.Sequence + 1,
            [new Posting(Account.Committed, -moved.Minor, need.ProjectId, need.NeedId, -moved.Value), new Posting(Account.Conditional, moved.Minor, need.ProjectId, need.NeedId, moved.Value)]);
        await Forum.Tables.CommitAsync(TableNames.Ledger,
        [
            RowChange.Replace(part.Row with { Body = Wire.Write(part.Value with { Committed = default, Conditional = moved }) }),
            RowChange.Replace(line.Row with { Body = Wire.Write(line.Value with { Sequence = line.Value.Sequence + 1 }) }),
            RowChange.Replace(position.Row with { Body = Wire.Write(position.Value with { Committed = 0, Conditional = moved.Value }) }),
            RowChange.Add(new Row(Areas.Youth, $"journal|{Id}|{entry.Command}", Wire.Write(entry))),
        ], TestForum.Stop);
        Forum.Restart();
    }

    private async Task<(Row Row, T Value)> RowAsync<T>(string key)
    {
        var row = (await Forum.Tables.FindAsync(TableNames.Ledger, Areas.Youth, key, TestForum.Stop))!;
        return (row, Wire.Read<T>(row));
    }
}
