using FundingFlow.Simulations;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Functions.Simulations;

internal static class SimulationsServices
{
    public static IServiceCollection AddSimulations(this IServiceCollection services)
        => services.AddSingleton<PledgeSimulation>().AddSingleton<ProjectSimulation>();
}
