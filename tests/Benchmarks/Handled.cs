using System.Diagnostics;

namespace FundingFlow.Benchmarks;

/// <summary>When messages were done with. Thread-safe.</summary>
public sealed class Handled
{
    private readonly Lock gate = new();
    private readonly List<long> at = [];

    public int Count
    {
        get
        {
            lock (gate) return at.Count;
        }
    }

    public void One()
    {
        lock (gate) at.Add(Stopwatch.GetTimestamp());
    }

    public async Task WaitForAsync(int count, CancellationToken stop)
    {
        while (Count < count) await Task.Delay(TimeSpan.FromMilliseconds(20), stop);
    }

    public void Reset()
    {
        lock (gate) at.Clear();
    }

    /// <summary>Messages a second, from the one after <paramref name="skip"/> to the last: the listener's start is not counted.</summary>
    public double Rate(int skip)
    {
        lock (gate) return (at.Count - skip) / Stopwatch.GetElapsedTime(at[skip - 1], at[^1]).TotalSeconds;
    }
}
