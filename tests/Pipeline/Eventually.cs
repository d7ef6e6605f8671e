namespace FundingFlow.Tests.Pipeline;

/// <summary>Waits for what will come in its own time; the limit only ends a test that waits for what will never come.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<T> GetAsync<T>(Func<Task<T?>> look, string what)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        while (true)
        {
            if (await look() is { } found)
                return found;
            if (limit.IsCancellationRequested)
                Assert.Fail($"Waited {Limit} for {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }
    }

    public static async Task TrueAsync(Func<Task<bool>> look, string what)
        => await GetAsync(async () => await look() ? "yes" : null, what);
}
