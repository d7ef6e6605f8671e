// The ways in which a type can come to know an SDK. LayerTests must name each of these; nothing else uses them.
using global::Azure;
using global::Azure.Data.Tables;
using global::Azure.Storage.Blobs;
using global::Azure.Storage.Queues;
using MimeKit;

namespace FundingFlow.Tests.Architecture.Violations.Ledger;

internal sealed record InASignature(QueueClient Queue);

internal sealed record InAGenericArgument(IReadOnlyList<TableEntity> Rows);

internal abstract class InAnInterface : ITableEntity
{
    public abstract string PartitionKey { get; set; }
    public abstract string RowKey { get; set; }
    public abstract DateTimeOffset? Timestamp { get; set; }
    public abstract ETag ETag { get; set; }
}

internal static class InABody
{
    public static string Name(object client) => ((QueueClient)client).Name;
}

internal static class InAnAsynchronousBody
{
    public static async Task<string> NameAsync(Task<object> client)
    {
        var blob = (BlobClient)await client;
        return blob.Name;
    }
}

internal static class InALambda
{
    public static Func<object, string> Name => client => ((TableClient)client).Name;
}

internal static class InAnIterator
{
    public static IEnumerable<string> Names(IEnumerable<object> clients)
    {
        foreach (var client in clients)
            yield return ((TableClient)client).Name;
    }
}

internal static class InACatch
{
    public static int Status(Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (RequestFailedException)
        {
            return 1;
        }
    }
}

internal sealed record OfMail(MimeMessage Message);

internal static class InAFilter
{
    public static int Status(Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception refusal) when (refusal is RequestFailedException)
        {
            return 1;
        }
    }
}

internal static class InATypeOf
{
    public static string Name => typeof(BlobClient).Name;
}

internal static class InAnArray
{
    public static object Empty(int count) => new ETag[count];
}
