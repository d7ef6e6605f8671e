using System.Reflection;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Local.Hosting;

/// <summary>
/// Queue functions behind the Functions host's own queue listener, so that polling, visibility renewal and poison moves are
/// the ones that Azure has. The listener lives in a small host of its own; <see cref="QueueJobs"/> writes what it calls.
/// </summary>
public sealed class QueueFunctions(
    FunctionCatalog catalog, IServiceProvider services, IConfiguration settings, QueueFunctionsOptions options, ILoggerFactory logs)
    : IHostedService, IDisposable
{
    private readonly MessagesInHand inHand = new();
    private IHost? listener;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var functions = catalog.Of(TriggerKind.Queue).ToArray();
        if (functions.Length == 0)
            return;
        listener = Build(functions);
        await listener.StartAsync(cancellationToken);
    }

    /// <summary>Stops taking messages, then lets those in hand finish.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (listener is null)
            return;
        await listener.Services.GetRequiredService<IDrainModeManager>().EnableDrainModeAsync(cancellationToken);
        await inHand.NoneAsync().WaitAsync(cancellationToken);
        await listener.StopAsync(cancellationToken);
    }

    public void Dispose() => listener?.Dispose();

    internal static void Check(FunctionDescriptor function)
    {
        if (function.TriggerParameter.ParameterType != typeof(string))
            throw new UnservableFunctionException(function.Name, "its QueueTrigger parameter is not a string");
        foreach (var parameter in function.Method.GetParameters())
        {
            if (!IsBindable(function, parameter))
                throw HttpFunctions.Unbindable(function, parameter);
        }
    }

    private static bool IsBindable(FunctionDescriptor function, ParameterInfo parameter)
        => parameter == function.TriggerParameter
            || parameter.ParameterType == typeof(CancellationToken)
            || (parameter.ParameterType == typeof(int) && IsNamed(parameter, "dequeueCount"))
            || (parameter.ParameterType == typeof(string) && (IsNamed(parameter, "id") || IsNamed(parameter, "popReceipt")));

    private static bool IsNamed(ParameterInfo parameter, string name)
        => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase);

    private IHost Build(FunctionDescriptor[] functions)
        => new HostBuilder()
            .ConfigureWebJobs(webJobs => webJobs.AddAzureStorageQueues(queues => HostJson.Apply(options.HostJson, queues)))
            .ConfigureAppConfiguration(configuration => configuration
                .AddConfiguration(settings)
                .AddInMemoryCollection([new("AzureWebJobsStorage", options.ConnectionString)]))
            .ConfigureServices(host =>
            {
                host.AddSingleton<ITypeLocator>(new TypeLocator(QueueJobs.TypeFor(functions)));
                host.AddSingleton(new QueueDispatcher(functions, DispatchAsync));
                host.AddSingleton<IQueueProcessorFactory>(inHand);
                host.AddSingleton(logs);
                // Ctrl-C and SIGTERM belong to the process's own host, which stops this one in its turn.
                host.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
            })
            .Build();

    private async Task DispatchAsync(FunctionDescriptor function, QueueMessage message, CancellationToken stop)
        => await FunctionInvoker.InvokeAsync(services, function, parameter => Bind(function, parameter, message, stop));

    private static object Bind(FunctionDescriptor function, ParameterInfo parameter, QueueMessage message, CancellationToken stop)
    {
        if (parameter == function.TriggerParameter)
            return message.Body.ToString();
        if (parameter.ParameterType == typeof(CancellationToken))
            return stop;
        if (parameter.ParameterType == typeof(int))
            return checked((int)message.DequeueCount);
        return IsNamed(parameter, "id") ? message.MessageId : message.PopReceipt;
    }

    private sealed class TypeLocator(Type type) : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [type];
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <param name="HostJson">The text of the functions' host.json.</param>
public sealed record QueueFunctionsOptions(string ConnectionString, string HostJson);
