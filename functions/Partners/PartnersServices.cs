using FundingFlow.Partners;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Functions.Partners;

internal static class PartnersServices
{
    public static IServiceCollection AddPartners(this IServiceCollection services)
        => services.AddSingleton<Contacts>()
            .AddSingleton<IContactChoices>(provider => provider.GetRequiredService<Contacts>())
            .AddSingleton<PartnerDirectory>()
            .AddSingleton<IPartners>(provider => provider.GetRequiredService<PartnerDirectory>())
            .AddSingleton<PartnerRegister>();
}
