using System.Text.Json;
using System.Text.Json.Nodes;
using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports.Targets;

/// <summary>A row is what <c>PUT /api/projects/{id}</c> takes, with one need each of money, goods and time at most.</summary>
public sealed class ProjectTarget(ProjectRegister register, IProjects projects, ICities cities) : IImportTarget
{
    public const string MoneyNeed = "main";

    public ImportKind Kind => ImportKind.Projects;

    public async Task<Outcome<RowEffect>> ApplyAsync(MappedRow row, RowContext context, CancellationToken stop)
    {
        var statement = StatementOf(row, context.Mapping.AllowNoAmount);
        if (statement.Refusal is { } no) return no;
        return context.DryRun
            ? await CheckAsync(row.Key, statement.Value, context.Caller, stop)
            : (await register.PutAsync(row.Key, statement.Value, Precondition.None, context.Caller, stop)).Then<RowEffect>(put => PartnerTarget.EffectOf(put.Effect));
    }

    private static Outcome<ProjectStatement> StatementOf(MappedRow row, bool allowNoAmount)
    {
        var needs = NeedsOf(row, allowNoAmount);
        if (needs.Count == 0) return Refusal.Invalid("/amount", "is required: a project asks for money, goods or people's time");
        var document = new JsonObject { ["needs"] = needs }
            .Copy(row, "title", "city", "country", "area", "currency", "startsOn", "endsOn", "requestedBy").CopyList(row, "implementers");
        return JsonInput.Of(document.ToElement(), ProjectStatement.Read);
    }

    private static JsonArray NeedsOf(MappedRow row, bool allowNoAmount)
    {
        var needs = new JsonArray();
        var others = row["item"] is not null || row["skill"] is not null;
        if (row["amount"] is not null || (allowNoAmount && !others))
            needs.Add(new JsonObject { ["id"] = MoneyNeed, ["kind"] = "money" }.Copy(row, "amount", "minimumViable"));
        if (row["item"] is not null) needs.Add(new JsonObject { ["id"] = "goods", ["kind"] = "inKind" }.Copy(row, "item", "quantity", "unit"));
        if (row["skill"] is not null) needs.Add(new JsonObject { ["id"] = "time", ["kind"] = "time" }.Copy(row, "skill", "hours"));
        return needs;
    }

    private async Task<Outcome<RowEffect>> CheckAsync(string id, ProjectStatement statement, Caller caller, CancellationToken stop)
    {
        var present = await projects.FindAsync(id, stop);
        var city = await cities.ResolveAsync(statement.City, statement.Country, stop);
        if (city is null && statement.Country is null) return Refusal.Invalid("/city", "is no city known here, or several; give country too");
        if (!caller.MayActForProject(id, city?.Id ?? "") || (present is not null && !caller.MayActForProject(id, present.City)))
            return Refusal.Forbidden($"This key does not act for the project {id}, nor for its city.");
        if (present is null) return RowEffect.Created;
        var same = present.Title == statement.Title && present.Area == statement.Area && present.City == city?.Id
            && present.Currency == statement.Currency && present.StartsOn == statement.StartsOn && present.EndsOn == statement.EndsOn
            && present.RequestedBy == statement.RequestedBy && present.Implementers.SequenceEqual(statement.Implementers)
            && present.Needs.Select(need => (need.Id, need.Unit, need.Required, need.MinimumViable))
                .SequenceEqual(statement.Needs.Select(need => (need.Id, need.Unit, need.Required, need.MinimumViable)));
        return same ? RowEffect.Unchanged : RowEffect.Changed;
    }
}
