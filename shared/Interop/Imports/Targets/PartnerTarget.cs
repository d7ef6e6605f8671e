using System.Text.Json;
using System.Text.Json.Nodes;
using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Partners;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports.Targets;

/// <summary>A row is what <c>PUT /api/partners/{id}</c> takes.</summary>
public sealed class PartnerTarget(PartnerRegister register, IPartners partners, ICities cities) : IImportTarget
{
    public ImportKind Kind => ImportKind.Partners;

    public async Task<Outcome<RowEffect>> ApplyAsync(MappedRow row, RowContext context, CancellationToken stop)
    {
        var statement = JsonInput.Of(DocumentOf(row), PartnerStatement.Read);
        if (statement.Refusal is { } no) return no;
        return context.DryRun
            ? await CheckAsync(row.Key, statement.Value, context.Caller, stop)
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

    private async Task<Outcome<RowEffect>> CheckAsync(string id, PartnerStatement statement, Caller caller, CancellationToken stop)
    {
        var present = await partners.FindAsync(id, stop);
        if (!caller.MayActForPartner(id) && !(caller.Role == Role.Fundraiser && (present is null || present.CreatedBy == caller.KeyId)))
            return Refusal.Forbidden($"This key does not act for the partner {id}.");
        var city = statement.City is null ? null : await cities.ResolveAsync(statement.City, statement.Country, stop);
        if (statement.City is not null && city is null && statement.Country is null)
            return Refusal.Invalid("/city", "is no city known here, or several; give country too");
        if (present is null) return RowEffect.Created;
        // Contacts are not compared: a dry run may call a row changed whose contact is the same.
        var same = present.Name == statement.Name && present.Sector == statement.Sector && statement.Contacts is null
            && present.City == city?.Id && present.Country == (statement.Country ?? city?.Country) && present.Interests.SequenceEqual(statement.Interests);
        return same ? RowEffect.Unchanged : RowEffect.Changed;
    }
}
