using System.Globalization;

namespace FundingFlow.Tests.Pipeline;

/// <summary>500 pledges of four partners, and 20 projects over the seven areas that have room for all of them, in needs large and small.</summary>
internal static class PledgeSet
{
    private const int Count = 500;
    private const int Projects = 20;
    private static readonly string[] Areas = ["sport", "ict", "culture", "youth", "tourism", "socio-economic", "city-diplomacy"];
    private static readonly string[] Sectors = ["public", "private", "nonprofit"];

    public static decimal Total { get; } = Enumerable.Range(0, Count).Sum(AmountOf);

    public static async Task PutAsync(ApiClient api)
    {
        for (var i = 0; i < 4; i++)
            await api.PutAsync($"/api/partners/giver-{i}", $$"""{"name":"Giver {{i}}","sector":"{{Sectors[i % 3]}}","country":"IT"}""");
        for (var i = 0; i < Projects; i++)
            await api.PutAsync($"/api/projects/kept-{i}", Project(i));
    }

    public static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"kill-{number}");

    /// <summary>One in five goes over two areas, one in five is not earmarked at all.</summary>
    public static string Body(int number)
    {
        var (first, second) = (Areas[number % 7], Areas[(number + 3) % 7]);
        var areas = (number % 5) switch
        {
            0 => $$"""[{"area":"{{first}}","share":"0.3"},{"area":"{{second}}","share":"0.7"}]""",
            1 => "[]",
            _ => $"[\"{first}\"]",
        };
        return string.Create(CultureInfo.InvariantCulture,
            $$"""{"partnerId":"giver-{{number % 4}}","resource":{"kind":"money","amount":"{{AmountOf(number)}}","currency":"EUR"},"areas":{{areas}}}""");
    }

    private static decimal AmountOf(int number) => 20.03m + (number % 37 * 4.19m);

    private static string Project(int number) => $$"""
        {"title":"Project {{number}}","city":"Kigali","country":"RW","area":"{{Areas[number % 7]}}","currency":"EUR",
         "needs":[{"id":"large","kind":"money","amount":"20000.00"},{"id":"small","kind":"money","amount":"40.00"},{"id":"least","kind":"money","amount":"0.01"}]}
        """;
}
