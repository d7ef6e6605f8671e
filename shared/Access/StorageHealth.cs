using FundingFlow.Storage;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Access;

/// <param name="Status"><c>healthy</c> or <c>unhealthy</c>; likewise each part.</param>
public sealed record Health(string Status, string Tables, string Queues);

/// <summary>Asks the two stores for something small; a store that does not answer in five seconds is unhealthy.</summary>
public sealed class StorageHealth(ITables tables, IQueues queues, TimeProvider clock, ILogger<StorageHealth> log)
{
    public const string Healthy = "healthy";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<Health> CheckAsync(CancellationToken stop)
    {
        var parts = await Task.WhenAll(
            AnswersAsync("tables", patience => tables.FindAsync(TableNames.Keys, Keys.Partition, "health", patience), stop),
            AnswersAsync("queues", patience => queues.CountAsync(QueueNames.PledgesSubmitted, patience), stop));
        return new Health(Text(parts.All(answers => answers)), Text(parts[0]), Text(parts[1]));
    }

    private async Task<bool> AnswersAsync(string part, Func<CancellationToken, Task> ask, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            await ask(either.Token).WaitAsync(either.Token);
            return true;
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            // Whatever it was, the answer to "is it healthy" is no; the log says why.
            log.LogWarning(failure, "Health: {Part} did not answer.", part);
            return false;
        }
    }

    private static string Text(bool healthy) => healthy ? Healthy : "unhealthy";
}
