using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Trial;
using FundingFlow.Matching;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Simulations;

/// <summary>Tries a pledge: checked, split and placed by the code that would do it, on a copy of the books.</summary>
public sealed class PledgeSimulation(
    ILedgerTrials trials, IPartners partners, ICities cities, PledgeRules rules, PledgeIntake intake, PledgeLines lines, ForumCalendar calendar)
{
    private const string By = "simulation";

    public async Task<Outcome<SimulationView>> RunAsync(SimulationRequest request, Caller caller, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        var asked = request.Pledge!;
        if (request.Partner is null && !caller.MaySeePartner(asked.PartnerId)) return Refusal.Forbidden($"This key may not try a pledge of '{asked.PartnerId}'.");
        var partner = request.Partner is { } described ? await DescribedAsync(described, stop) : await KnownAsync(asked.PartnerId, stop);
        if (partner.Refusal is { } unknown) return unknown;
        var check = await rules.CheckAsync(asked, partner.Value, stop);
        if (check.Refusal is { } no) return no.Under("/pledge");
        // No accepted pledge has an id like this one.
        var pledge = await intake.DocumentAsync(check.Value, $"{partner.Value.Id}.(simulated)", "", caller, stop);
        return await TryAsync(pledge, partner.Value, stop);
    }

    private async Task<SimulationView> TryAsync(Pledge pledge, Partner partner, CancellationToken stop)
    {
        var (trial, now) = (trials.Start(), calendar.Now);
        var before = await PositionsAsync(trial, stop);
        pledge = pledge with { Split = await SplitAsync(trial, pledge, partner, now, stop) };
        foreach (var part in pledge.Split)
            await trial.Books.OpenAsync(await lines.OpenAsync(pledge, part, now, partner, stop), withdrawn: false, By, stop);
        var balance = await new PledgeBooks(trial.Reader).ReadAsync(pledge, stop);
        // What had to make room looks for another place, as it would in a moment.
        foreach (var area in MadeRoom(before, await PositionsAsync(trial, stop), balance)) await trial.Books.ReopenAsync(area, stop);
        var after = await PositionsAsync(trial, stop);
        var named = pledge.Areas.Select(share => share.Area).ToHashSet(StringComparer.Ordinal);
        var next = await trial.Books.PlanAsync(NextNeeds.More(balance.Lines[0]), [.. after.Where(need => named.Count == 0 || named.Contains(need.Area))], stop);
        return View(pledge, balance, before, after, now) with { Next = NextNeeds.Of(next) };
    }

    private async Task<IReadOnlyList<LineSplit>> SplitAsync(LedgerTrial trial, Pledge pledge, Partner partner, DateTimeOffset now, CancellationToken stop)
    {
        if (PledgeLines.SplitOf(pledge) is { } named) return named;
        var whole = new LineSplit(Areas.Any, pledge.Resource.Minor);
        return await trial.Books.SplitAsync(await lines.OpenAsync(pledge with { Split = [whole] }, whole, now, partner, stop), stop);
    }

    /// <summary>The areas in which a need holds less than before and what the pledge brings it.</summary>
    private static IReadOnlyList<string> MadeRoom(IReadOnlyList<Position> before, IReadOnlyList<Position> now, PledgeBalance balance)
    {
        var was = before.ToDictionary(need => (need.Area, need.Ref), need => need.Filled);
        var brings = balance.Allocations.ToDictionary(part => (part.Area, new PartRef(part.ProjectId, part.NeedId)), part => part.Total.Value);
        return [.. now.Where(need => need.Filled < was.GetValueOrDefault((need.Area, need.Ref)) + brings.GetValueOrDefault((need.Area, need.Ref)))
            .Select(need => need.Area).Distinct(StringComparer.Ordinal)];
    }

    private static SimulationView View(Pledge pledge, PledgeBalance balance, IReadOnlyList<Position> before, IReadOnlyList<Position> after, DateTimeOffset now)
    {
        var exponent = pledge.Resource.Unit.Exponent;
        return new SimulationView(now, null,
            [.. balance.Allocations.Select(part => SimulatedParts.View(part, part.Total, null))],
            Decimals.Write(balance.Unallocated, exponent),
            [.. balance.Lines.Where(line => line.Unallocated > 0).Select(line => (Line: line, Why: WhyStanding.Of(line)))
                .Select(standing => new SimulatedStandingView(standing.Line.Area, Decimals.Write(standing.Line.Unallocated, exponent), standing.Why.Code, standing.Why.Text))],
            Changes.OfNeeds(before, after),
            Changes.OfGaps(before, after, need => need.Area, need => Areas.NameOf(need.Area)),
            Changes.OfGaps(before, after, need => need.ProjectId, need => need.Title), null);
    }

    private async Task<Outcome<Partner>> KnownAsync(string id, CancellationToken stop)
        => await partners.FindAsync(id, stop) is { } known
            ? known
            : Refusal.Invalid("/pledge/partnerId", "names no known partner: put it first, or leave it out and describe it as /partner");

    private async Task<Outcome<Partner>> DescribedAsync(DescribedPartner described, CancellationToken stop)
    {
        var city = described.City is null ? null : await cities.ResolveAsync(described.City, described.Country, stop);
        if (described.City is not null && city is null)
            return Refusal.Invalid("/partner/city", "is no city known here, or several: give its id, or leave it out");
        return new Partner(SimulationRequest.Described, "", described.Sector, city?.Id, described.Country ?? city?.Country, described.Interests);
    }

    internal static async Task<IReadOnlyList<Position>> PositionsAsync(LedgerTrial trial, CancellationToken stop)
    {
        var all = new List<Position>();
        foreach (var area in Areas.All) all.AddRange(await trial.Reader.PositionsAsync(area, stop));
        return all;
    }
}
