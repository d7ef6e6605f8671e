using FundingFlow.Access;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Validation;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using System.Text;
using System.Text.Json;

namespace FundingFlow.Benchmarks;

/// <summary>Partners, projects and pledges for a measurement, through the app's own registers.</summary>
internal static class Scene
{
    private const long Enough = 1_000_000_000_00;

    public static readonly IReadOnlyList<string> AllAreas = Areas.All;

    public static async Task PartnersAsync(IServiceProvider services, int count, CancellationToken stop)
    {
        var register = services.GetRequiredService<PartnerRegister>();
        foreach (var some in Enumerable.Range(1, count).Chunk(16))
            await Task.WhenAll(some.Select(i => PutAsync(i)));

        async Task PutAsync(int i)
            => Check((await register.PutAsync(Partner(i), Read($$"""{"name":"Partner {{i}}","sector":"{{(i % 2 == 0 ? "public" : "private")}}","country":"IT","email":"partner-{{i}}@partners.example"}""", PartnerStatement.Read),
                Precondition.None, Caller.System, stop)).Refusal);
    }

    /// <summary>Each with one need for money, in the areas in turn, with room for everything.</summary>
    public static async Task ProjectsAsync(IServiceProvider services, int count, int areas, CancellationToken stop)
    {
        var register = services.GetRequiredService<ProjectRegister>();
        for (var i = 1; i <= count; i++)
            Check((await register.PutAsync($"project-{i}", Read(string.Create(CultureInfo.InvariantCulture,
                $$"""{"title":"Project {{i}}","city":"Kigali","country":"RW","area":"{{AllAreas[i % areas]}}","currency":"EUR","needs":[{"id":"main","kind":"money","amount":"{{Decimals.Write(Enough, 2)}}"}]}"""), ProjectStatement.Read),
                Precondition.None, Caller.System, stop)).Refusal);
    }

    public static string Partner(int i) => string.Create(CultureInfo.InvariantCulture, $"partner-{i}");

    public static KeyedRequest Pledge(int partner, int i, int areas, string key)
        => new(new PledgeRequest(Partner(partner), new Resource(Unit.Of(Currency.Of("EUR")), 1_000 + (i % 7)), [new AreaShare(AllAreas[i % areas])], Earmark.None, [], null,
            Visibility.Public, null), string.Create(CultureInfo.InvariantCulture, $"{key}-{i}"));

    /// <summary>An import's file with our own headers: the partners and the areas in turn.</summary>
    public static string Csv(int count, int partners, int areas, string key)
    {
        var csv = new StringBuilder("id,partner,amount,currency,areas\n");
        for (var i = 1; i <= count; i++)
            csv.Append(CultureInfo.InvariantCulture, $"{key}-{i},{Partner(1 + (i % partners))},{10 + (i % 7)}.00,EUR,{AllAreas[i % areas]}\n");
        return csv.ToString();
    }

    /// <summary>Submits them one by one, sixteen callers at a time.</summary>
    public static async Task SubmitAsync(IServiceProvider services, IEnumerable<KeyedRequest> requests, CancellationToken stop)
        => await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = stop },
            async (one, cancelled) => await SubmitAsync(services, one, cancelled));

    public static async Task SubmitAsync(IServiceProvider services, KeyedRequest one, CancellationToken stop)
        => Check((await services.GetRequiredService<IPledgeIntake>().SubmitAsync(one.Request, one.IdempotencyKey, Caller.System, stop)).Refusal);

    internal static T Read<T>(string json, Func<JsonInput, T?> read) where T : class
    {
        using var document = JsonDocument.Parse(json);
        var outcome = JsonInput.Of(document.RootElement.Clone(), read);
        return outcome.Value;
    }

    internal static void Check(Refusal? refusal)
    {
        if (refusal is not null) throw new InvalidOperationException($"{refusal.Detail} {string.Join("; ", refusal.Errors?.Select(error => error.Key + " " + error.Value[0]) ?? [])}");
    }
}
