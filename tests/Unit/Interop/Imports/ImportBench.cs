using System.Collections.Concurrent;
using System.Text;
using FundingFlow.Access;
using FundingFlow.Interop.Imports;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;
using FundingFlow.Validation;
using Microsoft.Extensions.Options;

namespace FundingFlow.Tests.Unit.Interop.Imports;

/// <summary>The Imports room on a simulated store, with a target that only remembers.</summary>
internal sealed class ImportBench
{
    public static readonly Caller Staff = new("staff", Role.Staff, [], [], []);
    private const int RunsAtMost = 10_000;

    public ImportBench(ImportOptions? options = null, params IImportTarget[] targets)
    {
        Queues = new InMemoryQueues(Clock);
        Store = new ImportStore(Tables, new InMemoryBlobs());
        var settings = Options.Create(options ?? new ImportOptions());
        Submission = new ImportSubmission(Store, Queues, Clock);
        Runner = new ImportRunner(Store, Submission, targets.Length > 0 ? targets : [Target], settings, Clock);
        Sweep = new ImportSweep(Store, Submission, settings, Clock);
        Reports = new ImportReports(Store);
    }

    public ManualClock Clock { get; } = new();
    public InMemoryTables Tables { get; } = new();
    public InMemoryQueues Queues { get; }
    public ImportStore Store { get; }
    public ImportSubmission Submission { get; }
    public ImportRunner Runner { get; }
    public ImportSweep Sweep { get; }
    public ImportReports Reports { get; }
    public RememberingTarget Target { get; } = new();

    public Task<Outcome<ImportDocument>> SubmitAsync(string csv, string? mapping = null, string? key = null, bool dryRun = false, Caller? caller = null)
        => Submission.SubmitAsync(new ImportUpload(ImportKind.Projects, dryRun, Encoding.UTF8.GetBytes(csv),
            mapping is null ? null : Encoding.UTF8.GetBytes(mapping)), key, caller ?? Staff, TestContext.Current.CancellationToken);

    /// <summary>Takes messages until there is none; one whose run throws comes again, as from the real queue.</summary>
    public async Task<int> RunAllAsync()
    {
        for (var runs = 0; runs < RunsAtMost; runs++)
        {
            if (Queues.TryReceive(QueueNames.ImportsToRun) is not { } message) return runs;
            try
            {
                await Runner.RunAsync(Wire.Read<RunImport>(message.Body), TestContext.Current.CancellationToken);
            }
            catch (CrashException)
            {
                await Queues.SendAsync(QueueNames.ImportsToRun, message.Body, TestContext.Current.CancellationToken);
            }
        }

        throw new InvalidOperationException("The import does not come to an end.");
    }

    public async Task<ImportView> ViewAsync(string id) => (await Reports.ViewAsync(id, Staff, TestContext.Current.CancellationToken)).Value;
}

internal sealed class CrashException : Exception;

/// <summary>Keeps each row under its key, as the real registers do: the same content again is unchanged.</summary>
internal sealed class RememberingTarget : IImportTarget
{
    private int applied;

    public ConcurrentDictionary<string, string> Rows { get; } = new();
    public ImportKind Kind => ImportKind.Projects;

    /// <summary>Asked with the count of rows so far: throw to crash there.</summary>
    public Action<int>? Before { get; set; }

    public Task<Outcome<RowEffect>> ApplyAsync(MappedRow row, RowContext context, CancellationToken stop)
    {
        Before?.Invoke(Interlocked.Increment(ref applied));
        if (row["title"] is not { } title) return Task.FromResult<Outcome<RowEffect>>(Refusal.Invalid("/title", "is required"));
        if (context.DryRun) return Task.FromResult<Outcome<RowEffect>>(Rows.ContainsKey(row.Key) ? RowEffect.Unchanged : RowEffect.Created);
        var effect = RowEffect.Created;
        Rows.AddOrUpdate(row.Key, title, (_, before) =>
        {
            effect = before == title ? RowEffect.Unchanged : RowEffect.Changed;
            return title;
        });
        return Task.FromResult<Outcome<RowEffect>>(effect);
    }
}

/// <summary>A clock that moves when told; each reading of the stopwatch costs a second.</summary>
internal sealed class ManualClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private long ticks;

    public override DateTimeOffset GetUtcNow() => now;
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override long GetTimestamp() => ticks += TimeSpan.TicksPerSecond;
    public void Advance(TimeSpan by) => now += by;
}
