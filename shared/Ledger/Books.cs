using FundingFlow.Matching;
using FundingFlow.Money;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FundingFlow.Ledger;

/// <summary>The ledger's door: every movement of a pledge's units. Each call may be repeated; it then changes nothing.</summary>
public sealed class Books
{
    private readonly AreaBooks areas;
    private readonly LinePlacer placer;
    private readonly LinesTogether together;
    private readonly GroupCommit group;
    private readonly LineCommands commands;
    private readonly StandingLines standing;
    private readonly PlacingPolicy policy;
    private readonly ForumCalendar calendar;

    internal Books(AreaBooks areas, LinePlacer placer, LinesTogether together, GroupCommit group, LineCommands commands, StandingLines standing, PlacingPolicy policy, ForumCalendar calendar)
        => (this.areas, this.placer, this.together, this.group, this.commands, this.standing, this.policy, this.calendar) = (areas, placer, together, group, commands, standing, policy, calendar);

    /// <summary>Which areas would take a line that names none. Decide once, record it, then open.</summary>
    public async Task<IReadOnlyList<LineSplit>> SplitAsync(Line line, CancellationToken stop)
    {
        var split = LineSplitter.Split(line, await StandingLines.AllPositionsAsync(areas, fresh: false, stop), policy, calendar.Today);
        return split.Any(part => part.Area == Areas.Any)
            ? LineSplitter.Split(line, await StandingLines.AllPositionsAsync(areas, fresh: true, stop), policy, calendar.Today)
            : split;
    }

    /// <summary>As <see cref="SplitAsync"/> for many, each in sight of what those before it take; one split per line, in order.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<LineSplit>>> SplitTogetherAsync(IReadOnlyList<Line> lines, CancellationToken stop)
    {
        var splits = LinesSplitter.Split(lines, await StandingLines.AllPositionsAsync(areas, fresh: false, stop), policy, calendar.Today);
        return splits.Any(split => split.Any(part => part.Area == Areas.Any))
            ? LinesSplitter.Split(lines, await StandingLines.AllPositionsAsync(areas, fresh: true, stop), policy, calendar.Today)
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

    public Task WithdrawAsync(string area, string pledgeId, Func<Line> tombstone, int version, string by, CancellationToken stop)
        => commands.WithdrawAsync(area, pledgeId, tombstone, version, by, stop);

    public Task AcknowledgeAsync(string area, string pledgeId, PartRef need, string command, string by, CancellationToken stop)
        => commands.AcknowledgeAsync(area, pledgeId, need, command, by, stop);

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
        services.AddOptions<PlacingPolicy>().BindConfiguration(PlacingPolicy.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<PlacingPolicy>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<LedgerOptions>>().Value);
        services.AddSingleton<ForumCalendar>();
        services.AddSingleton<AreaTouched>();
        services.AddSingleton<AreaBooks>();
        services.AddSingleton<LinePlacer>();
        services.AddSingleton<LinesTogether>();
        services.AddSingleton<GroupCommit>();
        services.AddSingleton<LineCommands>();
        services.AddSingleton<StandingLines>();
        services.AddSingleton<ILedgerReader, LedgerReader>();
        services.AddSingleton<INeedLedger, NeedLedger>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<LineReopening>();
        services.AddSingleton(p => new Books(p.GetRequiredService<AreaBooks>(), p.GetRequiredService<LinePlacer>(), p.GetRequiredService<LinesTogether>(), p.GetRequiredService<GroupCommit>(), p.GetRequiredService<LineCommands>(),
            p.GetRequiredService<StandingLines>(), p.GetRequiredService<PlacingPolicy>(), p.GetRequiredService<ForumCalendar>()));
        return services;
    }
}
