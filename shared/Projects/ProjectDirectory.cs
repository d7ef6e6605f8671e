using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Projects;

/// <summary>The projects in the table. A lookup may be five seconds old; own writes are seen at once.</summary>
public sealed class ProjectDirectory(ITables tables, TimeProvider clock) : IProjects
{
    private readonly Documents<Project> documents = new(tables, TableNames.Projects, "projects");
    private readonly Recent<Project> recent = new(clock, TimeSpan.FromSeconds(5));

    public async Task<Project?> FindAsync(string id, CancellationToken stop)
        => await recent.FindAsync(id, async () => (await documents.FindAsync(id, stop))?.Value);

    public IAsyncEnumerable<Project> AllAsync(CancellationToken stop) => documents.AllAsync(stop);

    internal Task<Stored<Project>?> StoredAsync(string id, CancellationToken stop) => documents.FindAsync(id, stop);

    internal Task<Outcome<ListPage<Project>>> PageAsync(string? continuation, int size, Func<Project, bool> wanted, CancellationToken stop)
        => documents.PageAsync(continuation, size, wanted, stop);

    internal async Task<Outcome<Stored<Project>>> PutAsync(
        string id, Precondition condition, Func<Project?, Task<Outcome<Project>>> next, Func<Project, Task> before, CancellationToken stop)
    {
        var put = await documents.PutAsync(id, condition, next, stop, before);
        if (put.Refusal is null) recent.Set(id, put.Value.Value);
        return put;
    }
}
