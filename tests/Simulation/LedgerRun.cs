using System.Globalization;
using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Rebalancing;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Simulation;

/// <summary>A life of the Forum made up from one seed: the same seed, the same steps and the same faults.</summary>
public sealed class LedgerRun
{
    private readonly Random random;
    private readonly TestForum forum;
    private readonly Faults faults;
    private readonly MadeUp madeUp;
    private readonly RunMessages messages;
    private readonly RunPledges pledges;
    private readonly (int Weight, string Name, Func<Task> Step)[] choices;

    private readonly bool wild;

    /// <summary>Steps that are taken at once.</summary>
    private int parallel;

    /// <param name="wild">
    /// Needs change what they are counted in and where they are, share caps, cities, partners and urgencies change, and several steps are taken at
    /// once, each waiting at every read and write: such a life does not repeat exactly.
    /// </param>
    public LedgerRun(int seed, bool wild = false)
    {
        this.wild = wild;
        random = new Random(seed);
        forum = new(between: wild ? tables => new YieldingTables(tables, () => parallel > 1 ? random.Next(4) : 0) : null, settings: ("FundingFlow:Matching:Areas:youth:SharePercent", "40"));
        madeUp = new MadeUp(random, forum.Clock, wild);
        messages = new RunMessages(forum, random);
        pledges = new RunPledges(forum, random, madeUp);
        choices = Choices();
        Proof = new RunProof(forum, messages, pledges);
        faults = new Faults(forum) { Overtake = OvertakeAsync };
        if (wild)
        {
            foreach (var area in MadeUp.AreaSlugs) forum.Set($"FundingFlow:Matching:Areas:{area}:SharePercent", "40");
            forum.Restart();
            choices = [.. choices, (3, "urgency", UrgencyAsync), (2, "cap", CapAsync), (1, "partner", PartnerAsync), (2, "city", CityAsync), (1, "quotes", QuotesAsync)];
        }

        foreach (var (i, partner) in MadeUp.Partners.Index())
            forum.Catalogue.Partners[partner] = forum.Partner(partner, (Sector)(i % 3)) with { Exclusions = madeUp.Excluded() };
        foreach (var (id, country) in MadeUp.Cities) forum.Catalogue.Cities[id] = new City(id, id, [], country, null, null, null, [], Situation.Peace);
        forum.Rates.Quote("USD", 1.0889m);
        forum.Rates.Quote("KWD", 0.3347m);
    }

    /// <summary>What was done, for whoever reads of a failure.</summary>
    public List<string> Trace { get; } = [];

    public RunProof Proof { get; }

    public async Task RunAsync(int steps)
    {
        foreach (var project in MadeUp.Projects) await StateAsync(project);
        for (var step = 1; step <= steps; step++)
        {
            await StepAsync();
            await Proof.AuditAsync();
        }

        await Proof.AuditAsync();
        await SettleAsync();
        await ConfirmAllAsync();
        await WithdrawAsync(_ => random.Next(3) == 0);
        await WithdrawAsync(_ => true);
        await Proof.AssertOnlyReceiptsAreLeftAsync();
    }

    private async Task StepAsync()
    {
        Fault? fault = random.Next(2) == 0 ? (Fault)madeUp.One(0, 1, 2, 3, 4, 5, 6, 6, 6, 7) : null;
        faults.Arm(fault, random.Next(1, 7));
        var (name, step) = Choose();
        Trace.Add($"{name}{(fault is null ? "" : $" with {fault}")}");
        try
        {
            if (wild && random.Next(2) == 0) await TogetherAsync(step);
            else await step();
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
        // The others overtake by themselves; the worker that would do it may be the one that waits.
        if (parallel > 1) return;
        var (name, step) = Choose();
        Trace[^1] += $" by {name}";
        forum.Switch();
        await step();
        forum.Switch();
    }

    private (string Name, Func<Task> Step) Choose()
    {
        var left = random.Next(choices.Sum(choice => choice.Weight));
        var (_, name, step) = choices.First(choice => (left -= choice.Weight) < 0);
        return (name, step);
    }

    /// <summary>What may come next, and how often beside the others.</summary>
    private (int Weight, string Name, Func<Task> Step)[] Choices() =>
    [
        (10, "submit", pledges.SubmitAsync),
        (2, "submit together", pledges.SubmitTogetherAsync),
        (28, "deliver", messages.DeliverAsync),
        (10, "dispatch", messages.DispatchAsync),
        (12, "confirm", pledges.ConfirmAsync),
        (10, "receive", pledges.ReceiveAsync),
        (4, "reverse", pledges.ReverseAsync),
        (2, "acknowledge", pledges.AcknowledgeAsync),
        (9, "amend", pledges.AmendAsync),
        (5, "decline", pledges.DeclineAsync),
        (6, "move", pledges.MoveAsync),
        (3, "write off", pledges.WriteOffAsync),
        (3, "withdraw", pledges.WithdrawAsync),
        (2, "tell", pledges.TellAsync),
        (4, "repeat", pledges.RepeatAsync),
        (8, "state", () => StateAsync(madeUp.One(MadeUp.Projects))),
        (2, "close", () => StateAsync(madeUp.One(MadeUp.Projects), closed: true)),
        (3, "reopen all", () => forum.Get<LineReopening>().AllAsync(TestForum.Stop)),
        (4, "sweep", SweepAsync),
        (1, "quote", QuoteAsync),
        (2, "expire", ExpireAsync),
        (6, "rebalance", RebalanceAsync),
    ];

    private async Task ExpireAsync()
    {
        if (random.Next(2) == 0) forum.Clock.Advance(TimeSpan.FromDays(1));
        await forum.Get<PledgeExpiry>().RunAsync(TestForum.Stop);
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

        var outcome = await forum.Get<Rebalances>().RunAsync($"rebalance{random.Next(1 + pledges.Keys)}", random.Next(10) == 0, "staff", TestForum.Stop);
        Assert.True(outcome.Refusal is null or { Kind: RefusalKind.Conflict }, outcome.Refusal?.Detail);
    }

    private async Task SweepAsync()
    {
        forum.Clock.Advance(TimeSpan.FromSeconds(random.Next(90)));
        await forum.Get<Sweep>().RunAsync(TestForum.Stop);
    }

    private async Task QuoteAsync()
    {
        forum.Rates.Quote("RWF", 1_500 + random.Next(200));
        foreach (var area in MadeUp.AreaSlugs) await forum.Queues.SendAsync(QueueNames.LinesToReopen, Wire.Write(new ReopenLines(1, null, area)), TestForum.Stop);
    }

    /// <summary>A project states other needs. The register asks for the repair first.</summary>
    private async Task StateAsync(string id, bool closed = false)
    {
        await forum.Queues.SendAsync(QueueNames.LinesToReopen, Wire.Write(new ReopenLines(1, id, null)), TestForum.Stop, TimeSpan.FromSeconds(30));
        if (wild)
        {
            await StateWildlyAsync(id, closed);
            return;
        }

        // After the message, as the register builds it again when another statement came in between.
        var project = madeUp.Project(id, forum.Catalogue.Projects.GetValueOrDefault(id), closed);
        forum.Catalogue.Projects[id] = project;
        await forum.Get<INeedLedger>().StateNeedsAsync(project, "test", TestForum.Stop);
    }

    /// <summary>With others, on two workers: one thread goes on with each in turn.</summary>
    private async Task TogetherAsync(Func<Task> step)
    {
        var others = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Choose()).ToList();
        Trace[^1] += $" together with {string.Join(", ", others.Select(other => other.Name))}";
        var exclusive = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        List<Func<Task>> all = [step, .. others.Select(other => other.Step)];
        parallel = all.Count;
        var tasks = all.Select((one, i) => Task.Factory.StartNew(async () =>
        {
            if (i % 2 == 1) forum.Switch();
            await one();
        }, TestForum.Stop, TaskCreationOptions.None, exclusive).Unwrap()).ToList();
        try
        {
            await Task.WhenAll(tasks);
        }
        catch (Exception failure) when (failure is SimulatedFaultException or StoreConflictException)
        {
            var worst = tasks.Where(task => task.IsFaulted).SelectMany(task => task.Exception!.InnerExceptions).FirstOrDefault(inner => inner is not SimulatedFaultException and not StoreConflictException);
            if (worst is not null) throw new InvalidOperationException(worst.Message, worst);
            if (!faults.HasFired) throw;
        }
        finally
        {
            parallel = 0;
        }
    }

    private async Task UrgencyAsync()
    {
        var urgency = madeUp.One(1, 2, 4);
        if (forum.Catalogue.Projects.GetValueOrDefault(madeUp.One(MadeUp.Projects)) is { } project) await forum.Get<INeedLedger>().SetUrgencyAsync(project, urgency, TestForum.Stop);
    }

    /// <summary>The share caps of areas are set anew, and both workers started again.</summary>
    private Task CapAsync()
    {
        foreach (var area in MadeUp.AreaSlugs)
            if (random.Next(2) == 0) forum.Set($"FundingFlow:Matching:Areas:{area}:SharePercent", random.Next(12) == 0 ? null : madeUp.One("10", "30", "50", "80"));
        if (parallel > 1) return Task.CompletedTask;
        forum.Restart();
        forum.Switch();
        forum.Restart();
        return Task.CompletedTask;
    }

    private Task PartnerAsync()
    {
        var id = madeUp.One(MadeUp.Partners);
        forum.Catalogue.Partners[id] = forum.Catalogue.Partners[id] with { Exclusions = madeUp.Excluded(), Sector = (Sector)random.Next(3) };
        return Task.CompletedTask;
    }

    private async Task CityAsync()
    {
        var (id, country) = MadeUp.Cities[random.Next(MadeUp.Cities.Length)];
        forum.Catalogue.Cities[id] = new City(id, id, [], random.Next(3) == 0 ? madeUp.One("RW", "PE", "PS") : country, null, null, null, [], (Situation)random.Next(3));
        foreach (var project in MadeUp.Projects.Where(forum.Catalogue.Projects.ContainsKey)) await forum.Queues.SendAsync(QueueNames.LinesToReopen, Wire.Write(new ReopenLines(1, project, null)), TestForum.Stop);
    }

    private async Task QuotesAsync()
    {
        forum.Rates.Quote("USD", 0.5m + (random.Next(2000) / 1000m));
        forum.Rates.Quote("KWD", 0.1m + (random.Next(500) / 1000m));
        foreach (var area in MadeUp.AreaSlugs) await forum.Queues.SendAsync(QueueNames.LinesToReopen, Wire.Write(new ReopenLines(1, null, area)), TestForum.Stop);
    }

    /// <summary>As the register does it: what is to be elsewhere, or counted in something else, leaves the books first.</summary>
    private async Task StateWildlyAsync(string id, bool closed)
    {
        var present = forum.Catalogue.Projects.GetValueOrDefault(id);
        var project = madeUp.Project(id, present, closed);
        if (present is not null)
        {
            var positions = await forum.Reader.PositionsOfAsync(present, TestForum.Stop);
            project = project with
            {
                Needs = [.. project.Needs.Select(need => positions.FirstOrDefault(held => held.NeedId == need.Id && held.Filled > 0 && (held.Area != need.Area || held.Unit != need.Unit)) is { } held
                    ? need with { Area = held.Area, Unit = held.Unit } : need)],
            };
            foreach (var held in NeedChanges.ToVacate(project, positions))
                if (!await forum.Get<INeedLedger>().TryVacateAsync(held.Area, held.Ref, "test", TestForum.Stop))
                {
                    await forum.Get<INeedLedger>().StateNeedsAsync(present, "test", TestForum.Stop);
                    return;
                }
        }

        if (!ReferenceEquals(forum.Catalogue.Projects.GetValueOrDefault(id), present)) return;
        forum.Catalogue.Projects[id] = project with { FormerAreas = [.. (present?.NeedAreas ?? []).Except(project.Needs.Select(need => need.Area))] };
        await forum.Get<INeedLedger>().StateNeedsAsync(forum.Catalogue.Projects[id], "test", TestForum.Stop);
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
            for (var i = 0; i < RunMessages.Patience && await messages.HandleAllAsync(); i++) await messages.DispatchAsync();
            await forum.Get<LineReopening>().AllAsync(TestForum.Stop);
            await Proof.AuditAsync();
        }

        while (forum.Queues.TryReceive(QueueNames.RebalancesToRun) is { } message)
        {
            forum.Clock.Advance(TimeSpan.FromMinutes(6));
            await forum.Get<Rebalances>().ResumeAsync(Wire.Read<RunRebalance>(message.Body).Id, TestForum.Stop);
        }

        await Proof.AuditAsync();
        // What no answer was given for may wait for its caller.
        var report = await Proof.ProveAtRestAsync();
        Assert.InRange(report.Counts.Waiting, 0, pledges.Sent.Count - pledges.Accepted.Count);
        await forum.Get<Sweep>().RunAsync(TestForum.Stop);
        Assert.Empty((await forum.Tables.PageAsync(TableNames.Submitted, null, 10, null, TestForum.Stop)).Rows);
        await Proof.AssertSettledAsync();
    }

    /// <summary>Everybody confirms: as many conditions as there can be meet each other.</summary>
    private async Task ConfirmAllAsync()
    {
        Trace.Add("confirm all");
        foreach (var id in pledges.Accepted) await forum.Commands.ConfirmAsync(id, null, pledges.NewKey(), Caller.System, TestForum.Stop);
        await Proof.ProveAtRestAsync();
    }

    /// <summary>Some take theirs back, then all: what rested on it falls, at whichever project.</summary>
    private async Task WithdrawAsync(Func<string, bool> which)
    {
        Trace.Add("withdraw");
        foreach (var id in pledges.Sent.Where(which).ToList()) await forum.Commands.WithdrawAsync(id, pledges.NewKey(), Caller.System, TestForum.Stop);
        await Proof.ProveAtRestAsync();
    }

    public override string ToString() => string.Join(Environment.NewLine, Trace.Select((step, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1,4} {step}")));
}
