using FundingFlow.Sustainability.Gaps;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Functions.Sustainability;

internal static class GapsServices
{
    public static IServiceCollection AddGaps(this IServiceCollection services) => services.AddSingleton<GapsReader>();
}
