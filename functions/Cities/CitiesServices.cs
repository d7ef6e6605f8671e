using FundingFlow.Cities;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Functions.Cities;

internal static class CitiesServices
{
    public static IServiceCollection AddCities(this IServiceCollection services)
        => services.AddSingleton<CityDirectory>()
            .AddSingleton<ICities>(provider => provider.GetRequiredService<CityDirectory>())
            .AddSingleton<CityRegister>();
}
