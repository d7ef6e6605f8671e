using FundingFlow.Sustainability.Overview;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Functions.Dashboard;

internal static class DashboardServices
{
    public static IServiceCollection AddDashboard(this IServiceCollection services)
        => services.AddSingleton<IOverview, OverviewReader>()
            .AddSingleton<ISessionKeys, SessionKeys>()
            .AddSingleton<SessionCookie>()
            .AddSingleton<DashboardDoor>();
}
