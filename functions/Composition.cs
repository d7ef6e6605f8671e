using FundingFlow.Azure;
using FundingFlow.Functions.Access;
using FundingFlow.Functions.Cities;
using FundingFlow.Functions.Dashboard;
using FundingFlow.Functions.Digests;
using FundingFlow.Functions.Http;
using FundingFlow.Functions.Interop;
using FundingFlow.Functions.Ledger;
using FundingFlow.Functions.Money;
using FundingFlow.Functions.Partners;
using FundingFlow.Functions.Pledges;
using FundingFlow.Functions.Projects;
using FundingFlow.Functions.Simulations;
using FundingFlow.Functions.Sustainability;
using FundingFlow.Ledger;
using FundingFlow.Pledges;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FundingFlow.Functions;

/// <summary>The one composition root: the worker and the local host both call it, so they cannot differ.</summary>
public static class Composition
{
    public static IServiceCollection AddFundingFlow(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<FundingFlowOptions>().Bind(configuration.GetSection(FundingFlowOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddAzureStorage(configuration);
        services.AddSingleton<Api>();
        services.AddAccess(configuration);
        services.AddCities();
        services.AddPartners();
        services.AddProjects();
        services.AddMoney();
        services.AddGaps();
        services.AddSustainability(configuration);
        services.AddDigests(configuration);
        services.AddImports(configuration);
        services.AddLedger();
        services.AddPledges();
        services.AddSingleton<PledgeCall>();
        services.AddHostedService<Dispatcher>();
        services.AddSimulations();
        services.AddDashboard();
        return services;
    }
}
