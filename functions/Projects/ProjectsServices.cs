using FundingFlow.Money;
using FundingFlow.Projects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FundingFlow.Functions.Projects;

internal static class ProjectsServices
{
    public static IServiceCollection AddProjects(this IServiceCollection services)
    {
        services.TryAddSingleton<ISecuredUntil, NoSecuredUntil>();
        return services.AddSingleton<ProjectDirectory>()
            .AddSingleton<IProjects>(provider => provider.GetRequiredService<ProjectDirectory>())
            .AddSingleton<IRatesListener, ReopenOnRates>()
            .AddSingleton<ProjectPlaces>()
            .AddSingleton<ProjectRegister>()
            .AddSingleton<ProjectReader>()
            .AddSingleton<ProjectList>();
    }
}
