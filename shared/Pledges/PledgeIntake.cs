using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Pledges;

/// <summary>Message in <c>pledges-submitted</c>.</summary>
/// <param name="Bucket">Partition of the entries in Submitted that go once the pledges are placed.</param>
public sealed record PledgesSubmitted(int V, string Bucket, IReadOnlyList<Pledge> Pledges);

/// <summary>
/// Accepts pledges: checks, then makes them durable, and only then says yes. The order is row and sweep entry, then queue: a
/// conflict is met before anything else is written, and the sweep heals a crash in between.
/// </summary>
public sealed class PledgeIntake(
    PledgeStore store, SubmittedLog submitted, PledgeRules rules, IRates rates, IQueues queues, TimeProvider clock) : IPledgeIntake
{
    private const int LargestMessage = 48 * 1024;

    public async Task<Outcome<Submission>> SubmitAsync(PledgeRequest request, string idempotencyKey, Caller caller, CancellationToken stop)
    {
        if (!caller.MayActForPartner(request.PartnerId)) return Refusal.Forbidden($"This key may not pledge for '{request.PartnerId}'.");
        var id = PledgeId.Of(request.PartnerId, idempotencyKey);
        var contentHash = PledgeId.ContentHash(request);
        var check = await rules.CheckAsync(request, stop);
        if (check.Refusal is { } no)
        {
            // A repetition is answered as the first time, even where a date has passed since.
            if (await store.FindAsync(id, stop) is not { } earlier || earlier.Value.ContentHash != contentHash) return no;
            await submitted.NoteAsync(earlier.Value, stop);
            return new Submission(id, false);
        }

        var pledge = await DocumentAsync(check.Value, id, contentHash, caller, stop);
        if (System.Text.Encoding.UTF8.GetByteCount(Message(pledge)) > LargestMessage)
            return Refusal.Invalid("", "is too large: shorten the schedule or the earmark");
        var isNew = await StoreAsync(pledge, stop);
        if (isNew.Refusal is { } conflict) return conflict;
        await submitted.NoteAsync(pledge, stop);
        // A repetition needs no second message: the sweep sees to one that was lost.
        if (isNew.Value) await queues.SendAsync(QueueNames.PledgesSubmitted, Message(pledge), stop);
        return new Submission(id, isNew.Value);
    }

    /// <summary>A pledge as it is kept, from a checked request.</summary>
    public async Task<Pledge> DocumentAsync(PledgeRequest request, string id, string contentHash, Caller caller, CancellationToken stop)
        => new(id, request.PartnerId, contentHash, request.Resource, request.Areas, request.Earmark, request.Schedule, request.ValidUntil,
            request.Visibility, request.Reference, clock.GetUtcNow(), caller.KeyId, await RateAsync(request, stop))
        {
            Stated = request.Stated,
            Status = request.Status,
            Hold = request.Hold,
            PledgedOn = request.PledgedOn,
        };

    public static string Message(Pledge pledge) => Wire.Write(new PledgesSubmitted(1, SubmittedLog.BucketOf(pledge), [pledge]));

    private async Task<Outcome<bool>> StoreAsync(Pledge pledge, CancellationToken stop)
    {
        if (await store.TryAddAsync(pledge, stop)) return true;
        var earlier = await store.FindAsync(pledge.Id, stop) ?? throw new StoreConflictException(ConflictKind.Missing, 0);
        return earlier.Value.ContentHash == pledge.ContentHash
            ? false
            : Refusal.Conflict("This Idempotency-Key was used before with other content. Send the first content again, or choose another key.");
    }

    /// <summary>The import's own rate wins; then the one that a stated value implies; then ours. Null: the pledge stands.</summary>
    private async Task<ExchangeRate?> RateAsync(PledgeRequest request, CancellationToken stop)
    {
        if (!request.Resource.Unit.IsMoney) return null;
        if (request.Rate is { } given) return given;
        var own = await rates.FindAsync(request.Resource.Unit.Code, stop);
        if (request.Stated is not { } stated || stated.Currency == request.Resource.Unit.Code) return own;
        return await rates.FindAsync(stated.Currency, stop) is { } quoted ? quoted.Implied(request.Resource.Unit.Code, request.Resource.Minor, stated.Minor) : own;
    }
}
