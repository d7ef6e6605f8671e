using FundingFlow.Ledger.Conditions;
using FundingFlow.Projects;
using FundingFlow.Storage;

namespace FundingFlow.Ledger;

/// <summary>Handles <c>lines-to-reopen</c>: states a project's needs again where that may have been interrupted, and places what stands.</summary>
public sealed class LineReopening(Books books, ConditionSettling conditions, INeedLedger needs, IProjects projects, IQueues queues)
{
    /// <exception cref="System.Text.Json.JsonException">The message is not one of ours.</exception>
    public async Task RunAsync(string message, CancellationToken stop)
    {
        var reopen = Wire.Read<ReopenLines>(message);
        if (reopen.ProjectId is { } id && await projects.FindAsync(id, stop) is { } project)
        {
            // What this changes, if anything, asks for reopening by itself.
            await needs.StateNeedsAsync(project, "system", stop);
            // A budget is no part of the books: nobody else tells that its runway is another one now.
            if (project.Budget.Count > 0)
                await queues.SendAsync(QueueNames.FundingChanged, Wire.Write(new FundingChanged(1, project.Area, [new PartRef(project.Id, "")])), stop);
        }

        if (reopen.Area is { } only) await books.ReopenAsync(only, stop);
    }

    /// <summary>What a lost message left undone: lines that stand though there is room, conditions that were not settled.</summary>
    public async Task AllAsync(CancellationToken stop)
    {
        await books.ReopenAllAsync(stop);
        await conditions.SettleAllAsync(stop);
    }
}
