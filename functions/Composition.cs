using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Functions;

/// <summary>The one composition root: the worker and the local host both call it, so they cannot differ.</summary>
public static class Composition
{
    public static IServiceCollection AddFundingFlow(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services;
    }
}
