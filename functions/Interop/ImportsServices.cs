using FundingFlow.Interop.Imports;
using FundingFlow.Interop.Imports.Targets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Functions.Interop;

internal static class ImportsServices
{
    public static IServiceCollection AddImports(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ImportOptions>().Bind(configuration.GetSection(ImportOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ImportStore>();
        services.AddSingleton<ImportSubmission>();
        services.AddSingleton<ImportRunner>();
        services.AddSingleton<ImportSweep>();
        services.AddSingleton<ImportReports>();
        services.AddSingleton<IImportTarget, PartnerTarget>();
        services.AddSingleton<IImportTarget, ProjectTarget>();
        services.AddSingleton<IImportTarget, PledgeTarget>();
        return services;
    }
}
