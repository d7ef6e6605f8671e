using FundingFlow.Functions.Access;
using FundingFlow.Functions.Cities;
using FundingFlow.Functions.Http;
using FundingFlow.Functions.Interop;
using FundingFlow.Functions.Partners;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FundingFlow.Functions;

/// <summary>Everything that the function classes need, for whichever host runs them.</summary>
public static class Composition
{
    public static IServiceCollection AddFundingFlow(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<FundingFlowOptions>().Bind(configuration.GetSection(FundingFlowOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Api>();
        services.AddAccess(configuration);
        services.AddCities();
        services.AddPartners();
        services.AddImports(configuration);
        return services;
    }
}
