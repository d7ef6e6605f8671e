using FundingFlow.Access;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Functions.Access;

internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccessOptions>().Bind(configuration.GetSection(AccessOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Keys>();
        services.AddSingleton<IKeys>(provider => provider.GetRequiredService<Keys>());
        services.AddSingleton<IKeyBinding>(provider => provider.GetRequiredService<Keys>());
        services.AddSingleton<KeyRegister>();
        services.AddSingleton<StorageHealth>();
        return services;
    }
}
