using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Trial;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Simulations;

/// <summary>Tries a project, new or stated anew: which standing pledges would be placed on it, and what else would change.</summary>
public sealed class ProjectSimulation(ILedgerTrials trials, ProjectRegister register, IProjects projects, ForumCalendar calendar)
{
    private const string By = "simulation";
    private const string NoId = "new-project";
    private const string Member = "/project";

    public async Task<Outcome<SimulationView>> RunAsync(ProjectStatement statement, Caller caller, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(statement);
        // Needs know where they stand in the whole body; what is refused is told as a PUT tells it, and put under /project again.
        statement = statement with { Needs = [.. statement.Needs.Select(need => need with { Pointer = need.Pointer[Member.Length..] })] };
        var imagined = await register.ImagineAsync(statement.Id ?? await FreeIdAsync(stop), statement, stop);
        if (imagined.Refusal is { } no) return no.Under(Member);
        return await TryAsync(imagined.Value, caller, stop);
    }

    private async Task<SimulationView> TryAsync(Project project, Caller caller, CancellationToken stop)
    {
        var (trial, now) = (trials.Start(), calendar.Now);
        var before = await PledgeSimulation.PositionsAsync(trial, stop);
        var partsBefore = (await trial.Reader.AllocationsOfAsync(project, stop)).ToDictionary(part => part.Id, part => part.Total, StringComparer.Ordinal);
        await trial.Needs.StateNeedsAsync(project, By, stop);
        foreach (var area in project.NeedAreas) await trial.Books.ReopenAsync(area, stop);
        var after = await PledgeSimulation.PositionsAsync(trial, stop);
        var parts = await trial.Reader.AllocationsOfAsync(project, stop);
        return new SimulationView(now, project.Id,
            [.. parts.Select(part => (Part: part, Grown: part.Total - partsBefore.GetValueOrDefault(part.Id))).Where(grown => grown.Grown.Minor > 0)
                .Select(grown => SimulatedParts.View(grown.Part, grown.Grown, caller))],
            null, null,
            Changes.OfNeeds(before, after),
            Changes.OfGaps(before, after, need => need.Area, need => Areas.NameOf(need.Area)),
            Changes.OfGaps(before, after, need => need.ProjectId, need => need.Title), null);
    }

    private async Task<string> FreeIdAsync(CancellationToken stop)
    {
        var id = NoId;
        for (var number = 2; await projects.FindAsync(id, stop) is not null; number++) id = $"{NoId}-{number}";
        return id;
    }
}
