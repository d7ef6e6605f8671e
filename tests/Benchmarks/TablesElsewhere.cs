using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Benchmarks;

/// <summary>
/// The tables in memory, in a process of their own, as the storage of a worker is: what they cost, and what collecting garbage beside them
/// costs, is not the worker's. One request at a time, over the pipes of the child.
/// </summary>
internal sealed class TablesElsewhere : ITables, IDisposable
{
    /// <summary>The argument with which the program serves a store instead of measuring.</summary>
    public const string Command = "store";

    private readonly Lock gate = new();
    private readonly Process process;
    private readonly Stream to;
    private readonly Stream from;

    public TablesElsewhere()
    {
        process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Command) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        (to, from) = (process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
    }

    /// <summary>Where to count what the store counts.</summary>
    public StorageOperations Operations { get; set; } = new();

    /// <summary>Answers requests until there are no more.</summary>
    public static async Task ServeAsync()
    {
        await using var requests = Console.OpenStandardInput();
        await using var answers = Console.OpenStandardOutput();
        var operations = new StorageOperations();
        var tables = new InMemoryTables(operations);
        while (Read<Request>(requests) is { } request)
        {
            operations.Reset();
            var answer = await AnswerAsync(tables, request);
            Write(answers, answer with { Counted = [.. Enum.GetValues<StorageOperation>().Where(kind => operations[kind] > 0).Select(kind => new Counted(kind, operations[kind], operations.BytesOf(kind)))] });
        }
    }

    public Task<Row?> FindAsync(string table, string partition, string key, CancellationToken stop)
        => Task.FromResult(Ask(new Request(table, partition, Find: key)).Rows is [var row] ? row : null);

    public async IAsyncEnumerable<Row> RangeAsync(string table, string partition, string from, string to, [EnumeratorCancellation] CancellationToken stop)
    {
        await Task.CompletedTask;
        foreach (var row in Ask(new Request(table, partition, Range: new KeyRange(from, to))).Rows!) yield return row;
    }

    public Task<RowsWritten> WrittenAsync(string table, string partition, string from, string to, string? since, CancellationToken stop)
        => Task.FromResult(Ask(new Request(table, partition, Written: new KeyRange(from, to), Mark: since)) is var answer ? new RowsWritten(answer.Rows!, answer.Mark) : null!);

    public Task<RowPage> PageAsync(string table, string? partition, int size, string? continuation, CancellationToken stop)
        => Task.FromResult(Ask(new Request(table, partition, Page: size, Mark: continuation)) is var answer ? new RowPage(answer.Rows!, answer.Mark) : null!);

    public Task<IReadOnlyList<string?>> CommitAsync(string table, IReadOnlyList<RowChange> changes, CancellationToken stop)
        => Task.FromResult(Ask(new Request(table, null, Changes: changes)).Tags!);

    public void Dispose()
    {
        to.Dispose();
        process.WaitForExit();
        process.Dispose();
    }

    private static async Task<Answer> AnswerAsync(InMemoryTables tables, Request request)
    {
        var (table, partition) = (request.Table, request.Partition);
        try
        {
            if (request.Changes is { } changes) return new Answer(Tags: await tables.CommitAsync(table, changes, default));
            if (request.Find is { } key) return new Answer(Rows: await tables.FindAsync(table, partition!, key, default) is { } row ? [row] : []);
            if (request.Range is { } range) return new Answer(Rows: await tables.RangeAsync(table, partition!, range.From, range.To, default).ToListAsync());
            if (request.Written is { } written)
                return await tables.WrittenAsync(table, partition!, written.From, written.To, request.Mark, default) is var since ? new Answer(Rows: since.Rows, Mark: since.Mark) : null!;
            return await tables.PageAsync(table, partition, request.Page, request.Mark, default) is var page ? new Answer(Rows: page.Rows, Mark: page.Continuation) : null!;
        }
        catch (StoreConflictException conflict)
        {
            return new Answer(Conflict: conflict.Kind, Index: conflict.Index);
        }
    }

    private Answer Ask(Request request)
    {
        lock (gate)
        {
            Write(to, request);
            var answer = Read<Answer>(from) ?? throw new InvalidOperationException("The process with the tables has ended.");
            foreach (var counted in answer.Counted!) Operations.Count(counted.Kind, counted.Bytes, counted.Times);
            return answer.Conflict is { } kind ? throw new StoreConflictException(kind, answer.Index) : answer;
        }
    }

    private static void Write<T>(Stream stream, T message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, body.Length);
        stream.Write(length);
        stream.Write(body);
        stream.Flush();
    }

    /// <returns>Null: the other side has closed.</returns>
    private static T? Read<T>(Stream stream) where T : class
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        if (stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length) return null;
        var body = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        stream.ReadExactly(body);
        return JsonSerializer.Deserialize<T>(body);
    }

    /// <summary>Exactly one of the calls is set.</summary>
    private sealed record Request(string Table, string? Partition, string? Find = null, KeyRange? Range = null, KeyRange? Written = null, int Page = 0, string? Mark = null,
        IReadOnlyList<RowChange>? Changes = null);

    private sealed record KeyRange(string From, string To);

    private sealed record Answer(IReadOnlyList<Row>? Rows = null, string? Mark = null, IReadOnlyList<string?>? Tags = null, ConflictKind? Conflict = null, int Index = -1,
        IReadOnlyList<Counted>? Counted = null);

    private sealed record Counted(StorageOperation Kind, long Times, long Bytes);
}
