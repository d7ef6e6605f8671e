using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Partners;

/// <summary>PUT, GET and list of partners.</summary>
public sealed class PartnerRegister(PartnerDirectory partners, Contacts contacts, ICities cities, IProjects projects, IKeyBinding binding)
{
    public const int PageSize = 100;
    private const int Attempts = 5;

    public async Task<Outcome<Stored<Partner>>> PutAsync(
        string id, PartnerStatement statement, Precondition condition, Caller caller, CancellationToken stop)
    {
        if (!Slug.IsValid(id)) return Refusal.Invalid("/id", Slug.Rule);
        if (statement.Id is { } stated && stated != id) return Refusal.Invalid("/id", "must be the id in the address, or be left out");
        var created = false;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var tried = await TryPutAsync(id, statement, condition, caller, stop);
            if (tried.Refusal is { } no) return no;
            created |= tried.Value.Put.Effect == Effect.Created;
            if (tried.Value.Whole) return created ? tried.Value.Put with { Effect = Effect.Created } : tried.Value.Put;
            // A contact chose, or another PUT came in between. The demand was met when the partner's row was written.
            condition = Precondition.None;
        }

        return Refusal.Conflict("Others keep changing its contacts at this moment: try again.");
    }

    /// <summary>What a PUT would do, refused where it would be; nothing is stored.</summary>
    public async Task<Outcome<Effect>> TryAsync(string id, PartnerStatement statement, Caller caller, CancellationToken stop)
    {
        var present = (await partners.StoredAsync(id, stop))?.Value;
        var next = await NextAsync(id, statement, present, caller, mayCreate: false, stop);
        if (next.Refusal is { } no) return no;
        return present is null ? Effect.Created : Wire.Write(present) == Wire.Write(next.Value.Partner) ? Effect.Unchanged : Effect.Changed;
    }

    public async Task<Outcome<Stored<PartnerView>>> GetAsync(string id, Caller caller, CancellationToken stop)
    {
        if (!caller.MaySeePartner(id)) return Refusal.Forbidden($"This key does not act for the partner {id}.");
        if (await partners.StoredAsync(id, stop) is not { } stored) return Refusal.NotFound($"There is no partner {id}.");
        return new Stored<PartnerView>(await ViewAsync(stored.Value, caller, stop), stored.ETag);
    }

    public async Task<PartnerView> ViewAsync(Partner partner, Caller caller, CancellationToken stop)
        => PartnerView.From(partner, caller.Role == Role.Reader ? null : await contacts.OfAsync(partner.Id, stop));

    /// <summary>Those that the caller may see, without their contacts.</summary>
    public async Task<Outcome<ListPage<PartnerView>>> ListAsync(string? continuation, Caller caller, CancellationToken stop)
    {
        var page = await partners.PageAsync(continuation, PageSize, partner => caller.MaySeePartner(partner.Id), stop);
        return page.Then<ListPage<PartnerView>>(found
            => new ListPage<PartnerView>([.. found.Items.Select(partner => PartnerView.From(partner, null))], found.Continuation));
    }

    /// <returns>Whole: the contacts are written too; else they changed in between.</returns>
    private async Task<Outcome<(Stored<Partner> Put, bool Whole)>> TryPutAsync(
        string id, PartnerStatement statement, Precondition condition, Caller caller, CancellationToken stop)
    {
        List<RowChange> changes = [];
        var put = await partners.PutAsync(id, condition, async present =>
        {
            var next = await NextAsync(id, statement, present, caller, mayCreate: true, stop);
            if (next.Refusal is { } no) return no;
            changes = next.Value.Contacts;
            return next.Value.Partner;
        }, stop);
        if (put.Refusal is { } refused) return refused;
        // The partner first, for its ETag decides between two writers; should we stop here, the same PUT again writes the contacts.
        var whole = await contacts.CommitAsync(changes, stop);
        if (caller.Role == Role.Fundraiser && !caller.Partners.Contains(id)) await binding.BindPartnerAsync(caller.KeyId, id, stop);
        return (put.Value, whole);
    }

    /// <summary>The partner as stated, and what that writes of its contacts.</summary>
    private async Task<Outcome<(Partner Partner, List<RowChange> Contacts)>> NextAsync(
        string id, PartnerStatement statement, Partner? present, Caller caller, bool mayCreate, CancellationToken stop)
    {
        if (!MayPut(id, present, caller)) return Refusal.Forbidden($"This key does not act for the partner {id}.");
        var plan = await contacts.PlanAsync(id, statement.Name, statement, stop);
        if (plan.Refusal is { } incomplete) return incomplete;
        var exclusions = await ExclusionsAsync(statement.Exclusions, stop);
        if (exclusions.Refusal is { } unclear) return unclear;
        var place = await PlaceAsync(statement, mayCreate, stop);
        if (place.Refusal is { } unknown) return unknown;
        return (new Partner(id, statement.Name, statement.Sector, place.Value.City, place.Value.Country, statement.Interests)
        {
            CreatedBy = present is null ? caller.KeyId : present.CreatedBy,
            Exclusions = exclusions.Value.OrNull(),
            ContactsRevision = (present?.ContactsRevision ?? 0) + (plan.Value.Count > 0 ? 1 : 0),
        }, plan.Value);
    }

    private static bool MayPut(string id, Partner? present, Caller caller)
        => caller.MayActForPartner(id) || (caller.Role == Role.Fundraiser && (present is null || present.CreatedBy == caller.KeyId));

    /// <summary>With cities as ids. A name that means nothing would exclude nothing: it is refused.</summary>
    private async Task<Outcome<Exclusions>> ExclusionsAsync(Exclusions? stated, CancellationToken stop)
    {
        if (stated is null) return new Exclusions([], [], [], []);
        var errors = new InputErrors();
        for (var i = 0; i < stated.Projects.Count; i++)
            if (await projects.FindAsync(stated.Projects[i], stop) is null)
                errors.Add($"/exclusions/projects/{i}", $"'{stated.Projects[i]}' names no known project");
        var ids = new List<string>();
        for (var i = 0; i < stated.Cities.Count; i++)
        {
            if (await cities.ResolveAsync(stated.Cities[i], null, stop) is { } city) ids.Add(city.Id);
            else errors.Add($"/exclusions/cities/{i}", $"'{stated.Cities[i]}' is no city known here, or several: give its id");
        }

        return errors.Any ? errors.ToRefusal() : stated with { Cities = [.. ids.Distinct(StringComparer.Ordinal)] };
    }

    /// <param name="mayCreate">Else as if a city that is not known had been created: nothing is stored.</param>
    private async Task<Outcome<(string? City, string? Country)>> PlaceAsync(PartnerStatement statement, bool mayCreate, CancellationToken stop)
    {
        if (statement.City is not { } typed) return (null, statement.Country);
        var city = await cities.ResolveAsync(typed, statement.Country, stop);
        if (city is null && statement.Country is { } country && !mayCreate) return ("new-city", country);
        if (city is null && statement.Country is not null) city = await cities.ResolveOrCreateAsync(typed, statement.Country, stop);
        if (city is null)
            return Refusal.Invalid("/city", "is no city known here, or several; give country too (an unknown city is then created), or its id");
        return (city.Id, statement.Country ?? city.Country);
    }
}
