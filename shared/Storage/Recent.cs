using System.Collections.Concurrent;

namespace FundingFlow.Storage;

/// <summary>
/// Values found a moment ago, so that a busy caller does not read the same row over and over. What is not there is
/// asked for each time. Safe for concurrent use; a read that was overtaken by <see cref="Set"/> is not kept.
/// </summary>
/// <param name="keep">How old an answer may be.</param>
/// <param name="most">When so many are kept, all are forgotten.</param>
public sealed class Recent<T>(TimeProvider clock, TimeSpan keep, int most = 10_000) where T : class
{
    private readonly ConcurrentDictionary<string, (T Value, DateTimeOffset Until)> values = new(StringComparer.Ordinal);
    private long generation;

    public async ValueTask<T?> FindAsync(string key, Func<Task<T?>> read)
    {
        if (values.TryGetValue(key, out var kept) && clock.GetUtcNow() < kept.Until) return kept.Value;
        var before = Interlocked.Read(ref generation);
        var found = await read();
        if (found is null) values.TryRemove(key, out _);
        else if (before == Interlocked.Read(ref generation)) Keep(key, found);
        return found;
    }

    /// <summary>What was just written.</summary>
    public void Set(string key, T value)
    {
        Interlocked.Increment(ref generation);
        Keep(key, value);
    }

    public void Forget(string key)
    {
        Interlocked.Increment(ref generation);
        values.TryRemove(key, out _);
    }

    private void Keep(string key, T value)
    {
        if (values.Count >= most) values.Clear();
        values[key] = (value, clock.GetUtcNow() + keep);
    }
}

/// <summary>
/// One value made from a whole (small) table, loaded again when it is older than <paramref name="keep"/>. Safe for
/// concurrent use; only one caller loads at a time.
/// </summary>
public sealed class RecentWhole<T>(TimeProvider clock, TimeSpan keep, Func<CancellationToken, Task<T>> load) : IDisposable where T : class
{
    private readonly SemaphoreSlim one = new(1, 1);
    private volatile Kept? kept;

    public async ValueTask<T> GetAsync(CancellationToken stop)
    {
        if (Fresh() is { } fresh) return fresh;
        await one.WaitAsync(stop);
        try
        {
            if (Fresh() is { } loaded) return loaded;
            var value = await load(stop);
            kept = new Kept(value, clock.GetUtcNow() + keep);
            return value;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Applies what was just written to what is kept; a load under way ends first, so that it cannot undo this.</summary>
    public async Task ChangeAsync(Func<T, T> change, CancellationToken stop)
    {
        await one.WaitAsync(stop);
        try
        {
            if (kept is { } present) kept = present with { Value = change(present.Value) };
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private T? Fresh() => kept is { } present && clock.GetUtcNow() < present.Until ? present.Value : null;

    private sealed record Kept(T Value, DateTimeOffset Until);
}
