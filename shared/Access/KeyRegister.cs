using FundingFlow.Cities;
using FundingFlow.Partners;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Access;

/// <summary>What staff ask for when they make a key.</summary>
public sealed record KeyStatement(
    Role Role, string? Label, IReadOnlyList<string> Partners, IReadOnlyList<string> Projects, IReadOnlyList<string> Cities)
{
    private static readonly string[] Scopes = ["partners", "projects", "cities"];

    public static KeyStatement? Read(JsonInput input)
    {
        var role = input.Choice<Role>("role", required: true);
        var statement = new KeyStatement(role ?? Role.Reader, input.Text("label", 100),
            input.Slugs("partners"), input.Slugs("projects"), input.Texts("cities"));
        if (role is null) return null;
        foreach (var scope in Scopes.Except(ScopesOf(role.Value)).Where(input.Has))
            if (input.Items(scope).Any()) input.Error(scope, $"means nothing for the role {Text(role.Value)}; leave it out");
        if (role == Role.City && statement.Projects.Count + statement.Cities.Count == 0)
            input.Error("cities", "or projects must name what a city's key acts for");
        return statement;
    }

    private static string[] ScopesOf(Role role) => role switch
    {
        Role.Fundraiser => ["partners"],
        Role.City => ["projects", "cities"],
        _ => [],
    };

    private static string Text(Role role) => role.ToString().ToLowerInvariant();
}

/// <summary>A key as staff see it; <paramref name="Key"/> only in the answer that made it.</summary>
public sealed record KeyView(
    string Id, Role Role, string? Label, IReadOnlyList<string> Partners, IReadOnlyList<string> Projects, IReadOnlyList<string> Cities,
    DateTimeOffset CreatedAt, string? Key = null)
{
    public static KeyView From(KeyDocument key, string? clear = null)
        => new(key.Id, key.Role, key.Label, key.Partners, key.Projects, key.Cities, key.CreatedAt, clear);
}

public sealed record KeyList(IReadOnlyList<KeyView> Items);

/// <summary>Staff's side of the keys: list, make, delete.</summary>
public sealed class KeyRegister(Keys keys, IPartners partners, IProjects projects, ICities cities, TimeProvider clock)
{
    public async Task<KeyList> ListAsync(CancellationToken stop)
        => new([.. (await keys.AllAsync(stop)).OrderBy(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal).Select(key => KeyView.From(key))]);

    public async Task<Outcome<KeyView>> MakeAsync(KeyStatement statement, CancellationToken stop)
    {
        var errors = new InputErrors();
        foreach (var (id, i) in statement.Partners.Select((id, i) => (id, i)))
            if (await partners.FindAsync(id, stop) is null) errors.Add($"/partners/{i}", $"names no known partner: {id}");
        foreach (var (id, i) in statement.Projects.Select((id, i) => (id, i)))
            if (await projects.FindAsync(id, stop) is null) errors.Add($"/projects/{i}", $"names no known project: {id}");
        var cityIds = new List<string>();
        foreach (var (name, i) in statement.Cities.Select((name, i) => (name, i)))
        {
            if (await cities.ResolveAsync(name, null, stop) is not { } city) errors.Add($"/cities/{i}", $"names no known city, or several: {name}");
            else if (!cityIds.Contains(city.Id)) cityIds.Add(city.Id);
        }

        if (errors.Any) return errors.ToRefusal();
        var clear = KeyText.Draw();
        var hash = KeyText.HashOf(clear);
        var key = new KeyDocument(KeyText.IdOf(hash), statement.Role, statement.Label, statement.Partners, statement.Projects, cityIds, clock.GetUtcNow());
        await keys.AddAsync(hash, key, stop);
        return KeyView.From(key, clear);
    }

    public async Task<Refusal?> DeleteAsync(string id, CancellationToken stop)
        => await keys.DeleteAsync(id, stop) ? null : Refusal.NotFound($"There is no key {id}.");
}
