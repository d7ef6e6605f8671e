namespace FundingFlow.Benchmarks;

/// <summary>The most memory that this process held while it was watched, looked at a hundred times a second: what the operating system counts, all else that the process holds included.</summary>
internal sealed class PeakMemory : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);
    private readonly ManualResetEventSlim ended = new();
    private readonly Thread watcher;
    private long peak;

    public PeakMemory()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Before = peak = Environment.WorkingSet;
        watcher = new Thread(Watch) { IsBackground = true };
        watcher.Start();
    }

    /// <summary>Bytes.</summary>
    public long Before { get; }

    /// <summary>Bytes; final once disposed.</summary>
    public long Peak => Interlocked.Read(ref peak);

    public void Dispose()
    {
        ended.Set();
        watcher.Join();
        ended.Dispose();
    }

    private void Watch()
    {
        do Interlocked.Exchange(ref peak, Math.Max(peak, Environment.WorkingSet));
        while (!ended.Wait(Between));
    }
}
