using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Audit;
using FundingFlow.Money;
using FundingFlow.Partners;
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

    public async Task<PledgeView> ViewAsync() => (await Forum.Get<PledgeQueries>().GetAsync(Id, Caller.System, TestForum.Stop)).Value.View;

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

    /// <summary>50.00 EUR in instalments of 30 and 20, all confirmed on condition that nonprofits commit as much: 30 are committed at p0, 20 conditional at p1.</summary>
    public async Task CommitUnderConditionAsync()
    {
        Forum.Partner("bern", Sector.Nonprofit);
        await Forum.ProjectAsync("p0", TestForum.Money("main", 3_000), TestForum.Money("other", 3_000));
        await Forum.ProjectAsync("p1", TestForum.Money("main", 2_000));
        var first = await Forum.PlaceAsync(TestForum.Pledge("bern", 3_000) with { Earmark = new Earmark(["p0"], [], []) }, "first");
        await Forum.Commands.ConfirmAsync(first.Pledge.Id, null, "confirm", Caller.System, TestForum.Stop);
        Id = (await Forum.PlaceAsync(TestForum.Pledge("rome", 5_000, "EUR", Areas.Youth) with
        {
            Schedule = [new Instalment(January, 3_000), new Instalment(January.AddMonths(1), 2_000)],
            Conditions = [new MatchCondition(Sector.Nonprofit, 1m, null)],
        }, "pledge")).Pledge.Id;
        await Forum.Commands.ConfirmAsync(Id, null, "confirm", Caller.System, TestForum.Stop);
        await Forum.SettleAsync();
    }
}
