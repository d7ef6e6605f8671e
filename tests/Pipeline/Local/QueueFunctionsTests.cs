using System.Collections.Concurrent;
using Azure.Storage.Queues;
using FundingFlow.Local.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Tests.Pipeline.Local;

public sealed class QueueFunctionsTests(AzuriteFixture azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private static readonly string Json = File.ReadAllText(HostJson.PathOf(FunctionsHost.FunctionsAssembly));

    [Fact]
    public void The_options_of_the_listener_are_those_of_host_json()
    {
        var options = new QueuesOptions();

        HostJson.Apply(Json, options);

        Assert.Equal(32, options.BatchSize);
        Assert.Equal(16, options.NewBatchThreshold);
        Assert.Equal(5, options.MaxDequeueCount);
        Assert.Equal(TimeSpan.FromSeconds(5), options.VisibilityTimeout);
        Assert.Equal(TimeSpan.FromSeconds(2), options.MaxPollingInterval);
        Assert.Equal(QueueMessageEncoding.Base64, options.MessageEncoding);
    }

    [Fact]
    public void An_option_that_only_the_other_host_would_know_is_refused()
        => Assert.Throws<InvalidDataException>(() => HostJson.Apply("""{"extensions":{"queues":{"fairness":1}}}""", new QueuesOptions()));

    [Fact]
    public async Task A_message_reaches_its_function_with_its_id_and_count()
    {
        using var host = await StartAsync(Json);
        var queue = await QueueAsync("host-test-receives");

        var sent = await queue.SendMessageAsync("Kigali – ירושלים – 🌍", Stop);

        var got = await Eventually.GetAsync(
            () => Task.FromResult(host.Services.GetRequiredService<Received>().Find("Kigali – ירושלים – 🌍")), "the message");
        Assert.Equal(new Got("Kigali – ירושלים – 🌍", sent.Value.MessageId, 1), got);
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task A_message_that_keeps_failing_ends_in_the_poison_queue_after_the_count_of_host_json()
    {
        // Only the wait between attempts differs, or the test would take it five times.
        using var host = await StartAsync(Json.Replace("00:00:05", "00:00:00", StringComparison.Ordinal));
        var queue = await QueueAsync("host-test-throws");
        var poison = await QueueAsync("host-test-throws-poison");

        await queue.SendMessageAsync("bad", Stop);

        var poisoned = await Eventually.GetAsync(async () => (await poison.ReceiveMessageAsync(cancellationToken: Stop)).Value, "the poison message");
        Assert.Equal("bad", poisoned.Body.ToString());
        Assert.Equal([1, 2, 3, 4, 5], host.Services.GetRequiredService<Received>().Counts("bad"));
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task A_stop_lets_the_message_in_hand_finish()
    {
        using var host = await StartAsync(Json);
        var queue = await QueueAsync("host-test-lingers");
        var gate = host.Services.GetRequiredService<Gate>();
        await queue.SendMessageAsync("slow", Stop);
        await gate.Entered.Task.WaitAsync(TimeSpan.FromMinutes(1), Stop);

        var stopping = host.StopAsync(Stop);
        gate.Open.SetResult();
        await stopping;

        Assert.True(gate.Finished);
        Assert.Equal(0, (await queue.GetPropertiesAsync(Stop)).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task A_stop_in_mid_flow_leaves_no_message_both_handled_and_queued()
    {
        const int sent = 60;
        var queue = await QueueAsync("host-test-receives");
        for (var i = 0; i < sent; i++)
            await queue.SendMessageAsync("flow", Stop);
        using var host = await StartAsync(Json);
        var received = host.Services.GetRequiredService<Received>();
        await Eventually.GetAsync(() => Task.FromResult(received.Find("flow")), "the first message");

        await host.StopAsync(Stop);

        Assert.Equal(sent - received.Counts("flow").Length, (await queue.GetPropertiesAsync(Stop)).Value.ApproximateMessagesCount);
        await queue.ClearMessagesAsync(Stop);
    }

    private async Task<QueueClient> QueueAsync(string name)
    {
        var queue = new QueueClient(azurite.ConnectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync(cancellationToken: Stop);
        return queue;
    }

    private async Task<IHost> StartAsync(string hostJson)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Received>();
        builder.Services.AddSingleton<Gate>();
        builder.Services.AddFunctions(
            FunctionCatalog.Of([typeof(Receives), typeof(Throws), typeof(Lingers)]), new QueueFunctionsOptions(azurite.ConnectionString, hostJson));
        var host = builder.Build();
        await host.StartAsync(Stop);
        return host;
    }

    public sealed record Got(string Message, string Id, int Count);

    public sealed class Received
    {
        private readonly ConcurrentQueue<Got> all = new();

        public void Add(Got got) => all.Enqueue(got);

        public Got? Find(string message) => all.FirstOrDefault(got => got.Message == message);

        public int[] Counts(string message) => [.. all.Where(got => got.Message == message).Select(got => got.Count)];
    }

    public sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Finished { get; set; }
    }

    public sealed class Receives(Received received)
    {
        [Function("TestReceives")]
        public Task Run([QueueTrigger("host-test-receives")] string message, string id, int dequeueCount, CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            received.Add(new Got(message, id, dequeueCount));
            return Task.CompletedTask;
        }
    }

    public sealed class Throws(Received received)
    {
        [Function("TestThrows")]
        public Task Run([QueueTrigger("host-test-throws")] string message, string id, int dequeueCount)
        {
            received.Add(new Got(message, id, dequeueCount));
            throw new InvalidOperationException("This message is never welcome.");
        }
    }

    public sealed class Lingers(Gate gate)
    {
        [Function("TestLingers")]
        public async Task Run([QueueTrigger("host-test-lingers")] string message, CancellationToken stop)
        {
            ArgumentNullException.ThrowIfNull(message);
            gate.Entered.SetResult();
            await gate.Open.Task.WaitAsync(stop);
            await Task.Yield();
            gate.Finished = true;
        }
    }
}
