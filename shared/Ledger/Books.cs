using FundingFlow.Ledger.Conditions;
using FundingFlow.Ledger.Rebalancing;
using FundingFlow.Matching;
using FundingFlow.Money;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FundingFlow.Ledger;

/// <summary>The ledger's door: every movement of a pledge's units. Each call may be repeated; it then changes nothing.</summary>
public sealed class Books : IPartsTold
{
    private readonly AreaBooks areas;
    private readonly LinePlacer placer;
    private readonly LinesTogether together;
    private readonly GroupCommit group;
    private readonly LineCommands commands;
    private readonly StandingLines standing;
    private readonly LinePlanner planner;

    internal Books(AreaBooks areas, LinePlacer placer, LinesTogether together, GroupCommit group, LineCommands commands, StandingLines standing, LinePlanner planner)
        => (this.areas, this.placer, this.together, this.group, this.commands, this.standing, this.planner) = (areas, placer, together, group, commands, standing, planner);

    /// <summary>Which areas would take a line that names none. Decide once, record it, then open.</summary>
    public async Task<IReadOnlyList<LineSplit>> SplitAsync(Line line, CancellationToken stop)
    {
        var split = await planner.SplitAsync(line, await StandingLines.AllNeedsAsync(areas, fresh: false, stop), stop);
        return split.Any(part => part.Area == Areas.Any)
            ? await planner.SplitAsync(line, await StandingLines.AllNeedsAsync(areas, fresh: true, stop), stop)
            : split;
    }

    /// <summary>Where what is unallocated in a line would go among these needs; nothing moves.</summary>
    public Task<PlacementPlan> PlanAsync(Line line, IReadOnlyCollection<Position> needs, CancellationToken stop) => planner.PlanAsync(line, areas.TablesOf(needs), overfill: false, stop);

    /// <summary>As <see cref="SplitAsync"/> for many, each in sight of what those before it take; one split per line, in order.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<LineSplit>>> SplitTogetherAsync(IReadOnlyList<Line> lines, CancellationToken stop)
    {
        var splits = await planner.SplitTogetherAsync(lines, await StandingLines.AllNeedsAsync(areas, fresh: false, stop), stop);
        return splits.Any(split => split.Any(part => part.Area == Areas.Any))
            ? await planner.SplitTogetherAsync(lines, await StandingLines.AllNeedsAsync(areas, fresh: true, stop), stop)
            : splits;
    }

    /// <summary>Opens lines of one area, many in a transaction; a line that is open already is left as it is.</summary>
    /// <returns>Those that do not go together with others: open each with <see cref="OpenAsync"/>.</returns>
    public Task<IReadOnlyList<Line>> OpenTogetherAsync(string area, IReadOnlyList<Line> lines, string by, CancellationToken stop)
        => together.OpenAsync(area, lines, by, stop);

    /// <summary>Opens one line and places it; in one transaction with those that others hand in at the same time.</summary>
    public Task OpenAsync(Line line, bool withdrawn, string by, CancellationToken stop)
        => withdrawn ? placer.OpenAsync(line, withdrawn, by, stop) : group.OpenAsync(line, by, stop);

    public Task ConfirmAsync(string area, string pledgeId, IReadOnlySet<PartRef> only, string command, string by, CancellationToken stop)
        => commands.ConfirmAsync(area, pledgeId, only, command, by, stop);

    public Task ReceiveAsync(string area, string pledgeId, IReadOnlyDictionary<PartRef, long> amounts, long increase, DateOnly on, string command, string by, CancellationToken stop)
        => commands.ReceiveAsync(area, pledgeId, amounts, increase, on, command, by, stop);

    /// <inheritdoc cref="LineCommands.ReverseAsync"/>
    public Task ReverseAsync(
        string area, string pledgeId, IReadOnlyList<ReceivedPart> parts, long increase, string receipt, string note, string by, CancellationToken stop)
        => commands.ReverseAsync(area, pledgeId, parts, increase, receipt, note, by, stop);

    public Task CloseAsync(string area, string pledgeId, Func<Line> tombstone, int version, Closing closing, string by, CancellationToken stop)
        => commands.CloseAsync(area, pledgeId, tombstone, version, closing, by, stop);

    public Task<bool> DeclineAsync(string area, string pledgeId, PartRef need, bool onlyProposed, string? note, string command, string by, CancellationToken stop)
        => commands.DeclineAsync(area, pledgeId, need, onlyProposed, note, command, by, stop);

    public Task<bool> WriteOffAsync(string area, string pledgeId, IReadOnlyDictionary<PartRef, long> amounts, string note, string command, string by, CancellationToken stop)
        => commands.WriteOffAsync(area, pledgeId, amounts, note, command, by, stop);

    /// <summary>The pledge grows in one area; in <c>any</c> what grew is sent at once to the areas that want it.</summary>
    public async Task RaiseAsync(string area, string pledgeId, Func<Line> empty, long minor, LineTerms terms, string command, string by, CancellationToken stop)
    {
        await commands.RaiseAsync(area, pledgeId, empty, minor, terms, command, by, stop);
        if (area == Areas.Any) await standing.SendOutAsync(pledgeId, stop);
    }

    /// <returns>By how much the pledge shrank here: less than asked where the rest is confirmed.</returns>
    public Task<long> CutAsync(string area, string pledgeId, long minor, LineTerms terms, string command, string by, CancellationToken stop)
        => commands.CutAsync(area, pledgeId, minor, terms, command, by, stop);

    public Task TellAsync(string area, string pledgeId, LineTerms terms, string by, CancellationToken stop)
        => commands.TellAsync(area, pledgeId, terms, by, stop);

    /// <returns>Why nothing was moved; null: it was.</returns>
    public async Task<string?> MoveAsync(string area, string pledgeId, Move move, Position target, string command, string by, CancellationToken stop)
    {
        var refused = await commands.MoveAsync(area, pledgeId, move, target, command, by, stop);
        if (refused is null && area != move.ToArea) await standing.FinishSendingsAsync(area, pledgeId, stop);
        return refused;
    }

    public Task AcknowledgeAsync(string area, string pledgeId, PartRef need, string command, string by, CancellationToken stop)
        => commands.AcknowledgeAsync(area, pledgeId, need, command, by, stop);

    public Task TellAsync(IEnumerable<Allocation> parts, CancellationToken stop) => commands.TellAsync(parts, stop);

    /// <summary>Tries again what stands, in every area.</summary>
    public Task ReopenAllAsync(CancellationToken stop) => standing.ReopenAllAsync(stop);

    public Task ReopenAsync(string area, CancellationToken stop) => standing.ReopenAsync(area, stop);

    /// <summary>Ends what a line sent elsewhere and a crash left under way.</summary>
    public Task FinishSendingsAsync(Line line, CancellationToken stop) => standing.FinishSendingsAsync(line, stop);
}

public static class LedgerServices
{
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.AddOptions<LedgerOptions>().BindConfiguration(LedgerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PlacingPolicy>().ValidateOnStart();
        services.AddSingleton<IConfigureOptions<PlacingPolicy>, PlacingPolicySetup>();
        services.AddSingleton<IValidateOptions<PlacingPolicy>, PlacingPolicySetup>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<PlacingPolicy>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<LedgerOptions>>().Value);
        services.AddSingleton<ForumCalendar>();
        services.AddSingleton<AreaTouched>();
        services.AddSingleton<LedgerMeter>();
        services.AddSingleton<AreaBooks>();
        services.AddSingleton<LinePlanner>();
        services.AddSingleton<Reservations>();
        services.AddSingleton<PlannedPlacing>();
        services.AddSingleton<LinePlacer>();
        services.AddSingleton<LinesTogether>();
        services.AddSingleton<GroupCommit>();
        services.AddSingleton<LineCommands>();
        services.AddSingleton<StandingLines>();
        services.AddSingleton<ILedgerReader, LedgerReader>();
        services.AddSingleton<INeedLedger, NeedLedger>();
        services.AddSingleton<Trial.ILedgerTrials, Trial.LedgerTrials>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<LineReopening>();
        services.AddSingleton<RebalanceStore>();
        services.AddSingleton<DirectMoves>();
        services.AddSingleton<ParkedMoves>();
        services.AddSingleton<RebalanceRunner>();
        services.AddSingleton(p => new RebalanceQueries(p.GetRequiredService<RebalanceStore>()));
        services.AddSingleton<IPartsTold>(p => p.GetRequiredService<Books>());
        services.AddSingleton(p => new Rebalances(p.GetRequiredService<RebalanceStore>(), p.GetRequiredService<RebalanceRunner>(), p.GetRequiredService<Storage.IQueues>(),
            p.GetRequiredService<ForumCalendar>(), p.GetRequiredService<LedgerOptions>(), p.GetRequiredService<ILogger<Rebalances>>()));
        services.AddSingleton(p => new ConditionSettling(p.GetRequiredService<AreaBooks>(), p.GetRequiredService<Projects.IProjects>(), p.GetRequiredService<ILedgerReader>(),
            p.GetRequiredService<ILogger<ConditionSettling>>()));
        services.AddSingleton(p => new Books(p.GetRequiredService<AreaBooks>(), p.GetRequiredService<LinePlacer>(), p.GetRequiredService<LinesTogether>(),
            p.GetRequiredService<GroupCommit>(), p.GetRequiredService<LineCommands>(), p.GetRequiredService<StandingLines>(), p.GetRequiredService<LinePlanner>()));
        return services;
    }
}
