using FundingFlow.Money;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Functions.Money;

internal static class MoneyServices
{
    public static IServiceCollection AddMoney(this IServiceCollection services)
        => services.AddSingleton<Rates>()
            .AddSingleton<IRates>(provider => provider.GetRequiredService<Rates>())
            .AddSingleton<RateRegister>();
}
