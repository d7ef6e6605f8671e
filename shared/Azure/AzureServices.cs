using Azure.Core.Pipeline;
using FundingFlow.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FundingFlow.Azure;

public static class AzureServices
{
    /// <summary>
    /// The tables, queues and blobs of the account in <see cref="StorageSettings"/>. A missing setting stops the host at
    /// start; nothing is contacted before the first use.
    /// </summary>
    public static IServiceCollection AddAzureStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StorageSettings>, StorageSettingsCheck>());
        services.AddOptions<StorageSettings>().Configure(settings => settings.Read(configuration)).ValidateOnStart();
        services.TryAddSingleton(provider => new StorageClients(
            provider.GetRequiredService<IOptions<StorageSettings>>().Value, provider.GetServices<HttpPipelinePolicy>()));
        services.TryAddSingleton<ITables, AzureTables>();
        services.TryAddSingleton<IQueues, AzureQueues>();
        services.TryAddSingleton<IBlobs, AzureBlobs>();
        return services;
    }
}
