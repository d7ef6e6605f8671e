using FundingFlow.Cities;
using FundingFlow.Money;
using FundingFlow.Validation;

namespace FundingFlow.Projects;

/// <summary>What a PUT of a project states; cities still as they were typed.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Currency">ISO 4217; null when it has neither money needs nor a budget and states none.</param>
public sealed record ProjectStatement(
    string? Id, string Title, string City, string? Country, string Area, string? Currency,
    DateOnly? StartsOn, DateOnly? EndsOn, string? RequestedBy, IReadOnlyList<string> Implementers,
    IReadOnlyList<NeedStatement> Needs, IReadOnlyList<BudgetPeriod> Budget)
{
    public ProjectStatus Status { get; init; } = ProjectStatus.Open;

    public const int MostNeeds = 100;
    public const int MostPeriods = 240;

    public static ProjectStatement? Read(JsonInput input)
    {
        var id = input.Slug("id");
        var title = input.Text("title", 200, required: true);
        var city = input.Text("city", 100, required: true);
        var country = input.Country("country");
        var area = input.Area("area", required: true);
        var currency = input.Currency("currency");
        var status = input.Choice<ProjectStatus>("status") ?? ProjectStatus.Open;
        var startsOn = input.Date("startsOn");
        var endsOn = input.Date("endsOn");
        if (endsOn < startsOn) input.Error("endsOn", "must not be before startsOn");
        var requestedBy = input.Text("requestedBy", 200);
        var implementers = input.Texts("implementers", 50);
        var needs = ReadNeeds(input, currency);
        var budget = BudgetInput.Read(input, currency);
        if (!input.Has("currency") && (HasMoney(input) || input.Items("budget", MostPeriods).Any()))
            input.Error("currency", "is required: the project has money needs or a budget");
        return title is null || city is null || area is null
            ? null
            : new ProjectStatement(id, title, city, country, area, currency?.Code, startsOn, endsOn, requestedBy, implementers, needs, budget)
            { Status = status };
    }

    private static IReadOnlyList<NeedStatement> ReadNeeds(JsonInput input, Currency? currency)
    {
        var number = 0;
        var needs = input.Objects("needs", need => NeedStatement.Read(need, ++number, currency), MostNeeds);
        foreach (var twice in needs.GroupBy(need => need.Id).Where(group => group.Count() > 1))
            input.Errors.Add($"{twice.Last().Pointer}/id", $"{twice.Key} is the id of another need of this project already");
        return needs;
    }

    private static bool HasMoney(JsonInput input)
        => input.Items("needs", MostNeeds).Any(need => need.Item.ValueKind == System.Text.Json.JsonValueKind.Object
            && need.Item.TryGetProperty("kind", out var kind) && kind.ValueKind == System.Text.Json.JsonValueKind.String && kind.ValueEquals("money"));
}
