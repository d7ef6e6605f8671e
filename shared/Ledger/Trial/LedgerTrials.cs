using FundingFlow.Cities;
using FundingFlow.Matching;
using FundingFlow.Money;
using FundingFlow.Storage;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Ledger.Trial;

/// <summary>A ledger on which anything can be tried: it begins as the stored one, and what is done to it is never stored.</summary>
public interface ILedgerTrials
{
    LedgerTrial Start();
}

/// <summary>One trial, for one caller at a time. It works with the ledger's own code on its own copy of the rows.</summary>
public sealed record LedgerTrial(Books Books, ILedgerReader Reader, INeedLedger Needs);

internal sealed class LedgerTrials(
    ITables tables, IRates rates, ICities cities, TimeProvider clock, LedgerOptions options, PlacingPolicy policy, ForumCalendar calendar,
    ILogger<StandingLines> log) : ILedgerTrials
{
    public LedgerTrial Start()
    {
        var copy = new TrialTables(tables);
        var areas = new AreaBooks(copy, clock, options, policy, new AreaTouched(), meter: null);
        var reader = new LedgerReader(copy);
        var planner = new LinePlanner(areas, policy, calendar);
        var placer = new LinePlacer(areas, new PlannedPlacing(areas, planner, policy, options), rates, planner);
        var together = new LinesTogether(areas, placer);
        var standing = new StandingLines(areas, reader, placer, new Reservations(areas, options), rates, planner, log);
        return new LedgerTrial(new Books(areas, placer, together, new GroupCommit(placer, together, options), new LineCommands(areas, placer, calendar), standing, planner), reader, new NeedLedger(areas, reader, rates, cities));
    }
}
