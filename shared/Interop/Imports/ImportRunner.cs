using FundingFlow.Storage;
using Microsoft.Extensions.Options;

namespace FundingFlow.Interop.Imports;

/// <summary>
/// Runs an import from where it stands: rows in order, progress recorded after each batch, so that after a crash at most one
/// batch is repeated, which changes nothing. Two runs at once do the same rows, and only one of them records each batch.
/// </summary>
public sealed class ImportRunner(
    ImportStore store, ImportSubmission submission, IEnumerable<IImportTarget> targets, IOptions<ImportOptions> options, TimeProvider clock)
{
    public async Task RunAsync(RunImport message, CancellationToken stop)
    {
        var stored = await store.FindAsync(message.Id, stop)
            ?? throw new InvalidOperationException($"There is no import {message.Id} to run.");
        // A message of an earlier run, or one that comes again after the end.
        if (stored.Document.Run != message.Run || stored.Document.IsFinished) return;
        try
        {
            await AdvanceAsync(stored, stop);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            await NoteFaultAsync(message, fault, stop);
            throw;
        }
    }

    private async Task AdvanceAsync(StoredImport import, CancellationToken stop)
    {
        var started = clock.GetTimestamp();
        var (document, etag) = import;
        var plan = ImportPlan.Make(document.Kind, await store.ReadFileAsync(document, stop), await store.ReadMappingAsync(document, stop));
        if (plan.Refusal is { } no)
        {
            await FinishAsync(import, ImportStatus.Failed, no.Detail, stop);
            return;
        }

        var target = targets.Single(one => one.Kind == document.Kind);
        var size = target is IBulkImportTarget ? options.Value.PledgeBatchSize : options.Value.BatchSize;
        var batches = new ImportBatch(target, new RowContext(document.Caller, document.DryRun, plan.Value.Mapping) { Parallelism = options.Value.Parallelism });
        foreach (var rows in plan.Value.Rows().Skip(document.Next).Chunk(size))
        {
            var done = await batches.ApplyAsync(rows, stop);
            var now = clock.GetUtcNow();
            var next = document with
            {
                Status = ImportStatus.Running, StartedAt = document.StartedAt ?? now, TouchedAt = now, Faults = 0,
                Next = document.Next + rows.Length, Accepted = document.Accepted + done.Accepted, Unchanged = document.Unchanged + done.Unchanged,
                Refused = document.Refused + done.LeftOut.Count(row => !row.IsSkipped), Skipped = document.Skipped + done.LeftOut.Count(row => row.IsSkipped),
            };
            if (await RecordAsync(document, next, etag, done.LeftOut, stop) is not { } recorded) return;
            (document, etag) = recorded;
            if (clock.GetElapsedTime(started) < options.Value.LongestInvocation || document.Next >= document.Rows) continue;
            await submission.SendAsync(document, stop);
            return;
        }

        await FinishAsync(new StoredImport(document, etag), ImportStatus.Done, null, stop);
    }

    /// <returns>Null when another run is ahead: that one goes on.</returns>
    private async Task<StoredImport?> RecordAsync(
        ImportDocument from, ImportDocument next, string etag, IReadOnlyList<LeftOutRow> leftOut, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await store.SaveAsync(next, etag, leftOut, stop);
            }
            catch (StoreConflictException) when (attempt < 5)
            {
                // Our own commit whose answer was lost, a sweep that only touched it, or another run's.
                if (await store.FindAsync(next.Id, stop) is not { } present) return null;
                if (Wire.Write(present.Document) == Wire.Write(next)) return present;
                if (present.Document.Run != from.Run || present.Document.Next != from.Next || present.Document.IsFinished) return null;
                etag = present.ETag;
            }
        }
    }

    private async Task FinishAsync(StoredImport import, ImportStatus status, string? failure, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var finished = import.Document with
        {
            Status = status, Failure = failure, StartedAt = import.Document.StartedAt ?? now, FinishedAt = now, TouchedAt = now,
        };
        if (await RecordAsync(import.Document, finished, import.ETag, [], stop) is not null) await store.StrikeOffAsync(finished.Id, stop);
    }

    private async Task NoteFaultAsync(RunImport message, Exception fault, CancellationToken stop)
    {
        if (await store.FindAsync(message.Id, stop) is not { } stored || stored.Document.Run != message.Run || stored.Document.IsFinished) return;
        var faults = stored.Document.Faults + 1;
        if (faults >= options.Value.FaultsAllowed)
            await FinishAsync(stored, ImportStatus.Failed,
                $"It ended in a fault {faults} times without coming further than row {stored.Document.Next} (the last: {fault.GetType().Name}). Send it again to try once more.", stop);
        else
            await RecordAsync(stored.Document, stored.Document with { Faults = faults, TouchedAt = clock.GetUtcNow() }, stored.ETag, [], stop);
    }
}
