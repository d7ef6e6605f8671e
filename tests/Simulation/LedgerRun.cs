using System.Globalization;
using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Audit;
using FundingFlow.Ledger.Rebalancing;
using FundingFlow.Ledger.Conditions;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Simulation;

using Unit = FundingFlow.Money.Unit;

/// <summary>A life of the Forum made up from one seed: the same seed, the same steps and the same faults.</summary>
public sealed class LedgerRun
{
    private const int Patience = 40;
    private static readonly string[] Partners = ["rome", "bern", "acme"];
    private static readonly string[] AreaSlugs = [Areas.Youth, Areas.Sport, Areas.Culture];
    private static readonly string[] Projects = ["farm", "school", "film", "club"];
    private static readonly (string Id, string Country)[] Cities = [("kigali", "RW"), ("lima", "PE"), ("nablus", "PS")];
    private static readonly Unit[] Units =
    [
        Unit.Of(Currency.Of("EUR")), Unit.Of(Currency.Of("EUR")), Unit.Of(Currency.Of("USD")), Unit.Of(Currency.Of("RWF")),
        Unit.Of(Currency.Of("KWD")), Unit.Goods("laptop", "piece", 0), Unit.Hours("coaching"),
    ];

    private readonly Random random;
    private readonly TestForum forum = new(settings: ("FundingFlow:Matching:Areas:youth:SharePercent", "40"));
    private readonly Faults faults;
    private readonly List<Func<Task>> repeatable = [];
    private readonly List<string> pledges = [];
    private readonly HashSet<string> accepted = [];
    private readonly HashSet<string> borrowed = [];
    private int names;
    private long audited;

    public LedgerRun(int seed)
    {
        random = new Random(seed);
        faults = new Faults(forum) { Overtake = OvertakeAsync };
        foreach (var partner in Partners)
            forum.Catalogue.Partners[partner] = forum.Partner(partner, (Sector)random.Next(3)) with { Exclusions = Excluded() };
        foreach (var (id, country) in Cities) forum.Catalogue.Cities[id] = new City(id, id, [], country, null, null, null, [], Situation.Peace);
        forum.Rates.Quote("USD", 1.0889m);
        forum.Rates.Quote("KWD", 0.3347m);
    }

    /// <summary>What was done, for whoever reads of a failure.</summary>
    public List<string> Trace { get; } = [];

    /// <summary>How often a project's division into firm and conditional was proved once all was settled.</summary>
    public int Divisions { get; private set; }
    /// <summary>How often each kind of change is in the journals at the end.</summary>
    public Dictionary<string, int> Kinds { get; } = [];

    public async Task RunAsync(int steps)
    {
        foreach (var project in Projects) await StateAsync(project);
        for (var step = 1; step <= steps; step++)
        {
            await StepAsync();
            await AuditAsync();
        }

        await AuditAsync();
        await SettleAsync();
        await ConfirmAllAsync();
        await WithdrawSomeAsync();
    }

    private async Task StepAsync()
    {
        Fault? fault = random.Next(2) == 0 ? (Fault)Math.Min(random.Next(9), (int)Fault.Overtaken) : null;
        faults.Arm(fault, random.Next(1, 7));
        var (name, step) = Choose();
        Trace.Add($"{name}{(fault is null ? "" : $" with {fault}")}");
        try
        {
            await step();
        }
        catch (Exception failure) when (faults.HasFired && failure is SimulatedFaultException or StoreConflictException)
        {
            Trace[^1] += ": failed";
        }

        if (faults.HasCrashed || random.Next(25) == 0) forum.Restart();
        if (random.Next(3) == 0) forum.Switch();
        faults.Arm(null, 0);
        forum.Clock.Advance(TimeSpan.FromSeconds(random.Next(12)));
        if (forum.Logged.FirstOrDefault(failure => failure is not SimulatedFaultException and not StoreConflictException) is { } logged)
            throw new InvalidOperationException("A room logged a failure of its own.", logged);
    }

    private async Task OvertakeAsync()
    {
        var (name, step) = Choose();
        Trace[^1] += $" by {name}";
        forum.Switch();
        await step();
        forum.Switch();
    }

    private (string Name, Func<Task> Step) Choose() => random.Next(138) switch
    {
        < 14 => ("submit", SubmitAsync),
        < 18 => ("submit together", SubmitTogetherAsync),
        < 47 => ("deliver", DeliverAsync),
        < 57 => ("confirm", ConfirmAsync),
        < 65 => ("receive", ReceiveAsync),
        < 67 => ("reverse", ReverseAsync),
        < 72 => ("withdraw", WithdrawAsync),
        < 76 => ("repeat", RepeatAsync),
        < 86 => ("state", () => StateAsync(One(Projects))),
        < 89 => ("reopen all", () => forum.Get<LineReopening>().AllAsync(TestForum.Stop)),
        < 93 => ("dispatch", DispatchAsync),
        < 97 => ("sweep", SweepAsync),
        < 98 => ("quote", QuoteAsync),
        < 100 => ("acknowledge", AcknowledgeAsync),
        < 109 => ("amend", AmendAsync),
        < 114 => ("decline", DeclineAsync),
        < 120 => ("move", MoveAsync),
        < 124 => ("write off", WriteOffAsync),
        < 127 => ("expire", ExpireAsync),
        < 133 => ("rebalance", RebalanceAsync),
        < 135 => ("tell", TellAsync),
        _ => ("close", () => StateAsync(One(Projects), closed: true)),
    };

    private Task SubmitAsync()
    {
        var (request, key) = (Request(), $"k{++names}");
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

    /// <summary>It asks for what its partner excludes, or for a project that has ended, or its day is over.</summary>
    private static void AssertMayBeRefused(Refusal no)
        => Assert.All(no.Errors!.Keys, pointer => Assert.Matches("^/(earmark|areas)/|^/validUntil$|^/resource/to$", pointer));

    /// <summary>As an import does; some keys were used before, with this or other content, and one stands there twice.</summary>
    private Task SubmitTogetherAsync()
    {
        var requests = Enumerable.Range(0, random.Next(2, 40)).Select(_ => new KeyedRequest(Request(), random.Next(12) == 0 ? Borrowed() : $"k{++names}")).ToList();
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

    private PledgeRequest Request()
    {
        var unit = Units[random.Next(Units.Length)];
        string[] areas = [.. AreaSlugs.OrderBy(_ => random.Next()).Take(Math.Max(0, random.Next(-2, 4)))];
        var isShared = areas.Length == 2 && random.Next(2) == 0;
        var request = new PledgeRequest(
            One(Partners), new Resource(unit, random.Next(1, random.Next(4) == 0 ? 10 : 3_000)),
            [.. areas.Select((area, i) => new AreaShare(area, isShared ? (i == 0 ? 0.3m : 0.7m) : null))], Earmarked(), [], null, Visibility.Public, null);
        request = Constrained(request);
        if (unit.IsMoney && random.Next(3) == 0) request = request with { Conditions = Conditions() };
        request = request with { Schedule = Scheduled(request.Resource.Minor) };
        return random.Next(12) switch
        {
            _ when random.Next(4) == 0 => request with { ValidUntil = Today.AddDays(random.Next(3)), PastDatesAllowed = true },
            0 => request with { Status = StatedStatus.Receipt },
            1 => request with { Status = StatedStatus.Commitment },
            2 when unit.IsMoney => request with { Stated = new StatedValue(random.Next(1, 3_000), One("EUR", "USD")) },
            3 => request with { Hold = true },
            _ => request,
        };
    }

    private PledgeRequest Constrained(PledgeRequest request) => random.Next(8) switch
    {
        0 => request with { ValidUntil = Today },
        1 => request with { Resource = request.Resource with { From = Today, To = Today.AddDays(random.Next(3)) } },
        // No more than what the smallest of its areas gets.
        2 or 3 when request.Resource.Minor * 3 / 10 / Math.Max(1, request.Areas.Count) is > 0 and var most => request with { SmallestPart = random.NextInt64(1, most + 1) },
        _ => request,
    };

    private Exclusions? Excluded() => random.Next(4) switch
    {
        0 => new Exclusions([One(AreaSlugs)], [], [], []),
        1 => new Exclusions([], [One(Projects)], [Cities[random.Next(Cities.Length)].Id], []),
        2 => new Exclusions([], [], [], [Cities[random.Next(Cities.Length)].Country]),
        _ => null,
    };

    private DateOnly? Day(int around) => random.Next(3) == 0 ? Today.AddDays(random.Next(-around, around + 1)) : null;
    private IReadOnlyList<MatchCondition> Conditions() =>
        [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => new MatchCondition((Sector)random.Next(3), One(0.3333m, 0.5m, 1m, 1.5m, 2m), random.Next(3) == 0 ? random.Next(1, 1_500) : null))];
    /// <summary>None, or up to four instalments of any size that sum to the pledge.</summary>
    private Instalment[] Scheduled(long minor)
    {
        var cuts = Enumerable.Range(0, random.Next(4)).Select(_ => random.NextInt64(minor + 1)).Order().ToList();
        if (cuts.Count == 0) return [];
        return [.. cuts.Append(minor).Zip(cuts.Prepend(0), (to, from) => to - from).Select((part, i) => new Instalment(new DateOnly(2027, 1, 1).AddMonths(i), part))];
    }

    private Earmark Earmarked() => random.Next(8) switch
    {
        0 => new Earmark([One(Projects)], [], []),
        1 => new Earmark([.. Projects.Take(2)], [], []),
        2 => new Earmark([], [Cities[random.Next(Cities.Length)].Id], []),
        3 => new Earmark([], [], [Cities[random.Next(Cities.Length)].Country, Cities[random.Next(Cities.Length)].Country]),
        _ => Earmark.None,
    };

    /// <summary>Takes a message in any order; sometimes it is lost, or comes again.</summary>
    private async Task DeliverAsync()
    {
        var queue = random.Next(4) switch { 0 => QueueNames.LinesToReopen, 1 => QueueNames.FundingChanged, _ => QueueNames.PledgesSubmitted };
        var waiting = await forum.Queues.PeekAsync(queue, TestForum.Stop);
        if (waiting.Count == 0) return;
        var message = waiting[random.Next(waiting.Count)];
        var fate = random.Next(20);
        if (fate > 0) await HandleAsync(queue, message.Body);
        if (fate < 17) await forum.Queues.RemoveAsync(queue, other => other.Id == message.Id, TestForum.Stop);
    }

    private Task HandleAsync(string queue, string body) => queue switch
    {
        QueueNames.PledgesSubmitted => forum.Get<PledgeIngestion>().IngestAsync(body, TestForum.Stop),
        QueueNames.FundingChanged => forum.Get<ConditionSettling>().SettleAsync(Wire.Read<FundingChanged>(body), TestForum.Stop),
        _ => forum.Get<LineReopening>().RunAsync(body, TestForum.Stop),
    };

    private Task ConfirmAsync() => CommandAsync((id, key) => forum.Commands.ConfirmAsync(id, null, key, Caller.System, TestForum.Stop));

    private Task WithdrawAsync() => CommandAsync((id, key) => forum.Commands.WithdrawAsync(id, key, Caller.System, TestForum.Stop));

    private Task ReceiveAsync()
    {
        var (minor, isForOne) = (random.Next(1, random.Next(5) == 0 ? 5_000 : 900), random.Next(3) == 0);
        return CommandAsync(async (id, key) =>
        {
            if (await forum.Get<PledgeStore>().FindAsync(id, TestForum.Stop) is not { Value: var pledge }) return;
            var unit = pledge.Resource.Unit;
            var only = isForOne ? (await forum.BalanceAsync(id)).Allocations.OrderByDescending(part => part.Committed.Minor).FirstOrDefault()?.Id : null;
            var receipt = new ReceiptRequest(only, PledgeReader.MemberOf(unit), Decimals.Write(minor, unit.Exponent), null);
            await forum.Commands.ReceiveAsync(id, receipt, key, Caller.System, TestForum.Stop);
        });
    }

    /// <summary>Any of a pledge's receipts, also one that is reversed already; the repetition of one reversal may come under another key.</summary>
    private Task ReverseAsync()
    {
        var which = random.Next(3);
        return CommandAsync(async (id, key) =>
        {
            if (await forum.Get<PledgeStore>().FindAsync(id, TestForum.Stop) is not { Value: var pledge }) return;
            var receipts = (await forum.Get<ReceiptBook>().ReadAsync(pledge, TestForum.Stop)).Receipts;
            if (receipts.Count > 0) await forum.Commands.ReverseReceiptAsync(id, receipts[which % receipts.Count].Id, "It bounced.", key, Caller.System, TestForum.Stop);
        });
    }

    private Task AmendAsync()
    {
        var (percent, days, hides, kind) = (random.Next(30, 180), random.Next(4), random.Next(2) == 0, random.Next(6));
        return CommandAsync(async (id, key) =>
        {
            if (await forum.Get<PledgeStore>().FindAsync(id, TestForum.Stop) is not { Value: var pledge }) return;
            var unit = pledge.Resource.Unit;
            var patch = new PledgePatch(null, null, false, null, null, false, null);
            patch = kind switch
            {
                0 => patch with { GivesValidUntil = true, ValidUntil = Today.AddDays(days) },
                1 => patch with { Visibility = hides ? Visibility.Anonymous : Visibility.Public },
                _ => patch with { Amount = new StatedAmount(PledgeReader.MemberOf(unit), Decimals.Write(Math.Max(1, pledge.Resource.Minor * percent / 100), unit.Exponent)) },
            };
            await forum.Commands.AmendAsync(id, patch, Precondition.None, key, Caller.System, TestForum.Stop);
        });
    }

    private Task DeclineAsync() => AllocationAsync((part, key) => forum.Commands.DeclineAsync(part, "no use for it", key, Caller.System, TestForum.Stop));

    private Task MoveAsync()
    {
        var (project, pick, minor) = (One(Projects), random.Next(4), random.Next(3) == 0 ? random.Next(1, 500) : 0);
        return AllocationAsync(async (part, key) =>
        {
            if (forum.Catalogue.Projects.GetValueOrDefault(project) is not { Needs.Count: > 0 } target || LedgerKeys.ParseAllocationId(part) is not { } id) return;
            if (await forum.Get<PledgeStore>().FindAsync(id.PledgeId, TestForum.Stop) is not { Value.Resource.Unit: var unit }) return;
            var amount = minor == 0 ? null : new StatedAmount(PledgeReader.MemberOf(unit), Decimals.Write(minor, unit.Exponent));
            var move = new MoveStatement(project, target.Needs[pick % target.Needs.Count].Id, amount, "it is needed more");
            await forum.Commands.MoveAsync(part, move, key, Caller.System, TestForum.Stop);
        });
    }

    private Task WriteOffAsync()
        => CommandAsync((id, key) => forum.Commands.WriteOffAsync(id, new WriteOffRequest(null, null, "insolvent"), key, Caller.System, TestForum.Stop));

    private async Task ExpireAsync()
    {
        if (random.Next(2) == 0) forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.Get<PledgeExpiry>().RunAsync(TestForum.Stop);
    }

    /// <summary>A command on one of the allocations that there are now.</summary>
    private async Task AllocationAsync(Func<string, string, Task> command)
    {
        var parts = new List<string>();
        foreach (var project in Projects.Select(id => forum.Catalogue.Projects.GetValueOrDefault(id)).OfType<Project>())
            parts.AddRange((await forum.Reader.AllocationsOfAsync(project, TestForum.Stop)).Select(part => part.Id));
        if (parts.Count == 0) return;
        var (part, key) = (parts[random.Next(parts.Count)], $"k{++names}");
        await RepeatablyAsync(() => command(part, key));
    }

    private DateOnly Today => DateOnly.FromDateTime(forum.Clock.GetUtcNow().UtcDateTime);

    private Task CommandAsync(Func<string, string, Task> command)
    {
        if (pledges.Count == 0) return Task.CompletedTask;
        // Rather a recent one: it has more of its life before it.
        var (id, key) = (pledges[Math.Max(random.Next(pledges.Count), random.Next(pledges.Count))], $"k{++names}");
        return RepeatablyAsync(() => command(id, key));
    }

    private async Task AcknowledgeAsync()
    {
        foreach (var project in Projects.Select(id => forum.Catalogue.Projects.GetValueOrDefault(id)).OfType<Project>())
            if ((await forum.Reader.AllocationsOfAsync(project, TestForum.Stop)).FirstOrDefault(part => part.Received.Minor > 0) is { } part)
                await forum.Commands.AcknowledgeAsync(part.Id, Caller.System, TestForum.Stop);
    }

    /// <summary>The same request under the same key, as a caller sends it who got no answer.</summary>
    private Task RepeatAsync() => repeatable.Count == 0 ? Task.CompletedTask : repeatable[random.Next(repeatable.Count)]();

    private Task RepeatablyAsync(Func<Task> request)
    {
        repeatable.Add(request);
        return request();
    }

    /// <summary>A project states other needs: new ones, larger and smaller ones, some no more. The register asks for the repair first.</summary>
    private async Task StateAsync(string id, bool closed = false)
    {
        var before = forum.Catalogue.Projects.GetValueOrDefault(id);
        List<Need> needs = [.. (before?.Needs ?? []).Where(_ => random.Next(5) > 0).Select(need => random.Next(3) == 0 ? need : need with { Required = random.Next(1, random.Next(2) == 0 ? 300 : 2_500) })];
        for (var more = random.Next(needs.Count == 0 ? 1 : 0, 3); more > 0; more--)
        {
            var unit = Units[random.Next(Units.Length)];
            var need = new Need($"{unit.Code.ToLowerInvariant()}-{random.Next(2)}", unit, random.Next(1, 2_500), random.Next(2) == 0 ? 1 : null, One(AreaSlugs), Cities[random.Next(Cities.Length)].Id);
            if (!needs.Exists(other => other.Id == need.Id)) needs.Add(need);
        }

        string[] former = [.. before?.NeedAreas ?? []];
        var project = new Project(id, id, "kigali", "RW", AreaSlugs[0], "EUR", null, null, null, [], needs, []) { FormerAreas = former, Status = closed ? ProjectStatus.Closed : ProjectStatus.Open };
        await forum.Queues.SendAsync(QueueNames.LinesToReopen, Wire.Write(new ReopenLines(1, id, null)), TestForum.Stop, TimeSpan.FromSeconds(30));
        forum.Catalogue.Projects[id] = project;
        await forum.Get<INeedLedger>().StateNeedsAsync(project, "test", TestForum.Stop);
    }

    /// <summary>A new one, one of before again, or what a message asks to be gone on with.</summary>
    private async Task RebalanceAsync()
    {
        if (forum.Queues.TryReceive(QueueNames.RebalancesToRun) is { } message)
        {
            forum.Clock.Advance(TimeSpan.FromMinutes(random.Next(7)));
            await forum.Get<Rebalances>().ResumeAsync(Wire.Read<RunRebalance>(message.Body).Id, TestForum.Stop);
            return;
        }

        var outcome = await forum.Get<Rebalances>().RunAsync($"rebalance{random.Next(1 + names)}", random.Next(10) == 0, "staff", TestForum.Stop);
        Assert.True(outcome.Refusal is null or { Kind: RefusalKind.Conflict }, outcome.Refusal?.Detail);
    }

    private async Task TellAsync()
    {
        if (pledges.Count == 0 || await forum.Get<PledgeStore>().FindAsync(One([.. pledges]), TestForum.Stop) is not { Value: var pledge }) return;
        await forum.Get<IPartsTold>().TellAsync((await forum.Get<PledgeBooks>().ReadAsync(pledge, TestForum.Stop)).Allocations, TestForum.Stop);
    }

    private async Task DispatchAsync()
    {
        foreach (var area in AreaSlugs.Append(Areas.Any)) await forum.Get<Outbox>().DispatchAsync(area, TestForum.Stop);
    }

    private async Task SweepAsync()
    {
        forum.Clock.Advance(TimeSpan.FromSeconds(random.Next(90)));
        await forum.Get<Sweep>().RunAsync(TestForum.Stop);
    }

    private async Task QuoteAsync()
    {
        forum.Rates.Quote("RWF", 1_500 + random.Next(200));
        foreach (var area in AreaSlugs) await forum.Queues.SendAsync(QueueNames.LinesToReopen, Wire.Write(new ReopenLines(1, null, area)), TestForum.Stop);
    }

    private async Task AuditAsync()
    {
        // Nothing was written since the last one. Conditions are proved at rest: a day may pass here while the message waits that settles them.
        if (forum.Tables.Commits == audited) return;
        audited = forum.Tables.Commits;
        var report = await new Auditor(forum.Tables, forum.Clock) { ToSettle = TimeSpan.FromDays(1_000) }.RunAsync(TestForum.Stop);
        Assert.True(report.IsClean, string.Join(Environment.NewLine, report.Differences.Take(5)));
    }

    /// <summary>No more faults: what was accepted is placed, what was begun is ended, and nothing is under way.</summary>
    private async Task SettleAsync()
    {
        Trace.Add("settle");
        forum.Restart();
        await forum.Get<PledgeExpiry>().RunAsync(TestForum.Stop);
        for (var round = 0; round < 4; round++)
        {
            forum.Clock.Advance(TimeSpan.FromMinutes(30));
            await forum.Get<Sweep>().RunAsync(TestForum.Stop);
            for (var i = 0; i < Patience && await HandleAllAsync(); i++) await DispatchAsync();
            await forum.Get<LineReopening>().AllAsync(TestForum.Stop);
            await AuditAsync();
        }

        while (forum.Queues.TryReceive(QueueNames.RebalancesToRun) is { } message)
        {
            forum.Clock.Advance(TimeSpan.FromMinutes(6));
            await forum.Get<Rebalances>().ResumeAsync(Wire.Read<RunRebalance>(message.Body).Id, TestForum.Stop);
        }

        await AuditAsync();
        // What no answer was given for may wait for its caller.
        var report = await ProveAtRestAsync();
        Assert.InRange(report.Counts.Waiting, 0, pledges.Count - accepted.Count);
        await forum.Get<Sweep>().RunAsync(TestForum.Stop);
        Assert.Empty((await forum.Tables.PageAsync(TableNames.Submitted, null, 10, null, TestForum.Stop)).Rows);
        foreach (var id in accepted)
        {
            var balance = await forum.BalanceAsync(id);
            Assert.True(balance.Status != PledgeStatus.Submitted, $"{id} was accepted and never placed.");
            Assert.Equal((id, 0), (id, balance.InTransit));
            Assert.Equal((id, balance.Pledged), (id, balance.Unallocated + balance.Withdrawn + balance.WrittenOff + balance.Proposed + balance.Conditional + balance.Committed + balance.Received));
        }

        foreach (var area in AreaSlugs.Append(Areas.Any))
            await foreach (var row in forum.Tables.PrefixAsync(TableNames.Ledger, area, "journal|", TestForum.Stop))
            {
                var entry = Wire.Read<JournalEntry>(row);
                Count(entry.Kind);
                if (entry.Postings.Any(posting => posting is { Account: Account.Pledged, Minor: > 0 })) Count("shrunk");
                if (entry is { Kind: "moved-in" } && entry.Postings.Any(posting => posting is { Account: Account.Committed, Minor: > 0 })) Count("moved-in as committed");
            }

        foreach (var row in (await forum.Tables.PageAsync(TableNames.Commands, null, 1000, null, TestForum.Stop)).Rows)
            Assert.True(Wire.Read<PledgeCommand>(row).Done, $"{row.Key} was begun and never ended.");
    }

    /// <summary>Everybody confirms: as many conditions as there can be meet each other.</summary>
    private async Task ConfirmAllAsync()
    {
        Trace.Add("confirm all");
        foreach (var id in accepted) await forum.Commands.ConfirmAsync(id, null, $"k{++names}", Caller.System, TestForum.Stop);
        await ProveAtRestAsync();
    }

    /// <summary>Then some take theirs back: what rested on it falls, at whichever project.</summary>
    private async Task WithdrawSomeAsync()
    {
        Trace.Add("withdraw some");
        foreach (var id in accepted.Where(_ => random.Next(3) == 0).ToList()) await forum.Commands.WithdrawAsync(id, $"k{++names}", Caller.System, TestForum.Stop);
        await ProveAtRestAsync();
    }

    /// <summary>Everything has been told, so the conditions of every project are settled, and that is proved.</summary>
    private async Task<AuditReport> ProveAtRestAsync()
    {
        await ComeToRestAsync();
        var report = await new Auditor(forum.Tables, forum.Clock) { ToSettle = TimeSpan.Zero }.RunAsync(TestForum.Stop);
        Assert.True(report.IsClean, string.Join(Environment.NewLine, report.Differences.Take(5)));
        Divisions += report.Counts.Divisions;
        return report;
    }

    /// <summary>Settling is a change too; it must end.</summary>
    private async Task ComeToRestAsync()
    {
        for (var i = 0; ; i++)
        {
            Assert.True(i < Patience, "It does not come to rest: what is settled keeps changing.");
            await DispatchAsync();
            if (!await HandleAllAsync()) return;
        }
    }
    private void Count(string kind) => Kinds[kind] = Kinds.GetValueOrDefault(kind) + 1;

    private async Task<bool> HandleAllAsync()
    {
        var handled = false;
        foreach (var queue in new[] { QueueNames.PledgesSubmitted, QueueNames.LinesToReopen, QueueNames.FundingChanged })
            while (forum.Queues.TryReceive(queue) is { } message)
            {
                handled = true;
                await HandleAsync(queue, message.Body);
            }

        return handled;
    }

    private T One<T>(params T[] values) => values[random.Next(values.Length)];

    public override string ToString() => string.Join(Environment.NewLine, Trace.Select((step, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1,4} {step}")));
}
