using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Simulation;

/// <summary>What partners, cities and staff ask of the pledges of a made-up life; each request may come again under its key.</summary>
public sealed class RunPledges(TestForum forum, Random random, MadeUp madeUp)
{
    private readonly List<Func<Task>> repeatable = [];
    private readonly List<string> pledges = [];
    private readonly HashSet<string> accepted = [];
    private readonly HashSet<string> borrowed = [];
    private int names;

    /// <summary>Ids of all that were sent, whether an answer came or not.</summary>
    public IReadOnlyList<string> Sent => pledges;

    /// <summary>Ids of those that were answered with yes.</summary>
    public IReadOnlyCollection<string> Accepted => accepted;

    /// <summary>How many keys were given out.</summary>
    public int Keys => names;

    public string NewKey() => $"k{++names}";

    public Task SubmitAsync()
    {
        var (request, key) = (madeUp.Request(), NewKey());
        return RepeatablyAsync(async () =>
        {
            if (PledgeId.Of(request.PartnerId, key) is var id && !pledges.Contains(id)) pledges.Add(id);
            var outcome = await forum.Get<IPledgeIntake>().SubmitAsync(request, key, Caller.System, TestForum.Stop);
            if (outcome.Refusal is null) accepted.Add(outcome.Value.Id);
            else if (outcome.Refusal.Kind != RefusalKind.Conflict || !borrowed.Contains(key)) AssertRightlyRefused(outcome.Refusal);
        });
    }

    /// <summary>A key that was used before, or was meant to be and never arrived.</summary>
    private string Borrowed()
    {
        var key = $"k{random.Next(names + 1)}";
        borrowed.Add(key);
        return key;
    }

    /// <summary>It asks for what its partner excludes or for a project that has ended, or its day has passed meanwhile.</summary>
    private static void AssertRightlyRefused(Refusal no)
    {
        Assert.Equal((RefusalKind.Invalid, no.Detail), (no.Kind, no.Detail));
        Assert.All(no.Errors!.Keys, pointer => Assert.Matches("^/(earmark|areas)/|^/validUntil$|^/resource/to$", pointer));
    }

    /// <summary>As an import does; some keys were used before, with this or other content, and one stands there twice.</summary>
    public Task SubmitTogetherAsync()
    {
        var requests = Enumerable.Range(0, random.Next(2, random.Next(8) == 0 ? 40 : 8)).Select(_ => new KeyedRequest(madeUp.Request(), random.Next(12) == 0 ? Borrowed() : NewKey())).ToList();
        if (random.Next(3) == 0) requests.Add(requests[0]);
        return RepeatablyAsync(async () =>
        {
            foreach (var id in requests.Select(one => PledgeId.Of(one.Request.PartnerId, one.IdempotencyKey)).Except(pledges).ToList()) pledges.Add(id);
            var answers = await forum.Get<BulkIntake>().SubmitAsync(requests, Caller.System, TestForum.Stop);
            foreach (var answer in answers)
                if (answer.Refusal is null) accepted.Add(answer.Value.Id);
                else if (answer.Refusal.Kind != RefusalKind.Conflict) AssertRightlyRefused(answer.Refusal);
        });
    }

    public Task ConfirmAsync() => CommandAsync(part => part.Proposed.Minor > 0, (id, key) => forum.Commands.ConfirmAsync(id, null, key, Caller.System, TestForum.Stop));

    public Task WithdrawAsync() => CommandAsync(null, (id, key) => forum.Commands.WithdrawAsync(id, key, Caller.System, TestForum.Stop));

    public Task ReceiveAsync()
    {
        var (minor, isForOne) = (random.Next(1, random.Next(5) == 0 ? 5_000 : 900), random.Next(3) == 0);
        return CommandAsync(part => part.Committed.Minor + part.Conditional.Minor > 0, async (id, key) =>
        {
            if (await forum.Get<PledgeStore>().FindAsync(id, TestForum.Stop) is not { Value: var pledge }) return;
            var unit = pledge.Resource.Unit;
            var only = isForOne ? (await forum.BalanceAsync(id)).Allocations.OrderByDescending(part => part.Committed.Minor).FirstOrDefault()?.Id : null;
            var receipt = new ReceiptRequest(only, PledgeReader.MemberOf(unit), Decimals.Write(minor, unit.Exponent), null);
            await forum.Commands.ReceiveAsync(id, receipt, key, Caller.System, TestForum.Stop);
        });
    }

    /// <summary>Any of a pledge's receipts, also one that is reversed already; the repetition of one reversal may come under another key.</summary>
    public Task ReverseAsync()
    {
        var which = random.Next(3);
        return CommandAsync(part => part.Received.Minor > 0, async (id, key) =>
        {
            if (await forum.Get<PledgeStore>().FindAsync(id, TestForum.Stop) is not { Value: var pledge }) return;
            var receipts = (await forum.Get<ReceiptBook>().ReadAsync(pledge, TestForum.Stop)).Receipts;
            if (receipts.Count > 0) await forum.Commands.ReverseReceiptAsync(id, receipts[which % receipts.Count].Id, "It bounced.", key, Caller.System, TestForum.Stop);
        });
    }

    public Task AmendAsync()
    {
        var (percent, days, hides, kind) = (random.Next(30, 180), random.Next(4), random.Next(2) == 0, random.Next(6));
        return CommandAsync(null, async (id, key) =>
        {
            if (await forum.Get<PledgeStore>().FindAsync(id, TestForum.Stop) is not { Value: var pledge }) return;
            var unit = pledge.Resource.Unit;
            var patch = new PledgePatch(null, null, false, null, null, false, null);
            patch = kind switch
            {
                0 => patch with { GivesValidUntil = true, ValidUntil = madeUp.Today.AddDays(days) },
                1 => patch with { Visibility = hides ? Visibility.Anonymous : Visibility.Public },
                _ => patch with { Amount = new StatedAmount(PledgeReader.MemberOf(unit), Decimals.Write(Math.Max(1, pledge.Resource.Minor * percent / 100), unit.Exponent)) },
            };
            await forum.Commands.AmendAsync(id, patch, Precondition.None, key, Caller.System, TestForum.Stop);
        });
    }

    public Task DeclineAsync() => AllocationAsync(_ => true, (part, key) => forum.Commands.DeclineAsync(part, "no use for it", key, Caller.System, TestForum.Stop));

    public Task MoveAsync()
    {
        var (isAnywhere, pick, minor) = (random.Next(5) == 0, random.Next(100), random.Next(3) == 0 ? random.Next(1, 300) : 0);
        return AllocationAsync(part => part.Proposed.Minor + part.Committed.Minor > 0, async (part, key) =>
        {
            if (LedgerKeys.ParseAllocationId(part) is not { } id || await forum.Get<PledgeStore>().FindAsync(id.PledgeId, TestForum.Stop) is not { Value.Resource.Unit: var unit }) return;
            var needs = MadeUp.Projects.Select(project => forum.Catalogue.Projects.GetValueOrDefault(project)).OfType<Project>()
                .SelectMany(project => project.Needs.Select(need => (project.Id, Need: need))).Where(to => isAnywhere || (to.Need.Unit == unit && (to.Id, to.Need.Id) != (id.ProjectId, id.NeedId))).ToList();
            if (needs.Count == 0) return;
            var (to, need) = needs[pick % needs.Count];
            var amount = minor == 0 ? null : new StatedAmount(PledgeReader.MemberOf(unit), Decimals.Write(minor, unit.Exponent));
            await forum.Commands.MoveAsync(part, new MoveStatement(to, need.Id, amount, "it is needed more"), key, Caller.System, TestForum.Stop);
        });
    }

    public Task WriteOffAsync()
        => CommandAsync(part => part.Committed.Minor > 0, (id, key) => forum.Commands.WriteOffAsync(id, new WriteOffRequest(null, null, "insolvent"), key, Caller.System, TestForum.Stop));

    /// <summary>A command on one of the allocations that there are now and that suit it; now and then on any.</summary>
    private async Task AllocationAsync(Func<Allocation, bool> suits, Func<string, string, Task> command)
    {
        var isAny = random.Next(8) == 0;
        var parts = (await PartsAsync()).FindAll(part => isAny || suits(part));
        if (parts.Count == 0) return;
        var (part, key) = (parts[random.Next(parts.Count)].Id, NewKey());
        await RepeatablyAsync(() => command(part, key));
    }

    /// <summary>A command on a pledge: mostly one that it has something to do for, now and then any.</summary>
    /// <param name="suits">What the pledge has an allocation like; null: whatever it has.</param>
    private async Task CommandAsync(Func<Allocation, bool>? suits, Func<string, string, Task> command)
    {
        List<string> among = suits is null || random.Next(5) == 0 ? [] : [.. (await PartsAsync()).Where(suits).Select(part => part.PledgeId).Distinct()];
        if (among.Count == 0) among = pledges;
        if (among.Count == 0) return;
        // Rather a recent one: it has more of its life before it.
        var (id, key) = (among[Math.Max(random.Next(among.Count), random.Next(among.Count))], NewKey());
        await RepeatablyAsync(() => command(id, key));
    }

    private async Task<List<Allocation>> PartsAsync()
    {
        var parts = new List<Allocation>();
        foreach (var project in MadeUp.Projects.Select(id => forum.Catalogue.Projects.GetValueOrDefault(id)).OfType<Project>())
            parts.AddRange(await forum.Reader.AllocationsOfAsync(project, TestForum.Stop));
        return parts;
    }

    public async Task AcknowledgeAsync()
    {
        foreach (var project in MadeUp.Projects.Select(id => forum.Catalogue.Projects.GetValueOrDefault(id)).OfType<Project>())
            if ((await forum.Reader.AllocationsOfAsync(project, TestForum.Stop)).FirstOrDefault(part => part.Received.Minor > 0) is { } part)
                await forum.Commands.AcknowledgeAsync(part.Id, Caller.System, TestForum.Stop);
    }

    public async Task TellAsync()
    {
        if (pledges.Count == 0 || await forum.Get<PledgeStore>().FindAsync(madeUp.One([.. pledges]), TestForum.Stop) is not { Value: var pledge }) return;
        await forum.Get<IPartsTold>().TellAsync((await forum.Get<PledgeBooks>().ReadAsync(pledge, TestForum.Stop)).Allocations, TestForum.Stop);
    }

    /// <summary>The same request under the same key, as a caller sends it who got no answer.</summary>
    public Task RepeatAsync() => repeatable.Count == 0 ? Task.CompletedTask : repeatable[random.Next(repeatable.Count)]();

    private Task RepeatablyAsync(Func<Task> request)
    {
        repeatable.Add(request);
        return request();
    }
}
