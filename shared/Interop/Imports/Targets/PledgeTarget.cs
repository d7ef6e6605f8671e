using System.Text.Json;
using System.Text.Json.Nodes;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports.Targets;

/// <summary>A row is what <c>POST /api/pledges</c> takes, under the row's key as Idempotency-Key, and what only staff may add.</summary>
public sealed class PledgeTarget(
    BulkIntake intake, PledgeIntake one, PledgeStore pledges, IPartners partners, PartnerRegister register) : IBulkImportTarget
{
    public ImportKind Kind => ImportKind.Pledges;

    public async Task<Outcome<RowEffect>> ApplyAsync(MappedRow row, RowContext context, CancellationToken stop) => (await ApplyAsync([row], context, stop))[0];

    public async Task<IReadOnlyList<Outcome<RowEffect>>> ApplyAsync(IReadOnlyList<MappedRow> rows, RowContext context, CancellationToken stop)
    {
        var effects = new Outcome<RowEffect>[rows.Count];
        var toSubmit = new KeyedRequest?[rows.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, rows.Count), new ParallelOptions { MaxDegreeOfParallelism = context.Parallelism, CancellationToken = stop },
            async (i, cancelled) =>
            {
                var ready = await ReadyAsync(rows[i], context, cancelled);
                if (ready.Refusal is { } no) effects[i] = no;
                else if (context.DryRun) effects[i] = await CheckAsync(ready.Value.Request, rows[i], context, ready.Value.CreatesPartner, cancelled);
                else toSubmit[i] = new KeyedRequest(ready.Value.Request, KeyOf(rows[i]));
            });

        var places = Enumerable.Range(0, rows.Count).Where(i => toSubmit[i] is not null).ToList();
        var submissions = await intake.SubmitAsync([.. places.Select(i => toSubmit[i]!)], context.Caller, stop);
        foreach (var (place, submission) in places.Zip(submissions))
            effects[place] = submission.Refusal is { Kind: RefusalKind.Conflict } ? OtherContent
                : submission.Then<RowEffect>(found => found.IsNew ? RowEffect.Created : RowEffect.Unchanged);
        return effects;
    }

    /// <summary>The row as a request, its partner created where the row may do that.</summary>
    private async Task<Outcome<Ready>> ReadyAsync(MappedRow row, RowContext context, CancellationToken stop)
    {
        var request = RequestOf(row, context.Caller.IsStaff);
        if (request.Refusal is { } no) return no;
        var creates = context.Mapping.CreatePartners && context.Caller.IsStaff && await partners.FindAsync(request.Value.PartnerId, stop) is null;
        return creates && await CreateAsync(request.Value.PartnerId, row, context, stop) is { } incomplete ? incomplete : new Ready(request.Value, creates);
    }

    /// <summary>The partner is created as the row describes it, unless it exists by now: an import never changes a partner that is there.</summary>
    /// <returns>Why it cannot be; null when it is there.</returns>
    private async Task<Refusal?> CreateAsync(string id, MappedRow row, RowContext context, CancellationToken stop)
    {
        var statement = JsonInput.Of(PartnerOf(row), PartnerStatement.Read);
        if (statement.Refusal is { } no) return AsPartner(no);
        if (context.DryRun) return (await register.TryAsync(id, statement.Value, context.Caller, stop)).Refusal is { } not ? AsPartner(not) : null;
        var put = await register.PutAsync(id, statement.Value, new Precondition(null, IfNoneMatch: true), context.Caller, stop);
        return put.Refusal is { Kind: not RefusalKind.PreconditionFailed } failed ? AsPartner(failed) : null;
    }

    private async Task<Outcome<RowEffect>> CheckAsync(PledgeRequest request, MappedRow row, RowContext context, bool creates, CancellationToken stop)
    {
        var prepared = await one.PrepareAsync(request, KeyOf(row), context.Caller, stop);
        if (prepared.Refusal is { } no) return creates ? ButForItsPartner(no) : no;
        var pledge = prepared.Value.Pledge;
        if (prepared.Value.IsRepetition) return RowEffect.Unchanged;
        if (await pledges.FindAsync(pledge.Id, stop) is not { } earlier) return RowEffect.Created;
        return earlier.Value.ContentHash == pledge.ContentHash ? RowEffect.Unchanged : OtherContent;
    }

    /// <summary>The partner is missing only because nothing is written.</summary>
    private static Outcome<RowEffect> ButForItsPartner(Refusal no)
    {
        if (no.Errors is null) return no;
        var others = no.Errors.Where(pair => pair.Key != "/partnerId").ToDictionary();
        return others.Count == 0 ? RowEffect.Created : no with { Errors = others };
    }

    private static Refusal OtherContent
        => Refusal.Invalid("/id", "belongs to a pledge that is there already with other content: amend that pledge, or give this row an id of its own");

    /// <summary>Only visible ASCII of at most 200 characters makes an idempotency key; any other id stands in by its hash.</summary>
    private static string KeyOf(MappedRow row)
        => row.Key.Length <= 200 && row.Key.All(c => c is > ' ' and < '\u007f') ? row.Key : "id-" + PledgeId.Short(row.Key);

    private static Outcome<PledgeRequest> RequestOf(MappedRow row, bool byStaff)
    {
        var request = JsonInput.Of(DocumentOf(row), PledgeReader.Read);
        if (request.Refusal is { } no || !byStaff) return request;
        return JsonInput.Of(StaffPartOf(row), input => ReadStaffPart(input, request.Value));
    }

    private static JsonElement DocumentOf(MappedRow row)
    {
        var kind = row["kind"] ?? "money";
        var resource = new JsonObject { ["kind"] = kind };
        string amount;
        switch (kind)
        {
            case "inKind":
                amount = "quantity";
                var value = new JsonObject();
                if (row["estimatedValue"] is { } worth) value["amount"] = worth;
                if (row["estimatedCurrency"] is { } currency) value["currency"] = currency;
                resource.Copy(row, "item", "quantity", "unit").With("estimatedValue", value);
                break;
            case "time":
                amount = "hours";
                resource.Copy(row, "skill", "hours", "from", "to").CopyInteger(row, "people");
                break;
            default:
                amount = "amount";
                resource.Copy(row, "amount", "currency");
                break;
        }

        var document = new JsonObject { ["resource"] = resource }
            .With("partnerId", (row["partner"] ?? (row["partnerName"] is { } name ? PartnerId.From(name) : null)) is { } id ? JsonValue.Create(id) : null)
            .CopyList(row, "areas").With("earmark", new JsonObject().CopyList(row, "projects", "cities", "countries"))
            .Copy(row, "validUntil", "visibility", "reference");
        if (row["dueOn"] is { } due) document["schedule"] = new JsonArray(new JsonObject { ["dueOn"] = due }.Copy(row, amount));
        return document.ToElement();
    }

    private static JsonElement StaffPartOf(MappedRow row)
        => new JsonObject().Copy(row, "status", "statedAmount", "statedCurrency", "rate", "pledgedOn", "hold").ToElement();

    private static PledgeRequest? ReadStaffPart(JsonInput input, PledgeRequest request)
    {
        var status = input.Choice<StatedStatus>("status") ?? StatedStatus.Pledge;
        var pledgedOn = input.Date("pledgedOn");
        var stated = ReadStated(input, request.Resource);
        input.Element("hold"); // A flag is "true" or absent.
        return request with { Status = status, PledgedOn = pledgedOn, Stated = stated, Hold = input.Has("hold"), PastDatesAllowed = true };
    }

    private static StatedValue? ReadStated(JsonInput input, Resource resource)
    {
        var rate = input.Number("rate", 0.000000000001m, 1_000_000_000_000m);
        if (!input.Has("statedAmount") && rate is null)
        {
            input.Element("statedCurrency");
            input.Element("statedAmount");
            return null;
        }

        if (input.Currency("statedCurrency", required: true) is not { } currency)
        {
            input.Element("statedAmount");
            return null;
        }

        if (input.Has("statedAmount"))
            return input.Minor("statedAmount", Unit.Of(currency), required: true) is { } minor ? new StatedValue(minor, currency.Code) : null;
        return ByRate(resource, rate!.Value, currency) is { } value ? new StatedValue(value, currency.Code) : null;
    }

    /// <summary>Rounded down, like every value.</summary>
    private static long? ByRate(Resource resource, decimal rate, Currency currency)
    {
        if (!resource.Unit.IsMoney) return null;
        var value = resource.Minor / Scale(resource.Unit.Exponent) / rate;
        return value < Amount.Largest / Scale(currency.Exponent) ? (long)decimal.Floor(value * Scale(currency.Exponent)) : null;
    }

    private static decimal Scale(int exponent) => exponent == 0 ? 1m : 10m * Scale(exponent - 1);

    private static JsonElement PartnerOf(MappedRow row)
    {
        var partner = new JsonObject();
        if ((row["partnerName"] ?? row["partner"]) is { } name) partner["name"] = name;
        if (row["partnerSector"] is { } sector) partner["sector"] = sector;
        if (row["partnerCity"] is { } city) partner["city"] = city;
        if (row["partnerCountry"] is { } country) partner["country"] = country;
        return partner.ToElement();
    }

    private static Refusal AsPartner(Refusal refusal) => refusal.Errors is null
        ? refusal
        : refusal with
        {
            Errors = refusal.Errors.ToDictionary(pair => pair.Key switch
            {
                "/name" => "/partnerName",
                "/sector" => "/partnerSector",
                "/city" => "/partnerCity",
                "/country" => "/partnerCountry",
                _ => pair.Key,
            }, pair => pair.Value),
        };

    private sealed record Ready(PledgeRequest Request, bool CreatesPartner);
}
