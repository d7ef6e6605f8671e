namespace FundingFlow.Tests.Simulation;

/// <summary>
/// A clock that moves only when told. Waiting on it ends at once and on the same thread, so that no test sleeps and a seeded run stays
/// single-threaded.
/// </summary>
public sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;

    /// <exception cref="NotSupportedException">The timer repeats: it would never end.</exception>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (period != Timeout.InfiniteTimeSpan && period > TimeSpan.Zero) throw new NotSupportedException("Nothing waits again and again on a clock that stands.");
        if (dueTime != Timeout.InfiniteTimeSpan) callback(state);
        return new Rung();
    }

    /// <summary>A timer that has nothing more to do.</summary>
    private sealed class Rung : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
