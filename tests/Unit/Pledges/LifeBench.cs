using FundingFlow.Access;
using FundingFlow.Ledger.Audit;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Unit.Pledges;

/// <summary>A Forum with the partner rome and the project farm, the commands on a pledge in short, and the auditor's word on the books.</summary>
internal sealed class LifeBench
{
    private int keys;

    public LifeBench(params (string Key, string Value)[] settings)
    {
        Forum = new TestForum(settings: settings);
        Forum.Partner("rome");
    }

    public TestForum Forum { get; }

    public static PledgePatch Nothing { get; } = new(null, null, false, null, null, false, null);

    public static PledgePatch To(string amount) => Nothing with { Amount = new StatedAmount("amount", amount) };

    public async Task<PledgeBalance> PledgeAsync(long minor, params string[] areas) => await Forum.PlaceAsync(TestForum.Pledge("rome", minor, "EUR", areas), $"p{++keys}");

    public Task<Outcome<PledgeBalance>> AmendAsync(string id, PledgePatch patch, string? key = null, Precondition? condition = null)
        => Forum.Commands.AmendAsync(id, patch, condition ?? Precondition.None, key ?? $"k{++keys}", Caller.System, TestForum.Stop);

    public async Task ConfirmAsync(string id) => Assert.Null((await Forum.Commands.ConfirmAsync(id, null, $"k{++keys}", Caller.System, TestForum.Stop)).Refusal);

    public async Task ReceiveAsync(string id, string amount)
        => Assert.Null((await Forum.Commands.ReceiveAsync(id, new ReceiptRequest(null, "amount", amount, null), $"k{++keys}", Caller.System, TestForum.Stop)).Refusal);

    public Task<Outcome<PledgeBalance>> WithdrawAsync(string id) => Forum.Commands.WithdrawAsync(id, $"k{++keys}", Caller.System, TestForum.Stop);

    public Task<Outcome<PledgeBalance>> DeclineAsync(string part, Caller? by = null, string? reason = null)
        => Forum.Commands.DeclineAsync(part, reason, $"k{++keys}", by ?? Caller.System, TestForum.Stop);

    public Task<Outcome<PledgeBalance>> MoveAsync(string part, string project, string need, string? amount = null, string? key = null)
        => Forum.Commands.MoveAsync(part, new MoveStatement(project, need, amount is null ? null : new StatedAmount("amount", amount), "it is needed more"),
            key ?? $"k{++keys}", Caller.System, TestForum.Stop);

    public Task<Outcome<PledgeBalance>> WriteOffAsync(string id, string? amount = null, string? part = null)
        => Forum.Commands.WriteOffAsync(id, new WriteOffRequest(part, amount is null ? null : new StatedAmount("amount", amount), "insolvent"), $"k{++keys}", Caller.System, TestForum.Stop);

    public async Task<long> FilledAsync(string project = "farm", string need = "main", string area = Areas.Youth) => (await Forum.PositionAsync(area, project, need)).Filled;

    public async Task AssertProvedAsync()
    {
        var report = await new Auditor(Forum.Tables, Forum.Clock).RunAsync(TestForum.Stop);
        Assert.Empty(report.Differences);
        Assert.True(report.IsSettled);
    }

    public static void AssertConflict(Outcome<PledgeBalance> outcome, string says)
    {
        Assert.Equal(RefusalKind.Conflict, outcome.Refusal?.Kind);
        Assert.Contains(says, outcome.Refusal!.Detail, StringComparison.Ordinal);
    }

    /// <summary>Loses the first commit of a journal entry of this kind, as a crash right before it does; what was asked for fails.</summary>
    public void Lose(string kind) => Forum.Tables.BeforeCommit = (_, changes) => changes.Any(change => change.Row.Body.Contains($"\"kind\":\"{kind}\"", StringComparison.Ordinal))
        ? throw new TimeoutException("lost") : Task.CompletedTask;

    /// <summary>A new worker, after the crash: the sweep goes on with what was begun.</summary>
    public async Task RecoverAsync()
    {
        Forum.Tables.BeforeCommit = null;
        Forum.Restart();
        Forum.Clock.Advance(TimeSpan.FromMinutes(5));
        await Forum.Get<Sweep>().RunAsync(TestForum.Stop);
        await Forum.SettleAsync();
    }
}
