using FundingFlow.Access;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>
/// Takes a command from the request to the books: checked against the state, noted for the sweep, recorded with its plan, applied,
/// and answered with the pledge as it then stands. The same key and content again has no second effect.
/// </summary>
public sealed class CommandRunner(
    PledgeStore store, PledgeBooks books, CommandStore commands, SubmittedLog submitted, IEnumerable<ICommandApplication> applications, ForumCalendar calendar)
{
    private readonly Dictionary<string, ICommandApplication> applications = applications.ToDictionary(application => application.Kind, StringComparer.Ordinal);

    /// <param name="key">Its scope is the pledge, whatever the command.</param>
    public async Task<Outcome<PledgeBalance>> RunAsync(string pledgeId, CommandRequest request, string key, Caller caller, CancellationToken stop)
    {
        if (await store.FindAsync(pledgeId, stop) is not { } stored) return Refusal.NotFound($"There is no pledge '{pledgeId}'.");
        if (request.Forbids(caller, stored.Value) is { } forbidden) return forbidden;
        var id = $"{request.Kind}.{PledgeId.Short(key)}";
        var contentHash = PledgeId.ContentHash(new { kind = request.Kind, content = request.ContentIn(stored.Value.Resource.Unit) });
        var commandKey = PledgeCommand.KeyOf(pledgeId, id);
        var recorded = await commands.FindAsync(pledgeId, commandKey, stop);
        var planned = recorded is null ? request.Plan(await books.ReadAsync(stored.Value, stop), calendar.Today) : default;
        // Refused: unless the same request, sent at the same time, has just been applied.
        if (planned.Refusal is { } no && (recorded = await commands.FindAsync(pledgeId, commandKey, stop)) is null) return no;
        if (recorded is null)
        {
            var command = planned.Value with { Id = id, PledgeId = pledgeId, ContentHash = contentHash, By = caller.KeyId, At = calendar.Now };
            await submitted.NoteAsync(pledgeId, command.Key, command.At, stop);
            recorded = await commands.AddAsync(command, stop);
        }

        if (recorded.ContentHash != contentHash)
            return Refusal.Conflict("This Idempotency-Key was used before with other content. Send the first content again, or choose another key.");
        if ((recorded.Done ? recorded.Refused : await ApplyAsync(recorded, stop)) is { } overtaken) return overtaken;
        return await books.ReadAsync((await store.FindAsync(pledgeId, stop))!.Value, stop);
    }

    /// <summary>Goes on with a command that a crash interrupted.</summary>
    public async Task ResumeAsync(string pledgeId, string commandKey, CancellationToken stop)
    {
        if (await commands.FindAsync(pledgeId, commandKey, stop) is { Done: false } command) await ApplyAsync(command, stop);
    }

    /// <returns>Why it could not be done after all; the same to every repetition.</returns>
    private async Task<Refusal?> ApplyAsync(PledgeCommand command, CancellationToken stop)
    {
        var pledge = (await store.FindAsync(command.PledgeId, stop))!.Value;
        var refused = await applications[command.Kind].ApplyAsync(pledge, command, stop);
        var done = await commands.SetDoneAsync(command, refused, stop);
        submitted.Complete(SubmittedLog.BucketOf(command.At), command.Key);
        return done.Refused;
    }
}
