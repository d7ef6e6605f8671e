namespace FundingFlow.Tests.Simulation;

/// <summary>What Azure bills for. A range counts one query per page of 1,000; a transaction counts once.</summary>
public enum StorageOperation
{
    TableRead, TableQuery, TableWrite, TableTransaction,
    QueueSend, QueueReceive, QueueDelete, QueueRelease, QueuePeek, QueueCount,
    BlobRead, BlobWrite,
}

/// <summary>Counts operations by kind, and the UTF-16 bytes of what they carried. Safe for concurrent use.</summary>
public sealed class StorageOperations
{
    private static readonly int Kinds = Enum.GetValues<StorageOperation>().Length;
    private readonly long[] counts = new long[Kinds];
    private readonly long[] bytes = new long[Kinds];

    public long this[StorageOperation kind] => Interlocked.Read(ref counts[(int)kind]);

    public long Total => Enum.GetValues<StorageOperation>().Sum(kind => this[kind]);

    public long BytesOf(StorageOperation kind) => Interlocked.Read(ref bytes[(int)kind]);

    /// <param name="carried">By all of them together.</param>
    public void Count(StorageOperation kind, long carried = 0, long times = 1)
    {
        Interlocked.Add(ref counts[(int)kind], times);
        Interlocked.Add(ref bytes[(int)kind], carried);
    }

    public void Reset()
    {
        Array.Clear(counts);
        Array.Clear(bytes);
    }

    /// <summary>The kinds that happened: "QueueSend 1, TableTransaction 2".</summary>
    public override string ToString()
        => string.Join(", ", Enum.GetValues<StorageOperation>().Where(kind => this[kind] > 0).Select(kind => $"{kind} {this[kind]}"));
}
