using System.Security.Cryptography;
using System.Text;
using FundingFlow.Access;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports;

/// <param name="Mapping">Null: the file has our own headers.</param>
public sealed record ImportUpload(ImportKind Kind, bool DryRun, ReadOnlyMemory<byte> File, byte[]? Mapping);

/// <summary>Takes an import in: checks file and mapping, makes both durable, and asks for the run.</summary>
public sealed class ImportSubmission(ImportStore store, IQueues queues, TimeProvider clock)
{
    /// <param name="idempotencyKey">Null: the same content by the same key is the same import.</param>
    public async Task<Outcome<ImportDocument>> SubmitAsync(ImportUpload upload, string? idempotencyKey, Caller caller, CancellationToken stop)
    {
        if (MayNot(upload.Kind, caller) is { } forbidden) return forbidden;
        var plan = ImportPlan.Make(upload.Kind, upload.File, upload.Mapping);
        if (plan.Refusal is { } no) return no;
        if (!caller.IsStaff && plan.Value.Mapping.StaffOnly.ToList() is { Count: > 0 } reserved)
            return Refusal.Forbidden($"Only staff may import {string.Join(", ", reserved)}: take it out of the mapping.");

        var contentHash = HashOf(upload);
        var id = Hex($"{caller.KeyId}\n{(idempotencyKey is null ? "content\n" + contentHash : "key\n" + idempotencyKey)}")[..26];
        var now = clock.GetUtcNow();
        var asked = new ImportDocument(id, contentHash, upload.Kind, upload.DryRun, upload.Mapping is not null, caller, ImportStatus.Queued, 1,
            plan.Value.File.Rows().Count(), 0, 0, 0, 0, 0, now, null, null, now);
        if (await store.FindAsync(id, stop) is { } present) return await RepeatAsync(present, asked, idempotencyKey is not null, stop);
        await store.WriteFilesAsync(contentHash, upload.File, upload.Mapping, stop);
        try
        {
            await store.AddAsync(asked, stop);
        }
        catch (StoreConflictException)
        {
            // The same upload at the same time, or our own commit whose answer was lost: what is stored decides.
            return await RepeatAsync((await store.FindAsync(id, stop))!, asked, idempotencyKey is not null, stop);
        }

        await SendAsync(asked, stop);
        return asked;
    }

    /// <summary>Asks for the run, or for the rest of it.</summary>
    public Task SendAsync(ImportDocument import, CancellationToken stop)
        => queues.SendAsync(QueueNames.ImportsToRun, Wire.Write(new RunImport(1, import.Id, import.Run)), stop);

    private async Task<Outcome<ImportDocument>> RepeatAsync(StoredImport present, ImportDocument asked, bool hasKey, CancellationToken stop)
    {
        var import = present.Document;
        if (import.ContentHash != asked.ContentHash)
            return Refusal.Conflict("This Idempotency-Key belongs to an import of another file, mapping, kind or dryRun; nothing was changed.");
        if (!RunsAgain(import, hasKey)) return import;
        var again = asked with { Run = import.Run + 1, SubmittedAt = import.SubmittedAt };
        await store.ListAsUnfinishedAsync(import.Id, stop);
        try
        {
            await store.SaveAsync(again, present.ETag, [], stop);
        }
        catch (StoreConflictException)
        {
            // Someone else asked for it again in this moment.
            return (await store.FindAsync(import.Id, stop))!.Document;
        }

        await SendAsync(again, stop);
        return again;
    }

    /// <summary>
    /// A failed import runs again. So does one without a key of its own that was a dry run or refused rows: what it lacked may be
    /// there by now.
    /// </summary>
    private static bool RunsAgain(ImportDocument import, bool hasKey) => import.Status switch
    {
        ImportStatus.Failed => true,
        ImportStatus.Done => !hasKey && (import.DryRun || import.Refused > 0),
        _ => false,
    };

    private static Refusal? MayNot(ImportKind kind, Caller caller) => (caller.Role, kind) switch
    {
        (Role.Staff, _) => null,
        (Role.Fundraiser, ImportKind.Partners or ImportKind.Pledges) => null,
        (Role.City, ImportKind.Projects) => null,
        _ => Refusal.Forbidden("Staff import anything, a fundraiser partners and pledges, a city its projects."),
    };

    private static string HashOf(ImportUpload upload)
    {
        var mapping = upload.Mapping is { } json ? Convert.ToHexStringLower(SHA256.HashData(json)) : "own headers";
        return Hex($"{upload.Kind}\n{upload.DryRun}\n{mapping}\n{Convert.ToHexStringLower(SHA256.HashData(upload.File.Span))}");
    }

    private static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
