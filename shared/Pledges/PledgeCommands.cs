using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Pledges;

/// <summary>What a receipt says: an amount in the pledge's unit, for one allocation or for all that is owed.</summary>
/// <param name="Member">amount, quantity or hours.</param>
/// <param name="Text">The decimal as it was sent; how many decimals it may have depends on the pledge's unit.</param>
public sealed record ReceiptRequest(string? AllocationId, string Member, string Text, DateOnly? On);

/// <summary>
/// The life of a pledge after it was accepted. Every command is checked against the state, recorded with its plan, applied area by
/// area, and answered with the pledge as it then stands. The same key and content again has no second effect.
/// </summary>
public sealed class PledgeCommands(
    PledgeStore store, PledgeBooks pledgeBooks, PledgeLines lines, Books books, CommandStore commands, SubmittedLog submitted, IProjects projects,
    ForumCalendar calendar)
{
    public Task<Outcome<PledgeBalance>> ConfirmAsync(string pledgeId, string? allocationId, string key, Caller caller, CancellationToken stop)
        => RunAsync(pledgeId, "confirm", allocationId ?? "", key, caller, balance =>
        {
            if (balance.Pledge.Withdrawn) return Refusal.Conflict("The pledge was withdrawn; nothing of it can be confirmed.");
            var proposed = balance.Allocations.Where(part => part.Proposed.Minor > 0 && (allocationId is null || part.Id == allocationId)).ToList();
            if (proposed.Count == 0)
                return Refusal.Conflict($"Nothing here is proposed: the pledge is {Name(balance.Status)}. A pledge can be confirmed once it has been placed on a project.");
            return Command("confirm") with { Parts = [.. proposed.Select(part => new CommandPart(part.Area, part.ProjectId, part.NeedId, part.Proposed.Minor))] };
        }, stop);

    public Task<Outcome<PledgeBalance>> WithdrawAsync(string pledgeId, string key, Caller caller, CancellationToken stop)
        => RunAsync(pledgeId, "withdraw", "", key, caller, balance =>
        {
            if (balance.Pledge.Withdrawn) return Refusal.Conflict("The pledge was withdrawn already.");
            if (balance.Status == PledgeStatus.Fulfilled) return Refusal.Conflict("All of the pledge has been received; nothing is left to withdraw.");
            return Command("withdraw") with { Version = balance.Pledge.Version + 1 };
        }, stop);

    public Task<Outcome<PledgeBalance>> ReceiveAsync(string pledgeId, ReceiptRequest request, string key, Caller caller, CancellationToken stop)
        => RunAsync(pledgeId, "receipt", PledgeId.ContentHash(request), key, caller, balance => PlanReceipt(balance, request), stop);

    /// <summary>The recipient city says that what was received has arrived.</summary>
    public async Task<Outcome<PledgeBalance>> AcknowledgeAsync(string allocationId, Caller caller, CancellationToken stop)
    {
        if (LedgerKeys.ParseAllocationId(allocationId) is not { } id || await store.FindAsync(id.PledgeId, stop) is not { } stored)
            return Refusal.NotFound($"There is no allocation '{allocationId}'.");
        var project = await projects.FindAsync(id.ProjectId, stop);
        if (project is null || !caller.MayActForProject(project.Id, project.City))
            return Refusal.Forbidden("Only the project's city, or staff, acknowledges what came.");
        var balance = await pledgeBooks.ReadAsync(stored.Value, stop);
        if (balance.Allocations.FirstOrDefault(part => part.Id == allocationId) is not { } part)
            return Refusal.NotFound($"There is no allocation '{allocationId}'.");
        if (part.Received.Minor == 0)
            return Refusal.Conflict($"Nothing has been received for this allocation yet: it is {part.Status}. Record the receipt first.");
        if (part.AcknowledgedAt is null)
            await books.AcknowledgeAsync(id.Area, id.PledgeId, new PartRef(id.ProjectId, id.NeedId), $"acknowledge.{id.ProjectId}.{id.NeedId}", caller.KeyId, stop);
        return await pledgeBooks.ReadAsync(stored.Value, stop);
    }

    /// <summary>Goes on with a command that a crash interrupted.</summary>
    public async Task ResumeAsync(string pledgeId, string commandKey, CancellationToken stop)
    {
        if (await commands.FindAsync(pledgeId, commandKey, stop) is { Done: false } command) await ApplyAsync(command, stop);
    }

    private async Task<Outcome<PledgeBalance>> RunAsync(
        string pledgeId, string kind, string content, string key, Caller caller, Func<PledgeBalance, Outcome<PledgeCommand>> plan, CancellationToken stop)
    {
        if (await store.FindAsync(pledgeId, stop) is not { } stored || !caller.MaySeePartner(stored.Value.PartnerId))
            return Refusal.NotFound($"There is no pledge '{pledgeId}'.");
        if (!caller.MayActForPartner(stored.Value.PartnerId))
            return Refusal.Forbidden($"This key may not act for '{stored.Value.PartnerId}'.");
        var id = $"{kind}.{PledgeId.Short(key)}";
        var contentHash = PledgeId.ContentHash(new { kind, content });
        var commandKey = PledgeCommand.KeyOf(pledgeId, id);
        var recorded = await commands.FindAsync(pledgeId, commandKey, stop);
        var planned = recorded is null ? plan(await pledgeBooks.ReadAsync(stored.Value, stop)) : default;
        // Refused: unless the same request, sent at the same time, has just been applied.
        if (planned.Refusal is { } no && (recorded = await commands.FindAsync(pledgeId, commandKey, stop)) is null) return no;
        if (recorded is null)
        {
            var command = planned.Value with { Id = id, PledgeId = pledgeId, ContentHash = contentHash, By = caller.KeyId, At = calendar.Now };
            await submitted.NoteAsync(pledgeId, command.Key, command.At, stop);
            recorded = await commands.AddAsync(command, stop);
        }

        if (recorded.ContentHash != contentHash)
            return Refusal.Conflict("This Idempotency-Key was used before with other content. Send the first content again, or choose another key.");
        if (!recorded.Done) await ApplyAsync(recorded, stop);
        return await pledgeBooks.ReadAsync((await store.FindAsync(pledgeId, stop))!.Value, stop);
    }

    private async Task ApplyAsync(PledgeCommand command, CancellationToken stop)
    {
        var pledge = (await store.FindAsync(command.PledgeId, stop))!.Value;
        switch (command.Kind)
        {
            case "confirm":
                foreach (var area in command.Parts.GroupBy(part => part.Area, StringComparer.Ordinal))
                    await books.ConfirmAsync(area.Key, pledge.Id, area.Select(part => new PartRef(part.ProjectId, part.NeedId)).ToHashSet(), command.Id, command.By, stop);
                break;
            case "withdraw":
                await WithdrawAsync(pledge, command, stop);
                break;
            case "receipt":
                await ReceiveAsync(pledge, command, stop);
                break;
            default:
                throw new InvalidOperationException($"No command {command.Kind} is known.");
        }

        await commands.SetDoneAsync(command, stop);
        submitted.Complete(SubmittedLog.BucketOf(command.At), command.Key);
    }

    private async Task WithdrawAsync(Pledge pledge, PledgeCommand command, CancellationToken stop)
    {
        // Without a split nothing is placed yet: it is withdrawn as a whole where it would have stood.
        pledge = (await store.ChangeAsync(pledge.Id, now => now.Version >= command.Version ? null : now with
        {
            Version = command.Version,
            Withdrawn = true,
            Split = PledgeLines.SplitOf(now) ?? [new LineSplit(Areas.Any, now.Resource.Minor)],
        }, stop))!;
        var split = PledgeLines.SplitOf(pledge)!;
        foreach (var part in split)
        {
            var tombstone = await lines.OpenAsync(pledge, part, calendar.Now, stop);
            await books.WithdrawAsync(part.Area, pledge.Id, () => tombstone, command.Version, command.By, stop);
        }

        // A withdrawn line sends nothing more; what lines had sent before still arrives, and is withdrawn where it arrives.
        while (true)
        {
            var now = (await pledgeBooks.ReadAsync(pledge, stop)).Lines;
            foreach (var line in now.Where(line => line.Sendings.Any(sending => !sending.Done))) await books.FinishSendingsAsync(line, stop);
            var behind = now.Where(line => line.Version < command.Version).ToList();
            foreach (var line in behind) await books.WithdrawAsync(line.Area, pledge.Id, () => line, command.Version, command.By, stop);
            if (behind.Count == 0 && now.All(line => line.Sendings.All(sending => sending.Done))) return;
        }
    }

    private async Task ReceiveAsync(Pledge pledge, PledgeCommand command, CancellationToken stop)
    {
        var areas = command.Parts.GroupBy(part => part.Area, StringComparer.Ordinal)
            .ToDictionary(area => area.Key, area => area.ToDictionary(part => new PartRef(part.ProjectId, part.NeedId), part => part.Minor));
        var increaseIn = areas.Keys.Order(StringComparer.Ordinal).First();
        foreach (var (area, amounts) in areas)
            await books.ReceiveAsync(area, pledge.Id, amounts, area == increaseIn ? command.Increase : 0, command.On ?? calendar.Today, command.Id, command.By, stop);
    }

    private Outcome<PledgeCommand> PlanReceipt(PledgeBalance balance, ReceiptRequest request)
    {
        var unit = balance.Pledge.Resource.Unit;
        if (request.Member != PledgeReader.MemberOf(unit)) return Refusal.Invalid("/" + request.Member, $"does not fit: this pledge is counted in {PledgeReader.MemberOf(unit)}");
        if (request.Text.StartsWith('-')) return Refusal.Invalid("/" + request.Member, "must be greater than zero");
        if (Amount.TryParse(request.Text, unit, out var received) is { } malformed) return Refusal.Invalid("/" + request.Member, malformed);
        if (received.Minor == 0) return Refusal.Invalid("/" + request.Member, "must be greater than zero");
        if (request.On > calendar.Today) return Refusal.Invalid("/on", "must not lie in the future");
        var owed = balance.Allocations.Where(part => part.Committed.Minor > 0).ToList();
        if (request.AllocationId is { } only)
        {
            if (!balance.Allocations.Any(part => part.Id == only)) return Refusal.Invalid("/allocationId", "names no allocation of this pledge");
            owed = owed.FindAll(part => part.Id == only);
        }

        if (owed.Count == 0)
            return Refusal.Conflict($"Nothing is committed here: the pledge is {Name(balance.Status)}. Confirm what is proposed first; then record the receipt.");
        var total = owed.Sum(part => part.Committed.Minor);
        var spread = Split.LargestRemainder(Math.Min(received.Minor, total), [.. owed.Select(part => part.Committed.Minor)]);
        return Command("receipt") with
        {
            Parts = [.. owed.Select((part, i) => new CommandPart(part.Area, part.ProjectId, part.NeedId, spread[i])).Where(part => part.Minor > 0)],
            Increase = Math.Max(0, received.Minor - total),
            On = request.On ?? calendar.Today,
        };
    }

    private static PledgeCommand Command(string kind) => new(1, "", "", kind, "", "", default, false);

    private static string Name(PledgeStatus status) => status.ToString().ToLowerInvariant();
}
