using System.Text.Json;
using System.Text.Json.Nodes;
using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports.Targets;

/// <summary>A row is what <c>PUT /api/projects/{id}</c> takes, with one need each of money, goods and time at most.</summary>
public sealed class ProjectTarget(ProjectRegister register) : IImportTarget
{
    public const string MoneyNeed = "main";

    public ImportKind Kind => ImportKind.Projects;

    public async Task<Outcome<RowEffect>> ApplyAsync(MappedRow row, RowContext context, CancellationToken stop)
    {
        var statement = StatementOf(row, context.Mapping.AllowNoAmount);
        if (statement.Refusal is { } no) return no;
        return context.DryRun
            ? (await register.TryAsync(row.Key, statement.Value, context.Caller, stop)).Then<RowEffect>(effect => PartnerTarget.EffectOf(effect))
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
}
