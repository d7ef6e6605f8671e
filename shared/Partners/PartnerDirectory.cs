using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Partners;

/// <summary>The partners in the table. A lookup may be five seconds old; own writes are seen at once.</summary>
public sealed class PartnerDirectory(ITables tables, Contacts contacts, TimeProvider clock) : IPartners
{
    private readonly Documents<Partner> documents = new(tables, TableNames.Partners, "partners");
    private readonly Recent<Partner> recent = new(clock, TimeSpan.FromSeconds(5));

    public async Task<Partner?> FindAsync(string id, CancellationToken stop)
        => await recent.FindAsync(id, async () => (await documents.FindAsync(id, stop))?.Value);

    public IAsyncEnumerable<Partner> AllAsync(CancellationToken stop) => documents.AllAsync(stop);

    public Task<IReadOnlyList<Contact>> ContactsOfAsync(string partnerId, CancellationToken stop)
        => Slug.IsValid(partnerId) ? contacts.OfAsync(partnerId, stop) : Task.FromResult<IReadOnlyList<Contact>>([]);

    internal Task<Stored<Partner>?> StoredAsync(string id, CancellationToken stop) => documents.FindAsync(id, stop);

    internal Task<Outcome<ListPage<Partner>>> PageAsync(string? continuation, int size, Func<Partner, bool> wanted, CancellationToken stop)
        => documents.PageAsync(continuation, size, wanted, stop);

    internal async Task<Outcome<Stored<Partner>>> PutAsync(
        string id, Precondition condition, Func<Partner?, Task<Outcome<Partner>>> next, CancellationToken stop)
    {
        var put = await documents.PutAsync(id, condition, next, stop);
        if (put.Refusal is null) recent.Set(id, put.Value.Value);
        return put;
    }
}
