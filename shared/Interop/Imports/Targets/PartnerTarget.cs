using System.Text.Json;
using System.Text.Json.Nodes;
using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Partners;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports.Targets;

/// <summary>A row is what <c>PUT /api/partners/{id}</c> takes.</summary>
public sealed class PartnerTarget(PartnerRegister register) : IImportTarget
{
    public ImportKind Kind => ImportKind.Partners;

    public async Task<Outcome<RowEffect>> ApplyAsync(MappedRow row, RowContext context, CancellationToken stop)
    {
        var statement = JsonInput.Of(DocumentOf(row), PartnerStatement.Read);
        if (statement.Refusal is { } no) return no;
        return context.DryRun
            ? (await register.TryAsync(row.Key, statement.Value, context.Caller, stop)).Then<RowEffect>(effect => EffectOf(effect))
            : (await register.PutAsync(row.Key, statement.Value, Precondition.None, context.Caller, stop)).Then<RowEffect>(put => EffectOf(put.Effect));
    }

    private static JsonElement DocumentOf(MappedRow row)
        => new JsonObject().Copy(row, "name", "sector", "city", "country", "email", "language").CopyList(row, "interests").ToElement();

    internal static RowEffect EffectOf(Effect effect) => effect switch
    {
        Effect.Created => RowEffect.Created,
        Effect.Changed => RowEffect.Changed,
        _ => RowEffect.Unchanged,
    };
}
