using FundingFlow.Storage;
using Microsoft.Extensions.Options;

namespace FundingFlow.Interop.Imports;

/// <summary>
/// Sends imports again that have stopped moving: the worker was killed (its message stays hidden for minutes), or it died between
/// the row and the message.
/// </summary>
public sealed class ImportSweep(ImportStore store, ImportSubmission submission, IOptions<ImportOptions> options, TimeProvider clock)
{
    public async Task RunAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await foreach (var id in store.UnfinishedAsync(stop))
        {
            var import = await store.FindAsync(id, stop);
            // Listed, but the row was never written or says that it is done: whoever wrote the list died in between.
            if (import is null || import.Document.IsFinished) await store.StrikeOffAsync(id, stop);
            else if (now - import.Document.TouchedAt >= options.Value.StalledAfter) await SendAgainAsync(import, now, stop);
        }
    }

    private async Task SendAgainAsync(StoredImport import, DateTimeOffset now, CancellationToken stop)
    {
        try
        {
            // Touched, so that the next sweeps leave it the same time again.
            await store.SaveAsync(import.Document with { TouchedAt = now }, import.ETag, [], stop);
        }
        catch (StoreConflictException)
        {
            return; // It moves after all.
        }

        await submission.SendAsync(import.Document, stop);
    }
}
