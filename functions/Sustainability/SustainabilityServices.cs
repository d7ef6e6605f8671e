using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Sustainability;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FundingFlow.Functions.Sustainability;

internal static class SustainabilityServices
{
    public static IServiceCollection AddSustainability(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SustainabilityOptions>().Bind(configuration.GetSection(SustainabilityOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddAlertRules(configuration);
        services.TryAddSingleton<ForumCalendar>();
        return services.AddSingleton<IPledgeDocuments, PledgeDocuments>()
            .AddSingleton<FiguresReader>()
            .AddSingleton<ISecuredUntil>(provider => provider.GetRequiredService<FiguresReader>())
            .AddSingleton<AlertBook>()
            .AddSingleton<Alerts>()
            .AddSingleton<IAlerts>(provider => provider.GetRequiredService<Alerts>())
            .AddSingleton<IFailureListener, FailureAlerts>()
            .AddSingleton<AlertDesk>()
            .AddSingleton<SustainabilityCheck>()
            .AddSingleton<StaffMail>()
            .AddSingleton<StaffNotifier>();
    }

    /// <summary>Every rule and its options, found by what they implement: a new kind of alert is registered nowhere.</summary>
    private static void AddAlertRules(this IServiceCollection services, IConfiguration configuration)
    {
        var types = typeof(IAlertRule).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }).ToList();
        foreach (var rule in types.Where(typeof(IAlertRule).IsAssignableFrom)) services.AddSingleton(typeof(IAlertRule), rule);
        var add = typeof(SustainabilityServices).GetMethod(nameof(AddOptionsOf), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
        foreach (var options in types.Where(typeof(IAlertOptions).IsAssignableFrom)) add.MakeGenericMethod(options).Invoke(null, [services, configuration]);
    }

    private static void AddOptionsOf<T>(IServiceCollection services, IConfiguration configuration) where T : class, IAlertOptions
        => services.AddOptions<T>().Bind(configuration.GetSection($"{SustainabilityOptions.Section}:{T.Section}")).ValidateDataAnnotations().ValidateOnStart();
}
