using FundingFlow.Ledger;
using FundingFlow.Projects;
using FundingFlow.Storage;

namespace FundingFlow.Sustainability;

/// <summary>Looks at projects again: secured-until, urgency, alerts. Repeating it changes nothing more.</summary>
public sealed class SustainabilityCheck(
    IProjects projects, FiguresReader reader, ILedgerReader books, INeedLedger needs, Alerts alerts, IEnumerable<IAlertRule> rules,
    IQueues queues, ForumCalendar calendar)
{
    private const int ProjectsPerMessage = 25;

    /// <summary>The projects whose figures changed.</summary>
    public async Task CheckAsync(FundingChanged changed, CancellationToken stop)
    {
        foreach (var id in changed.Needs.Select(need => need.ProjectId).Distinct(StringComparer.Ordinal))
        {
            var project = await projects.FindAsync(id, stop)
                ?? throw new InvalidOperationException($"The ledger tells of a project '{id}' that is not stored; it is looked for again.");
            await CheckAsync(project, stop);
        }
    }

    public async Task CheckAsync(Project project, CancellationToken stop)
    {
        var positions = await books.PositionsOfAsync(project, stop);
        var figures = await reader.FiguresOfAsync(project, positions, stop);
        if (positions.Any(position => position.Urgency != figures.Urgency)) await needs.SetUrgencyAsync(project, figures.Urgency, stop);
        foreach (var rule in rules)
            await alerts.ReadAsync(rule.Kind, project.Id, standing => rule.Evaluate(figures, standing, calendar.Today), stop);
    }

    /// <summary>
    /// Days pass without events: asks for a look at every project, through the queue, so that one that fails is tried again
    /// without the others.
    /// </summary>
    public async Task CheckAllAsync(CancellationToken stop)
    {
        var waiting = new List<Project>();
        await foreach (var project in projects.AllAsync(stop))
        {
            waiting.Add(project);
            if (waiting.Count == ProjectsPerMessage) await SendAsync(waiting, stop);
        }

        if (waiting.Count > 0) await SendAsync(waiting, stop);
    }

    private async Task SendAsync(List<Project> batch, CancellationToken stop)
    {
        foreach (var area in batch.GroupBy(project => project.Area))
        {
            var needs = area.Select(project => new PartRef(project.Id, project.Needs.Count > 0 ? project.Needs[0].Id : "")).ToList();
            await queues.SendAsync(QueueNames.FundingChanged, Wire.Write(new FundingChanged(1, area.Key, needs)), stop);
        }

        batch.Clear();
    }
}
