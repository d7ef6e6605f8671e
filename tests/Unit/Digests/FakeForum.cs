using System.Runtime.CompilerServices;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Sustainability;

namespace FundingFlow.Tests.Unit.Digests;

/// <summary>The other rooms, as plain lists that a test fills.</summary>
internal sealed class FakeForum : IProjects, ICities, IPartners, IContactChoices, ILedgerReader, INeedLedger, IPledgeDocuments, IPartsTold
{
    /// <summary>Parts that a mail named before it went out.</summary>
    public List<Allocation> Told { get; } = [];

    Task IPartsTold.TellAsync(IEnumerable<Allocation> parts, CancellationToken stop)
    {
        Told.AddRange(parts);
        return Task.CompletedTask;
    }

    public Dictionary<string, Project> Projects { get; } = [];
    public Dictionary<string, City> Cities { get; } = [];
    public Dictionary<string, Partner> Partners { get; } = [];
    public List<Contact> Contacts { get; } = [];
    public List<Pledge> Pledges { get; } = [];
    public List<Line> Lines { get; } = [];
    public List<Allocation> Allocations { get; } = [];
    public List<Position> Positions { get; } = [];
    public List<string> UrgenciesSet { get; } = [];

    Task<Project?> IProjects.FindAsync(string id, CancellationToken stop) => Task.FromResult(Projects.GetValueOrDefault(id));
    IAsyncEnumerable<Project> IProjects.AllAsync(CancellationToken stop) => Stream(Projects.Values, stop);

    Task<City?> ICities.FindAsync(string id, CancellationToken stop) => Task.FromResult(Cities.GetValueOrDefault(id));
    Task<City?> ICities.ResolveAsync(string idOrName, string? country, CancellationToken stop) => throw new NotSupportedException();
    Task<City> ICities.ResolveOrCreateAsync(string idOrName, string country, CancellationToken stop) => throw new NotSupportedException();
    IAsyncEnumerable<City> ICities.AllAsync(CancellationToken stop) => Stream(Cities.Values, stop);
    Task<IReadOnlyList<string>> ICities.TwinsOfAsync(string id, CancellationToken stop) => throw new NotSupportedException();

    Task<Partner?> IPartners.FindAsync(string id, CancellationToken stop) => Task.FromResult(Partners.GetValueOrDefault(id));
    IAsyncEnumerable<Partner> IPartners.AllAsync(CancellationToken stop) => Stream(Partners.Values, stop);

    Task<IReadOnlyList<Contact>> IPartners.ContactsOfAsync(string partnerId, CancellationToken stop)
        => List(Contacts.Where(contact => contact.PartnerId == partnerId));

    Task<Contact?> IContactChoices.ChooseAsync(string partnerId, string contactId, DigestChoice choice, CancellationToken stop)
    {
        var i = Contacts.FindIndex(contact => contact.PartnerId == partnerId && contact.Id == contactId);
        if (i >= 0) Contacts[i] = Contacts[i] with { Digest = choice, ChosenByContact = true };
        return Task.FromResult(i >= 0 ? Contacts[i] : null);
    }

    Task<IReadOnlyList<Position>> ILedgerReader.PositionsAsync(string area, CancellationToken stop) => List(Positions.Where(p => p.Area == area));
    Task<IReadOnlyList<Position>> ILedgerReader.PositionsOfAsync(Project project, CancellationToken stop) => List(Positions.Where(p => p.ProjectId == project.Id));
    Task<IReadOnlyList<Allocation>> ILedgerReader.AllocationsOfAsync(Project project, CancellationToken stop) => List(Allocations.Where(a => a.ProjectId == project.Id));

    Task<Allocation?> ILedgerReader.AllocationAsync(string area, string pledgeId, string projectId, string needId, CancellationToken stop)
        => Task.FromResult(Allocations.Find(a => a.Id == LedgerKeys.AllocationId(area, pledgeId, projectId, needId)));

    Task<Line?> ILedgerReader.LineAsync(string area, string pledgeId, CancellationToken stop)
        => Task.FromResult(Lines.Find(line => line.Area == area && line.PledgeId == pledgeId));

    IAsyncEnumerable<Line> ILedgerReader.LinesAsync(string area, CancellationToken stop) => throw new NotSupportedException();
    IAsyncEnumerable<Line> ILedgerReader.StandingAsync(string area, CancellationToken stop) => throw new NotSupportedException();
    Task<IReadOnlyList<JournalEntry>> ILedgerReader.HistoryAsync(string area, string pledgeId, CancellationToken stop) => List<JournalEntry>([]);

    Task INeedLedger.StateNeedsAsync(Project project, string by, CancellationToken stop) => throw new NotSupportedException();

    Task<bool> INeedLedger.TryVacateAsync(string area, PartRef need, string by, CancellationToken stop) => throw new NotSupportedException();
    Task INeedLedger.SetUrgencyAsync(Project project, int urgency, CancellationToken stop)
    {
        UrgenciesSet.Add($"{project.Id} {urgency}");
        return Task.CompletedTask;
    }

    Task<Pledge?> IPledgeDocuments.FindAsync(string pledgeId, CancellationToken stop) => Task.FromResult(Pledges.Find(pledge => pledge.Id == pledgeId));
    IAsyncEnumerable<Pledge> IPledgeDocuments.OfPartnerAsync(string partnerId, CancellationToken stop) => Stream(Pledges.Where(p => p.PartnerId == partnerId), stop);

    private static Task<IReadOnlyList<T>> List<T>(IEnumerable<T> items) => Task.FromResult<IReadOnlyList<T>>([.. items]);

    private static async IAsyncEnumerable<T> Stream<T>(IEnumerable<T> items, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var item in items.ToList())
        {
            stop.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return item;
        }
    }
}
