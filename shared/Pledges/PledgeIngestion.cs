using FundingFlow.Access;
using FundingFlow.Money;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Validation;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Pledges;

/// <summary>
/// Takes pledges from the queue to their places. A message may come twice, late or beside its own copy: the row says what was
/// accepted, the ledger what was placed, and what is done already is not done again.
/// </summary>
public sealed class PledgeIngestion(
    PledgeStore store, PledgeOpening opening, SubmittedLog submitted, PledgeIntake intake, PledgeRules rules,
    FailedMessages failed, TogetherIngestion together, TimeProvider clock, ILogger<PledgeIngestion> log)
{
    /// <summary>One message: our own, or a partner's system's <c>{"v":1,"idempotencyKey":…,"pledge":{…}}</c> with the body of POST /api/pledges.</summary>
    /// <exception cref="FormatException">It is neither; the host tries again, then sets it aside for staff.</exception>
    public async Task IngestAsync(string message, CancellationToken stop)
    {
        if (await ReadAsync(message, stop) is not { } read)
            throw new FormatException("The message is neither a submitted pledge nor {v, idempotencyKey, pledge}.");
        if (read.Together)
        {
            await together.IngestAsync(message, read, IngestAsync, stop);
            return;
        }

        foreach (var pledge in read.Pledges)
        {
            if (MayBeBelieved(read, pledge)) await opening.OpenAsync(pledge, stop, read.ETags?[0]);
            else await IngestAsync(pledge, stop);
            submitted.Complete(read.Bucket, pledge.Id);
        }
    }

    /// <summary>
    /// Whether the row has nothing to add. What a first version opens is the same whatever became of the pledge since; what failed before, or was sent
    /// again by hand, is older than this.
    /// </summary>
    private bool MayBeBelieved(PledgesSubmitted read, Pledge pledge)
        => read.Accepted && pledge is { Version: 1, Failure: null } && (PledgeLines.SplitOf(pledge) is not null || read.ETags is [not null]) && clock.GetUtcNow() - pledge.SubmittedAt < SubmittedLog.Grace;

    private async Task IngestAsync(Pledge message, CancellationToken stop)
    {
        if (await AcceptedAsync(message, stop) is not { } pledge) return;
        await opening.OpenAsync(pledge, stop);
        // It failed before and is placed now.
        if (pledge.Failure is not null) await store.ChangeAsync(pledge.Id, now => now with { Failure = null }, stop);
    }

    /// <summary>The row as it stands; written when a crash, or a partner's own message, left none. Null: other content holds the key.</summary>
    private async Task<Pledge?> AcceptedAsync(Pledge message, CancellationToken stop)
    {
        var stored = await store.FindAsync(message.Id, stop);
        if (stored is null)
        {
            await store.TryAddAsync(message, stop);
            stored = await store.FindAsync(message.Id, stop) ?? throw new StoreConflictException(ConflictKind.Missing, 0);
        }

        if (stored.Value.ContentHash == message.ContentHash) return stored.Value;
        log.LogWarning("A message for {Pledge} has other content than the pledge accepted under its key: dropped.", message.Id);
        await failed.RecordDroppedAsync(message, stop);
        return null;
    }

    private async Task<PledgesSubmitted?> ReadAsync(string message, CancellationToken stop)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(message);
        var direct = JsonInput.Parse(utf8, input => input.Has("pledges") ? null : ReadDirect(input));
        if (direct.Refusal is null) return await AcceptDirectAsync(direct.Value, stop);
        try
        {
            var own = Wire.Read<PledgesSubmitted>(message);
            return own is { Pledges.Count: > 0, Bucket: not null } && own.Pledges.All(IsWhole) ? own : null;
        }
        catch (System.Text.Json.JsonException malformed)
        {
            throw new FormatException(direct.Refusal.Detail, malformed);
        }
    }

    private static bool IsWhole(Pledge? pledge)
        => pledge is { Resource: { Unit.Code: not null, Minor: > 0 and <= Amount.Largest }, Areas: not null, Earmark: not null, Schedule: not null, Conditions: not null, By: not null }
            && PledgeId.PartnerOf(pledge.Id) is { } partner && partner == pledge.PartnerId
            && pledge.Areas.All(share => Areas.IsArea(share.Area))
            && (pledge.SmallestPart is not { } smallest || (smallest > 0 && smallest <= pledge.Resource.Minor))
            && (pledge.Split is null || (pledge.Split.All(part => part.Minor > 0 && (Areas.IsArea(part.Area) || part.Area == Areas.Any))
                && pledge.Split.Sum(part => part.Minor) == pledge.Original));

    private static DirectMessage? ReadDirect(JsonInput input)
    {
        input.Integer("v", 1, 1, required: true);
        var key = input.Text("idempotencyKey", 200, required: true);
        var request = input.Object("pledge", PledgeReader.Read, required: true);
        return key is null || request is null ? null : new DirectMessage(key, request);
    }

    private async Task<PledgesSubmitted> AcceptDirectAsync(DirectMessage direct, CancellationToken stop)
    {
        var id = PledgeId.Of(direct.Request.PartnerId, direct.Key);
        var contentHash = PledgeId.ContentHash(direct.Request);
        // Accepted before: no check against today's date may undo that.
        if (await store.FindAsync(id, stop) is { } earlier && earlier.Value.ContentHash == contentHash)
            return new PledgesSubmitted(1, SubmittedLog.BucketOf(earlier.Value), [earlier.Value]);
        var checkedRequest = await rules.CheckAsync(direct.Request, stop);
        if (checkedRequest.Refusal is { } no) throw new FormatException(no.Detail);
        var pledge = await intake.DocumentAsync(checkedRequest.Value, id, contentHash, Caller.System, stop);
        return new PledgesSubmitted(1, SubmittedLog.BucketOf(pledge), [pledge]);
    }

    private sealed record DirectMessage(string Key, PledgeRequest Request);
}
