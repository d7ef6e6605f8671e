using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Projects;
using FundingFlow.Sustainability;
using Microsoft.Extensions.Options;

namespace FundingFlow.Tests.Unit.Sustainability;

using Unit = FundingFlow.Money.Unit;

/// <summary>A project and what stands against it, told in few words. Today is 24 November 2026 unless told.</summary>
internal static class Facts
{
    public static readonly DateOnly Today = new(2026, 11, 24);
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    public static readonly Unit Euro = Unit.Of(Currency.Of("EUR"));

    public static DateOnly Day(int month, int day, int year = 2026) => new(year, month, day);

    public static ForumCalendar Calendar(TimeProvider clock) => new(clock, Options.Create(new FundingFlowOptions()));

    public static Project Project(string id = "farm", DateOnly? startsOn = null, DateOnly? endsOn = null, params BudgetPeriod[] budget)
        => new(id, "Peri-urban farm", "kigali", "RW", Areas.SocioEconomic, "EUR", startsOn, endsOn, null, [],
            [new Need("money", Euro, 1_000_000, null, Areas.SocioEconomic, "kigali")], budget);

    public static Position Position(long required, long committed = 0, long received = 0, long proposed = 0, int urgency = 1, string project = "farm", Unit? unit = null)
        => new(Areas.SocioEconomic, project, "money", unit ?? Euro, required, null, proposed, committed, received,
            "kigali", "RW", Situation.Peace, null, null, urgency, [], ExchangeRate.Same("EUR", Today));

    public static Allocation Allocation(long committed = 0, long received = 0, long proposed = 0, Unit? unit = null, DateTimeOffset? at = null, string pledge = "rome.aaaaaaaaaaaaaaaa")
        => new(Areas.SocioEconomic, pledge, "rome", "farm", "money", unit ?? Euro, unit ?? Euro,
            new Placed(proposed, proposed), new Placed(committed, committed), new Placed(received, received), [], at ?? Noon);

    /// <summary>Figures of a project of which so much of 100 is funded and whose money lasts so many days.</summary>
    public static ProjectFigures Figures(int coverage = 100, int? runway = null, DateOnly? startsOn = null, DateOnly? endsOn = null, long proposed = 0)
        => new(Project("farm", startsOn, endsOn), 10_000, proposed, coverage * 100, 0,
            runway is { } days ? Today.AddDays(days) : null, runway, Today.AddDays(400), 500_000, 300_000);
}
