using FundingFlow.Projects;
using FundingFlow.Storage;

namespace FundingFlow.Ledger;

/// <summary>Handles <c>lines-to-reopen</c>: states a project's needs again where that may have been interrupted, and places what stands.</summary>
public sealed class LineReopening(Books books, INeedLedger needs, IProjects projects)
{
    /// <exception cref="System.Text.Json.JsonException">The message is not one of ours.</exception>
    public async Task RunAsync(string message, CancellationToken stop)
    {
        var reopen = Wire.Read<ReopenLines>(message);
        if (reopen.ProjectId is { } id && await projects.FindAsync(id, stop) is { } project)
        {
            await needs.StateNeedsAsync(project, "system", stop);
            foreach (var area in project.NeedAreas) await books.ReopenAsync(area, stop);
        }

        if (reopen.Area is { } only) await books.ReopenAsync(only, stop);
    }

    public Task AllAsync(CancellationToken stop) => books.ReopenAllAsync(stop);
}
