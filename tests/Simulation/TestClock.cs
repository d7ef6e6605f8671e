namespace FundingFlow.Tests.Simulation;

/// <summary>A clock that moves only when told; waiting on it returns at once, so that no test sleeps.</summary>
public sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => System.CreateTimer(callback, state, dueTime <= TimeSpan.Zero ? dueTime : TimeSpan.FromMilliseconds(1), period);
}
