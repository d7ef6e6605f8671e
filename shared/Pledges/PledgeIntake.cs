using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Pledges;

/// <summary>
/// Accepts pledges: checks, then makes them durable, and only then says yes. The order is row and sweep entry, then queue: a
/// conflict is met before anything else is written, and the sweep heals a crash in between.
/// </summary>
public sealed class PledgeIntake(
    PledgeStore store, SubmittedLog submitted, PledgeRules rules, IRates rates, ILedgerReader reader, IQueues queues, TimeProvider clock) : IPledgeIntake
{
    public async Task<Outcome<Submission>> SubmitAsync(PledgeRequest request, string idempotencyKey, Caller caller, CancellationToken stop)
    {
        var prepared = await PrepareAsync(request, idempotencyKey, caller, stop);
        if (prepared.Refusal is { } no) return no;
        if (prepared.Value.IsRepetition) return await RepeatAsync(prepared.Value.Pledge, stop);
        var pledge = prepared.Value.Pledge;
        if (await store.TryAddAsync(pledge, stop) is not { } etag)
        {
            var taken = await TakenAsync(pledge, stop);
            return taken.Refusal is { } other ? other : await RepeatAsync(taken.Value.Value, stop);
        }

        await submitted.NoteAsync(pledge, stop);
        await queues.SendAsync(QueueNames.PledgesSubmitted, Message(pledge, etag), stop);
        return new Submission(pledge.Id, true);
    }

    /// <summary>Checks a request and makes its document; nothing is written.</summary>
    internal async Task<Outcome<PreparedPledge>> PrepareAsync(PledgeRequest request, string idempotencyKey, Caller caller, CancellationToken stop)
    {
        if (!caller.MayActForPartner(request.PartnerId)) return Refusal.Forbidden($"This key may not pledge for '{request.PartnerId}'.");
        var id = PledgeId.Of(request.PartnerId, idempotencyKey);
        var contentHash = PledgeId.ContentHash(request);
        var check = await rules.CheckAsync(request, stop);
        if (check.Refusal is { } no)
        {
            // A repetition is answered as the first time, even where a date has passed since.
            return await store.FindAsync(id, stop) is { } earlier && earlier.Value.ContentHash == contentHash
                ? new PreparedPledge(earlier.Value, IsRepetition: true)
                : no;
        }

        var pledge = await DocumentAsync(check.Value, id, contentHash, caller, stop);
        return System.Text.Encoding.UTF8.GetByteCount(Wire.Write(pledge)) > PledgesSubmitted.MostPledgeBytes
            ? Refusal.Invalid("", "is too large: shorten the schedule or the earmark")
            : new PreparedPledge(pledge, IsRepetition: false);
    }

    /// <summary>What holds the id that <paramref name="pledge"/> was to have: the same pledge, or the refusal because it is another.</summary>
    internal async Task<Outcome<StoredPledge>> TakenAsync(Pledge pledge, CancellationToken stop)
    {
        var earlier = await store.FindAsync(pledge.Id, stop) ?? throw new StoreConflictException(ConflictKind.Missing, 0);
        return earlier.Value.ContentHash == pledge.ContentHash ? earlier : OtherContent;
    }

    internal static Refusal OtherContent
        => Refusal.Conflict("This Idempotency-Key was used before with other content. Send the first content again, or choose another key.");

    /// <summary>A repetition needs no second message; only where the first may have been lost, the sweep is told to look.</summary>
    internal async Task<Submission> RepeatAsync(Pledge earlier, CancellationToken stop)
    {
        if (!await IsOpenedAsync(earlier, stop)) await submitted.NoteAsync(earlier, stop);
        return new Submission(earlier.Id, false);
    }

    /// <summary>Whether every part of it is in its line; units that came from another area may have made the line before.</summary>
    internal async Task<bool> IsOpenedAsync(Pledge pledge, CancellationToken stop)
    {
        if (PledgeLines.SplitOf(pledge) is not { } split) return false;
        foreach (var part in split)
            if (await reader.LineAsync(part.Area, pledge.Id, stop) is not { IsOpened: true }) return false;
        return true;
    }

    /// <summary>A pledge as it is kept, from a checked request.</summary>
    public async Task<Pledge> DocumentAsync(PledgeRequest request, string id, string contentHash, Caller caller, CancellationToken stop)
        => new(id, request.PartnerId, contentHash, request.Resource, request.Areas, request.Earmark, request.Schedule, request.ValidUntil,
            request.Visibility, request.Reference, clock.GetUtcNow(), caller.KeyId, await RateAsync(request, stop))
        {
            Conditions = request.Conditions ?? [],
            Stated = request.Stated,
            Status = request.Status,
            Hold = request.Hold,
            PledgedOn = request.PledgedOn,
            SmallestPart = request.SmallestPart,
        };

    /// <param name="etag">Of its row, which was written as it is here; null: it was not.</param>
    public static string Message(Pledge pledge, string? etag)
        => Wire.Write(new PledgesSubmitted(1, SubmittedLog.BucketOf(pledge), [pledge])
        {
            Accepted = etag is not null,
            ETags = etag is not null && PledgeLines.SplitOf(pledge) is null ? [etag] : null,
        });

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

/// <summary>A pledge that may be written, or that is there already with the same content.</summary>
internal sealed record PreparedPledge(Pledge Pledge, bool IsRepetition);
