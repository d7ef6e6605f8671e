using FundingFlow.Access;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Pledges;

/// <param name="IdempotencyKey">As for <see cref="IPledgeIntake.SubmitAsync"/>.</param>
public sealed record KeyedRequest(PledgeRequest Request, string IdempotencyKey);

/// <summary>
/// Accepts many pledges at once by the rules for one: rows in transactions of 100 (a partner's pledges are one partition), then an entry
/// for the sweep per message, then the messages, each with as many pledges as it holds. After a crash at any point the same call again ends
/// what was begun: a row that is there and not yet placed is sent once more.
/// </summary>
public sealed class BulkIntake(PledgeIntake intake, BulkRows rows, SubmittedLog submitted, IQueues queues, TimeProvider clock)
{
    private const int AtOnce = 8;

    /// <returns>One answer per request, in their order; a request that is refused keeps none of the others from it.</returns>
    public async Task<IReadOnlyList<Outcome<Submission>>> SubmitAsync(IReadOnlyList<KeyedRequest> requests, Caller caller, CancellationToken stop)
    {
        var prepared = new Outcome<PreparedPledge>[requests.Count];
        for (var i = 0; i < requests.Count; i++) prepared[i] = await intake.PrepareAsync(requests[i].Request, requests[i].IdempotencyKey, caller, stop);
        // The first under each id is the one that counts; another one under it is told so below.
        var fresh = prepared.Where(one => one.Refusal is null && !one.Value.IsRepetition).Select(one => one.Value.Pledge).DistinctBy(pledge => pledge.Id).ToList();
        var written = await rows.WriteAsync(fresh, stop);
        await SendAsync([.. written.Values.Where(row => row.IsToBeSent).Select(row => row.Stored)], stop);
        var told = new HashSet<string>(StringComparer.Ordinal);
        var answers = new List<Outcome<Submission>>(requests.Count);
        foreach (var one in prepared) answers.Add(await AnswerAsync(one, written, told, stop));
        return answers;
    }

    /// <param name="told">Ids that were answered as new already.</param>
    private async Task<Outcome<Submission>> AnswerAsync(
        Outcome<PreparedPledge> prepared, IReadOnlyDictionary<string, WrittenRow> written, HashSet<string> told, CancellationToken stop)
    {
        if (prepared.Refusal is { } no) return no;
        var pledge = prepared.Value.Pledge;
        if (prepared.Value.IsRepetition) return await intake.RepeatAsync(pledge, stop);
        var row = written[pledge.Id];
        return row.Stored.Value.ContentHash == pledge.ContentHash ? new Submission(pledge.Id, row.IsNew && told.Add(pledge.Id)) : PledgeIntake.OtherContent;
    }

    /// <summary>Pledges to the same area side by side, so that their lines are opened together.</summary>
    private async Task SendAsync(IReadOnlyList<StoredPledge> pledges, CancellationToken stop)
    {
        if (pledges.Count == 0) return;
        var ordered = pledges.OrderBy(pledge => pledge.Value.Areas is [var first, ..] ? first.Area : "", StringComparer.Ordinal)
            .ThenBy(pledge => pledge.Value.PartnerId, StringComparer.Ordinal);
        var parcels = PledgeParcel.Pack(SubmittedLog.BucketOf(clock.GetUtcNow()), ordered).ToList();
        await submitted.NoteAsync(parcels, stop);
        foreach (var some in parcels.Chunk(AtOnce))
            await Task.WhenAll(some.Select(parcel => queues.SendAsync(QueueNames.PledgesSubmitted, parcel.Message, stop)));
    }
}
