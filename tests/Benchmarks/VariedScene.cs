using System.Globalization;
using System.Text;
using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Partners;
using FundingFlow.Projects;
using FundingFlow.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Benchmarks;

/// <summary>
/// A Forum in which it matters where a pledge goes: cities with twins and in conflict, partners with interests, needs with a minimum and less room
/// than all ask for, pledges with every kind of earmark. The same each time.
/// </summary>
internal sealed class VariedScene(IServiceProvider services, int partners, int projects, CancellationToken stop)
{
    private const int Cities = 200;
    private static readonly string[] Countries = "RW KE UG TZ ET GH SN NG ZA MA DE FR IT ES PT PL NL BE AT SE NO FI DK IE GR RO BR MX CO PE".Split(' ');
    private static readonly string[] Sectors = ["public", "private", "nonprofit"];
    private readonly Random random = new(7);

    public async Task MakeAsync()
    {
        for (var i = 1; i <= Cities; i++) await PutCityAsync(i);
        for (var i = 1; i <= partners; i++) await PutPartnerAsync(i);
        for (var i = 1; i <= projects; i++) await PutProjectAsync(i);
    }

    /// <summary>Of twenty pledges three go anywhere, eight to an area, five to a country in an area, four to one of two projects.</summary>
    public string Pledges(int count)
    {
        var csv = new StringBuilder("id,partner,amount,currency,areas,countries,projects\n");
        for (var i = 1; i <= count; i++)
        {
            var project = random.Next(1, projects);
            var (areas, countries, chosen) = random.Next(20) switch
            {
                < 3 => ("", "", ""),
                < 11 => (Area(), "", ""),
                < 16 => (Area(), Countries[random.Next(Countries.Length)], ""),
                _ => (AreaOf(project), "", $"project-{project};project-{project + 1}"),
            };
            csv.Append(CultureInfo.InvariantCulture, $"varied-{i},{Scene.Partner(random.Next(1, partners + 1))},{random.Next(1_000, 200_000)}.{random.Next(100):00},EUR,{areas},{countries},{chosen}\n");
        }

        return csv.ToString();
    }

    private async Task PutCityAsync(int i)
    {
        var twins = i > 1 && i % 2 == 0 ? $"\"city-{random.Next(1, i)}\"" : "";
        Scene.Check((await services.GetRequiredService<CityRegister>().PutAsync($"city-{i}", Scene.Read(
            $$"""{"name":"City {{i}}","country":"{{CountryOf(i)}}","twins":[{{twins}}],"situation":"{{(i % 9 == 0 ? "conflict" : "peace")}}"}""", CityStatement.Read),
            Precondition.None, Caller.System, stop)).Refusal);
    }

    private async Task PutPartnerAsync(int i)
    {
        var city = random.Next(1, Cities + 1);
        Scene.Check((await services.GetRequiredService<PartnerRegister>().PutAsync(Scene.Partner(i), Scene.Read(
            $$"""{"name":"Partner {{i}}","sector":"{{Sectors[i % Sectors.Length]}}","city":"city-{{city}}","country":"{{CountryOf(city)}}","interests":["{{Area()}}"]}""", PartnerStatement.Read),
            Precondition.None, Caller.System, stop)).Refusal);
    }

    private async Task PutProjectAsync(int i)
    {
        var (city, thousands) = (random.Next(1, Cities + 1), random.Next(10, 4_000));
        Scene.Check((await services.GetRequiredService<ProjectRegister>().PutAsync($"project-{i}", Scene.Read(string.Create(CultureInfo.InvariantCulture,
            $$"""{"title":"Project {{i}}","city":"city-{{city}}","country":"{{CountryOf(city)}}","area":"{{AreaOf(i)}}","currency":"EUR","needs":[{"id":"main","kind":"money","amount":"{{thousands}}000.00","minimumViable":"{{thousands}}00.00"}]}"""),
            ProjectStatement.Read), Precondition.None, Caller.System, stop)).Refusal);
    }

    private static string CountryOf(int city) => Countries[city % Countries.Length];

    private static string AreaOf(int project) => Scene.AllAreas[project / 2 % Scene.AllAreas.Count];

    private string Area() => Scene.AllAreas[random.Next(Scene.AllAreas.Count)];
}
