using FundingFlow.Validation;

namespace FundingFlow.Cities;

/// <summary>What a PUT of a city states; twins still as they were typed.</summary>
public sealed record CityStatement(
    string? Id, string Name, IReadOnlyList<string> Aliases, string Country, string? TimeZone,
    decimal? Latitude, decimal? Longitude, IReadOnlyList<string> Twins, Situation Situation)
{
    private const int Decimals = 6;

    public static CityStatement? Read(JsonInput input)
    {
        var id = input.Slug("id");
        var name = input.Text("name", 100, required: true);
        var aliases = input.Texts("aliases", 50, 100);
        var country = input.Country("country", required: true);
        var zone = input.TimeZone("timeZone");
        var latitude = Degrees(input, "latitude", 90);
        var longitude = Degrees(input, "longitude", 180);
        if (input.Has("latitude") != input.Has("longitude"))
            input.Error(input.Has("latitude") ? "longitude" : "latitude", "is required beside the other coordinate");
        var twins = input.Texts("twins", 500, 100);
        var situation = input.Choice<Situation>("situation") ?? Situation.Peace;
        return name is null || country is null
            ? null
            : new CityStatement(id, name, [.. aliases.Distinct(StringComparer.Ordinal)], country, zone, latitude, longitude, twins, situation);
    }

    private static decimal? Degrees(JsonInput input, string name, decimal most)
    {
        if (input.Number(name, -most, most) is not { } value) return null;
        if (decimal.Round(value, Decimals) == value) return value / 1.0000000000000000000000000000m;
        input.Error(name, $"must have at most {Decimals} decimals");
        return null;
    }
}
