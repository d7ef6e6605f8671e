using System.Globalization;
using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Audit;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;

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
    private readonly TestForum forum = new();
    private readonly Faults faults;
    private readonly List<Func<Task>> repeatable = [];
    private readonly List<string> pledges = [];
    private readonly HashSet<string> accepted = [];
    private int names;

    public LedgerRun(int seed)
    {
        random = new Random(seed);
        faults = new Faults(forum) { Overtake = OvertakeAsync };
        foreach (var partner in Partners) forum.Partner(partner, (Sector)random.Next(3));
        foreach (var (id, country) in Cities) forum.Catalogue.Cities[id] = new City(id, id, [], country, null, null, null, [], Situation.Peace);
        forum.Rates.Quote("USD", 1.0889m);
        forum.Rates.Quote("KWD", 0.3347m);
    }

    /// <summary>What was done, for whoever reads of a failure.</summary>
    public List<string> Trace { get; } = [];

    public async Task RunAsync(int steps)
    {
        foreach (var project in Projects) await StateAsync(project);
        for (var step = 1; step <= steps; step++)
        {
            await StepAsync();
            if (step % 5 == 0) await AuditAsync();
        }

        await AuditAsync();
        await SettleAsync();
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

    private (string Name, Func<Task> Step) Choose() => random.Next(100) switch
    {
        < 14 => ("submit", SubmitAsync),
        < 18 => ("submit together", SubmitTogetherAsync),
        < 47 => ("deliver", DeliverAsync),
        < 57 => ("confirm", ConfirmAsync),
        < 67 => ("receive", ReceiveAsync),
        < 72 => ("withdraw", WithdrawAsync),
        < 76 => ("repeat", RepeatAsync),
        < 86 => ("state", () => StateAsync(One(Projects))),
        < 89 => ("reopen all", () => forum.Get<LineReopening>().AllAsync(TestForum.Stop)),
        < 93 => ("dispatch", DispatchAsync),
        < 97 => ("sweep", SweepAsync),
        < 98 => ("quote", QuoteAsync),
        _ => ("acknowledge", AcknowledgeAsync),
    };

    private Task SubmitAsync()
    {
        var (request, key) = (Request(), $"k{++names}");
        return RepeatablyAsync(async () =>
        {
            if (PledgeId.Of(request.PartnerId, key) is var id && !pledges.Contains(id)) pledges.Add(id);
            var outcome = await forum.Get<IPledgeIntake>().SubmitAsync(request, key, Caller.System, TestForum.Stop);
            Assert.True(outcome.Refusal is null, outcome.Refusal?.Detail);
            accepted.Add(outcome.Value.Id);
        });
    }

    /// <summary>As an import does; some keys were used before, with this or other content, and one stands there twice.</summary>
    private Task SubmitTogetherAsync()
    {
        var requests = Enumerable.Range(0, random.Next(2, 40)).Select(_ => new KeyedRequest(Request(), random.Next(12) == 0 ? $"k{random.Next(names + 1)}" : $"k{++names}")).ToList();
        if (random.Next(3) == 0) requests.Add(requests[0]);
        return RepeatablyAsync(async () =>
        {
            foreach (var id in requests.Select(one => PledgeId.Of(one.Request.PartnerId, one.IdempotencyKey)).Except(pledges).ToList()) pledges.Add(id);
            var answers = await forum.Get<BulkIntake>().SubmitAsync(requests, Caller.System, TestForum.Stop);
            foreach (var answer in answers)
                if (answer.Refusal is null) accepted.Add(answer.Value.Id);
                else Assert.Equal(Validation.RefusalKind.Conflict, answer.Refusal.Kind);
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
        return random.Next(12) switch
        {
            0 => request with { Status = StatedStatus.Receipt },
            1 => request with { Status = StatedStatus.Commitment },
            2 when unit.IsMoney => request with { Stated = new StatedValue(random.Next(1, 3_000), One("EUR", "USD")) },
            3 => request with { Hold = true },
            _ => request,
        };
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
        var queue = random.Next(3) == 0 ? QueueNames.LinesToReopen : QueueNames.PledgesSubmitted;
        var waiting = await forum.Queues.PeekAsync(queue, TestForum.Stop);
        if (waiting.Count == 0) return;
        var message = waiting[random.Next(waiting.Count)];
        var fate = random.Next(20);
        if (fate > 0) await HandleAsync(queue, message.Body);
        if (fate < 17) await forum.Queues.RemoveAsync(queue, other => other.Id == message.Id, TestForum.Stop);
    }

    private Task HandleAsync(string queue, string body)
        => queue == QueueNames.PledgesSubmitted ? forum.Get<PledgeIngestion>().IngestAsync(body, TestForum.Stop) : forum.Get<LineReopening>().RunAsync(body, TestForum.Stop);

    private Task ConfirmAsync() => CommandAsync((id, key) => forum.Commands.ConfirmAsync(id, null, key, Caller.System, TestForum.Stop));

    private Task WithdrawAsync() => CommandAsync((id, key) => forum.Commands.WithdrawAsync(id, key, Caller.System, TestForum.Stop));

    private Task ReceiveAsync()
    {
        var minor = random.Next(1, random.Next(5) == 0 ? 5_000 : 900);
        return CommandAsync(async (id, key) =>
        {
            if (await forum.Get<PledgeStore>().FindAsync(id, TestForum.Stop) is not { Value: var pledge }) return;
            var unit = pledge.Resource.Unit;
            var receipt = new ReceiptRequest(null, PledgeReader.MemberOf(unit), Decimals.Write(minor, unit.Exponent), null);
            await forum.Commands.ReceiveAsync(id, receipt, key, Caller.System, TestForum.Stop);
        });
    }

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
    private async Task StateAsync(string id)
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
        var project = new Project(id, id, "kigali", "RW", AreaSlugs[0], "EUR", null, null, null, [], needs, []) { FormerAreas = former };
        await forum.Queues.SendAsync(QueueNames.LinesToReopen, Wire.Write(new ReopenLines(1, id, null)), TestForum.Stop, TimeSpan.FromSeconds(30));
        forum.Catalogue.Projects[id] = project;
        await forum.Get<INeedLedger>().StateNeedsAsync(project, "test", TestForum.Stop);
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
        var report = await new Auditor(forum.Tables, forum.Clock).RunAsync(TestForum.Stop);
        Assert.True(report.IsClean, string.Join(Environment.NewLine, report.Differences.Take(5)));
    }

    /// <summary>No more faults: what was accepted is placed, what was begun is ended, and nothing is under way.</summary>
    private async Task SettleAsync()
    {
        Trace.Add("settle");
        forum.Restart();
        for (var round = 0; round < 4; round++)
        {
            forum.Clock.Advance(TimeSpan.FromMinutes(30));
            await forum.Get<Sweep>().RunAsync(TestForum.Stop);
            for (var i = 0; i < Patience && await HandleAllAsync(); i++) await DispatchAsync();
            await forum.Get<LineReopening>().AllAsync(TestForum.Stop);
            await AuditAsync();
        }

        // What no answer was given for may wait for its caller.
        var report = await new Auditor(forum.Tables, forum.Clock).RunAsync(TestForum.Stop);
        Assert.InRange(report.Counts.Waiting, 0, pledges.Count - accepted.Count);
        await forum.Get<Sweep>().RunAsync(TestForum.Stop);
        Assert.Empty((await forum.Tables.PageAsync(TableNames.Submitted, null, 10, null, TestForum.Stop)).Rows);
        foreach (var id in accepted)
        {
            var balance = await forum.BalanceAsync(id);
            Assert.True(balance.Status != PledgeStatus.Submitted, $"{id} was accepted and never placed.");
            Assert.Equal((id, 0), (id, balance.InTransit));
            Assert.Equal((id, balance.Pledged), (id, balance.Unallocated + balance.Withdrawn + balance.WrittenOff + balance.Proposed + balance.Committed + balance.Received));
        }

        foreach (var row in (await forum.Tables.PageAsync(TableNames.Commands, null, 1000, null, TestForum.Stop)).Rows)
            Assert.True(Wire.Read<PledgeCommand>(row).Done, $"{row.Key} was begun and never ended.");
    }

    private async Task<bool> HandleAllAsync()
    {
        var handled = false;
        foreach (var queue in new[] { QueueNames.PledgesSubmitted, QueueNames.LinesToReopen, QueueNames.FundingChanged })
            while (forum.Queues.TryReceive(queue) is { } message)
            {
                handled = true;
                if (queue != QueueNames.FundingChanged) await HandleAsync(queue, message.Body);
            }

        return handled;
    }

    private T One<T>(params T[] values) => values[random.Next(values.Length)];

    public override string ToString() => string.Join(Environment.NewLine, Trace.Select((step, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1,4} {step}")));
}
